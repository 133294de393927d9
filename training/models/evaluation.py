"""Who evaluated a module, and what was said of it: two things that nothing joins (ADR 12)."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.people import scope
from portal.people.models import User

LOWEST, HIGHEST = 1, 5
# The five sentences that people agree with, or do not; each is a column of an answer.
ITEMS = {
    "clear": _("It was clear."),
    "length": _("Its length was right."),
    "useful": _("It is useful for my work."),
    "safe": _("I felt safe to learn."),
    "objectives": _("It met its objectives."),
}
SCALE = {
    1: _("Strongly disagree"),
    2: _("Disagree"),
    3: _("Neither"),
    4: _("Agree"),
    5: _("Strongly agree"),
}


_OF_ONE = Q(module__isnull=False, session__isnull=True) | Q(
    module__isnull=True, session__isnull=False
)


class EvaluationDone(models.Model):
    """The learner of an enrolment has evaluated the module, or a person the session they were at.

    No time and no word of the answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.OneToOneField(
        "training.Enrolment", models.PROTECT, null=True, related_name="evaluation_done"
    )
    session = models.ForeignKey(
        "training.LiveSession", models.PROTECT, null=True, related_name="evaluations_done"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="session_evaluated_once"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, session__isnull=True, person__isnull=True)
                | Q(enrolment__isnull=True, session__isnull=False, person__isnull=False),
                name="evaluation_of_one_thing",
            ),
        ]

    wagtail_reference_index_ignore = True  # its rows are numbered in the order they came

    def __str__(self) -> str:
        return f"Evaluation {self.pk}"


class EvaluationHeld(models.Model):
    """Answers of a module or a session, and a month, that wait until there are enough: one row for
    all of them.

    `answers` is shuffled at each write, so that there is no row, key or order per person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey("training.ModulePage", models.CASCADE, null=True, related_name="+")
    session = models.ForeignKey("training.LiveSession", models.CASCADE, null=True, related_name="+")
    month = models.DateField(help_text="Its first day")
    answers = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "month"], name="held_once_a_month"),
            models.UniqueConstraint(fields=["session", "month"], name="session_held_once_a_month"),
            models.CheckConstraint(condition=_OF_ONE, name="held_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"Held answers {self.pk}"


class EvaluationAnswerQuerySet(models.QuerySet["EvaluationAnswer"]):
    def visible_to(self, user: User) -> Self:
        """Keep all for the manager; for an author those of the modules they own, for a trainer
        those of the sessions they led.
        """
        from training import policies

        if scope.is_statewide(user):
            return self
        seen = Q(pk__in=[])
        if policies.can_see_evaluations(user):
            seen |= Q(module__owner=user)
        if policies.can_make_sessions(user):
            seen |= Q(session__trainer=user)
        return self.filter(seen)


class EvaluationAnswer(models.Model):
    """What somebody said of a module or a session. The rows of a month are written anew, in random
    order and with random keys, whenever some are added.

    `month` is its first day; empty where fewer than five people answered in it, since it would
    then say who. Values go from 1, strongly disagree, to 5.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey("training.ModulePage", models.CASCADE, null=True, related_name="+")
    session = models.ForeignKey("training.LiveSession", models.CASCADE, null=True, related_name="+")
    month = models.DateField(null=True)
    clear = models.PositiveSmallIntegerField()
    length = models.PositiveSmallIntegerField()
    useful = models.PositiveSmallIntegerField()
    safe = models.PositiveSmallIntegerField()
    objectives = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    objects = EvaluationAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_OF_ONE, name="answer_of_one_thing"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{item}__range": (LOWEST, HIGHEST)}),
                    name=f"evaluation_{item}_on_scale",
                )
                for item in ITEMS
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
