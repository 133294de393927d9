"""Who was there, for how long, and how that is known."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.aliases import counts_for
from portal.people.models import User
from training.models.session import LiveSession


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def current(self) -> Self:
        """Leave out what a later record replaced."""
        return self.filter(superseded_by__isnull=True)

    def of(self, person: User) -> Self:
        """Keep the person's own, those of merged accounts included."""
        return self.filter(counts_for(person))


class Attendance(models.Model):
    """What is known of one person at one session. Insert-only: a correction is a row of its own
    that points at the one it replaces and says why.

    `intervals` are pairs of instants (ISO 8601, UTC) in order, without overlap, within the
    session; `minutes` are the whole minutes they add up to. No interval means: was not there.
    """

    class Source(models.TextChoices):
        CODE = "code", _("Code of the session")
        LIST = "list", _("The trainer's list")
        WALK_IN = "walk_in", _("Came without registering")
        IMPORT = "import", _("Join and leave times of the meeting")

    class Reason(models.TextChoices):
        LEFT_EARLY = "left_early", _("Came late or left early")
        WAS_THERE = "was_there", _("Was there, and the record lacked it")
        NOT_THERE = "not_there", _("Was not there")
        WRONG_PERSON = "wrong_person", _("Recorded for the wrong person")
        MEETING_TIMES = "meeting_times", _("The meeting's times say otherwise")

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    intervals = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=Source)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(max_length=14, choices=Reason, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(supersedes__isnull=True),
                name="one_first_attendance",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, reason="")
                | (Q(supersedes__isnull=False) & ~Q(reason="")),
                name="attendance_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
