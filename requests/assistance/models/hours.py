"""Time spent on requests: three kinds of it, never mixed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assistance.models.activity import ActivityRecord
from assistance.models.ticket import Ticket
from portal.core.funding import Funding
from portal.people.models import User


class TimeEntry(models.Model):
    """Staff effort of one person on one day; insert-only, a mistake is mended by a negative entry.

    `staff_minutes` is the person's effort; `activity_minutes` how long a call, visit or training
    lasted; contact minutes are `activity_minutes * attendees`. Minutes everywhere; all three are
    negative where a mistake is taken back. An empty funding is the request's.
    """

    class Mode(models.TextChoices):
        WRITTEN = "written", "Written answer or review"
        CALL = "call", "Call or video"
        VISIT = "visit", "Visit"
        TRAINING = "training", "Training"

    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="time_entries")
    activity = models.ForeignKey(
        ActivityRecord, models.PROTECT, null=True, related_name="time_entries"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    worked_on = models.DateField(default=timezone.localdate)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.WRITTEN)
    staff_minutes = models.IntegerField()
    activity_minutes = models.IntegerField(default=0)
    attendees = models.PositiveIntegerField(default=0)
    funding = models.CharField(max_length=8, choices=Funding, blank=True)
    key = models.UUIDField(unique=True, null=True, help_text="Made by the form")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["worked_on", "pk"]
        verbose_name_plural = "time entries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(staff_minutes=0), name="time_entry_says_something"),
            models.CheckConstraint(
                condition=Q(staff_minutes__gte=-1440, staff_minutes__lte=1440),
                name="time_entry_fits_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False) | Q(activity__isnull=False),
                name="time_entry_belongs_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_minutes} min on {self.ticket_id}"

    @property
    def contact_minutes(self) -> int:
        return self.activity_minutes * self.attendees
