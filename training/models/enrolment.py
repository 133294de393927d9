"""A person takes a module: the enrolment, the lessons done, the events behind them."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.people import accounts
from portal.people.models import User


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, person: User) -> Self:
        """Keep what counts for a person, merged accounts included; the latest cycle first."""
        return self.of_account(person.pk)

    def of_account(self, person_id: int) -> Self:
        return self.filter(person_id__in=accounts.of(person_id)).order_by(
            "-cycle", models.F("completed_at").desc(nulls_last=True), "pk"
        )

    def touched_since(self, moment: datetime) -> Self:
        """Keep what was begun, completed or worked on since."""
        begun = models.Q(started_at__gte=moment) | models.Q(completed_at__gte=moment)
        worked_on = ProgressEvent.objects.filter(enrolment=models.OuterRef("pk"), at__gte=moment)
        return self.filter(begun | models.Exists(worked_on))

    def open(self) -> Self:
        return self.filter(completed_at__isnull=True)


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

    objects = EnrolmentQuerySet.as_manager()

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
    """One thing the learner did, as it came in. Insert-only; `key` makes a retry harmless.

    `attempt` is the try at the check or the quiz that came with it, so that a retry is given the
    answer of the first time.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", "Lesson marked read"
        QUIZ = "quiz", "Quiz handed in"
        BEFORE = "before", "Questions before the module handed in"
        LATER = "later", "Questions six months later handed in"
        AGAIN = "again", "What was missed handed in again"

    key = models.UUIDField(unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    lesson_id = models.CharField(max_length=36, blank=True)
    attempt = models.ForeignKey(
        "training.QuizAttempt", models.PROTECT, null=True, related_name="events"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.lesson_id}"
