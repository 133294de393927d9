"""Who evaluated a module, and what was said of it: two things that nothing joins (ADR 12)."""

import uuid
from typing import ClassVar, Self

from django.db import models
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


class EvaluationDone(models.Model):
    """The learner of an enrolment has evaluated the module. No time and no word of the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.OneToOneField(
        "training.Enrolment", models.PROTECT, related_name="evaluation_done"
    )

    wagtail_reference_index_ignore = True  # its rows are numbered in the order they came

    def __str__(self) -> str:
        return f"Evaluation of enrolment {self.enrolment_id}"


class EvaluationHeld(models.Model):
    """Answers of a module and a month that wait until there are enough: one row for all of them.

    `answers` is shuffled at each write, so that there is no row, key or order per person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey("training.ModulePage", models.CASCADE, related_name="+")
    month = models.DateField(help_text="Its first day")
    answers = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "month"], name="held_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"Held answers of {self.module_id}"


class EvaluationAnswerQuerySet(models.QuerySet["EvaluationAnswer"]):
    def visible_to(self, user: User) -> Self:
        """Keep all for the manager; for an author those of the modules they own."""
        from training import policies

        if scope.is_statewide(user):
            return self
        if not policies.can_see_evaluations(user):
            return self.none()
        return self.filter(module__owner=user)


class EvaluationAnswer(models.Model):
    """What somebody said of a module. The rows of a month are written anew, in random order and
    with random keys, whenever some are added.

    `month` is its first day; empty where fewer than five people answered in it, since it would
    then say who. Values go from 1, strongly disagree, to 5.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey("training.ModulePage", models.CASCADE, related_name="+")
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
            models.CheckConstraint(
                condition=models.Q(**{f"{item}__range": (LOWEST, HIGHEST)}),
                name=f"evaluation_{item}_on_scale",
            )
            for item in ITEMS
        ]

    def __str__(self) -> str:
        return f"Answer about {self.module_id}"
