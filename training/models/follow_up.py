"""Six months after a module its linked questions are asked once more, if the person likes."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.people.aliases import person_ids
from portal.people.models import User
from training.models.enrolment import Enrolment
from training.models.question import QuizAttempt

MONTHS_LATER = 6
OPEN_FOR = timedelta(days=183)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> Self:
        """Keep what can be answered: due, not declined, not handed in, not half a year old."""
        today = timezone.localdate()
        handed_in = QuizAttempt.objects.filter(
            enrolment=models.OuterRef("enrolment"),
            kind=QuizAttempt.Kind.LATER,
            closed_at__isnull=False,
        )
        due = self.filter(due_on__lte=today, due_on__gt=today - OPEN_FOR, declined_on=None)
        return due.exclude(models.Exists(handed_in))

    def visible_to(self, user: User) -> Self:
        """Nobody but the learner has to do with it."""
        return self.filter(enrolment__person_id__in=person_ids(user))


class FollowUp(models.Model):
    """The linked questions of a completed module are due. `due_on` is in America/New_York."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="follow_up")
    due_on = models.DateField()
    declined_on = models.DateField(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_on"])]

    def __str__(self) -> str:
        return f"Follow-up of enrolment {self.enrolment_id}"
