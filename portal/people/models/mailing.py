"""What a person chose of mail, and addresses from which it comes back."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import mail_registry
from portal.people.models.person import User


class MailChoice(models.Model):
    """How a person wants one class of mail. Without a row the default of the role holds."""

    class Choice(models.TextChoices):
        NOW = mail_registry.NOW, _("At once")
        DAY = mail_registry.DAY, _("Once a day, in one mail")
        NONE = mail_registry.NONE, _("Not at all")

    user = models.ForeignKey(User, models.CASCADE, related_name="mail_choices")
    mail_class = models.CharField(max_length=20)
    choice = models.CharField(max_length=4, choices=Choice)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "mail_class"], name="mail_chosen_once"),
            models.CheckConstraint(
                condition=models.Q(choice__in=["now", "day", "none"]), name="mail_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.mail_class}: {self.choice}"


class MailSuppressionQuerySet(models.QuerySet["MailSuppression"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """The manager sees them all, nobody else any."""
        from portal.people import roles

        return self if roles.is_manager(user) else self.none()


class MailSuppression(models.Model):
    """Mail to a person's address comes back, so none is sent until somebody lifts this.

    `mark` is a keyed digest of the address: another address is not suppressed. `code` is the
    status that the server gave, never its words.
    """

    class Source(models.TextChoices):
        REFUSED = "refused", _("Refused when sent")
        BOUNCE = "bounce", _("Came back later")

    class Lifted(models.TextChoices):
        AGAIN = "again", _("To try again")
        CORRECTED = "corrected", _("The address was corrected")

    user = models.ForeignKey(User, models.CASCADE, related_name="mail_suppressions")
    mark = models.CharField(max_length=64)
    code = models.CharField(max_length=12)
    source = models.CharField(max_length=8, choices=Source)
    since = models.DateTimeField(default=timezone.now, editable=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    lifted_as = models.CharField(max_length=10, choices=Lifted, blank=True)

    objects = MailSuppressionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "mark"],
                condition=models.Q(lifted_at__isnull=True),
                name="address_suppressed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_as="")
                | models.Q(lifted_at__isnull=False) & ~models.Q(lifted_as=""),
                name="suppression_lifted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.code}"
