"""Whether an answer helped, asked some weeks later."""

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models.ticket import Ticket, submitted_and_seen_by
from portal.people.models import User

CHANGEABLE = timedelta(days=14)


class AnswerFollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> Self:
        """Keep those of the requests that a person sees."""
        return self.filter(submitted_and_seen_by(user, "ticket__"))

    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(answered_at__isnull=True)


class FollowUp(models.Model):
    """One asking of one request. `round` is how often the request had been reopened by then, so a
    reopened one is asked anew after its next answer, and none is asked twice.
    """

    class Helped(models.TextChoices):
        YES = "yes", _("Yes, fully")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="follow_ups")
    round = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    helped = models.CharField(max_length=8, choices=Helped, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    comment = models.CharField(max_length=300, blank=True)

    objects = AnswerFollowUpQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "round"], name="followed_up_once"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="rating_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    rating__isnull=True,
                    helped="",
                    comment="",
                )
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    rating__isnull=False,
                    helped__in=["yes", "partly", "no"],
                ),
                name="follow_up_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up of {self.ticket_id}"

    @cached_property
    def what_changed(self) -> list["FollowUpChange"]:
        return list(self.changes.all())

    @property
    def is_changeable(self) -> bool:
        """Say whether it may still be answered, or answered otherwise."""
        return self.answered_at is None or timezone.now() < self.answered_at + CHANGEABLE


class FollowUpChange(models.Model):
    """One thing that changed after an answer, from a closed list."""

    class What(models.TextChoices):
        PROTOCOL = "protocol", _("We changed a protocol")
        TRAINED = "trained", _("We trained others")
        PRACTICE = "practice", _("We changed our practice")
        REFERRAL = "referral", _("We made a referral")
        NOTHING = "nothing", _("Nothing yet")
        OTHER = "other", _("Something else")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follow_up", "what"], name="change_said_once"),
            models.CheckConstraint(
                condition=Q(
                    what__in=["protocol", "trained", "practice", "referral", "nothing", "other"]
                ),
                name="change_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.what
