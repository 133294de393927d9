"""A polite message from a coordinator, and the person's wish to hear later or not at all."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from portal.people.models import User


class Nudge(models.Model):
    """A coordinator asked a person to look at what they need. No words of anybody's."""

    person = models.ForeignKey(User, models.PROTECT, related_name="nudges")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-sent_at"]

    def __str__(self) -> str:
        return f"Nudge to {self.person_id}"


class NudgeWish(models.Model):
    """What a person wishes of reminders: none before a day, or none at all."""

    person = models.OneToOneField(User, models.PROTECT, related_name="nudge_wish")
    snoozed_until = models.DateField(null=True, blank=True)
    is_stopped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Wish of {self.person_id}"

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > timezone.localdate()
