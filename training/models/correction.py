"""An urgent correction: published at once, logged, and looked at by a second person within days."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles
from portal.people.models import Role

REVIEW_WITHIN = timedelta(days=5)


class UrgentCorrectionQuerySet(models.QuerySet["UrgentCorrection"]):
    def open(self) -> Self:
        return self.filter(reviewed_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Keep them for the manager and the review panel; nobody else has to do with them."""
        if roles.has(user, Role.MANAGER, Role.DEPUTY, Role.REVIEWER):
            return self
        return self.none()


class UrgentCorrection(models.Model):
    """One correction of a module that went out before the review. Days are America/New_York."""

    class Reason(models.TextChoices):
        HELP_LINE = "help_line", _("A help line or contact was wrong")
        LAW = "law", _("A law, policy or duty was stated wrongly")
        SAFETY = "safety", _("Following the text could put somebody at risk")
        IDENTIFYING = "identifying", _("Something could identify a person")
        FACT = "fact", _("Another fact was wrong")

    release = models.OneToOneField("training.ModuleRelease", models.PROTECT)
    reason = models.CharField(max_length=12, choices=Reason)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    review_by = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    objects = UrgentCorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["review_by", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("made_by")),
                name="correction_second_person",
            )
        ]

    def __str__(self) -> str:
        return f"Correction of {self.release_id}"

    @property
    def is_overdue(self) -> bool:
        return self.reviewed_at is None and self.review_by < timezone.localdate()
