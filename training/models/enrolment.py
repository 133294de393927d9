"""A person takes a module: the enrolment, the lessons done, the events behind them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Enrolment(models.Model):
    """One person, one module, one cycle. `number` pins the release; editions follow by themselves.

    `completed_at` repeats the completion's instant, so that lists need no join.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    module = models.ForeignKey("training.ModulePage", models.PROTECT, related_name="enrolments")
    cycle = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(help_text="The release number it is pinned to")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "module", "cycle"], name="enrolment_once"),
            models.UniqueConstraint(
                fields=["person", "module"],
                condition=models.Q(completed_at__isnull=True),
                name="one_open_enrolment",
            ),
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"


class LessonProgress(models.Model):
    """A lesson of an enrolment is done. No time, scroll or position inside it is ever kept."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="lessons")
    lesson_id = models.CharField(max_length=36)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "lesson_id"], name="lesson_once"),
        ]

    def __str__(self) -> str:
        return f"Lesson {self.lesson_id} of enrolment {self.enrolment_id}"


class ProgressEvent(models.Model):
    """One thing the learner did, as it came in. Insert-only; `key` makes a retry harmless."""

    key = models.UUIDField(unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    lesson_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.lesson_id}"
