"""Credit is awarded once and frozen; what an offer says later reaches no award."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from training.models.requirement import CreditOffer, RequirementRule


class CreditAwardQuerySet(models.QuerySet["CreditAward"]):
    def standing(self) -> Self:
        """Leave out those of annulled completions: an award stands and falls with its own."""
        return self.filter(completion__annulment__isnull=True)

    def with_title(self) -> Self:
        """Bring the completion and what its title is read from, without the release's texts."""
        rows = self.select_related(
            "completion__release", "completion__attendance__session", "completion__outside"
        )
        return rows.defer("completion__release__outline")


class CreditAward(models.Model):
    """What a completion is worth under a rule. Insert-only; only a deleted offer's id may go.

    It says nothing of whether the person falls under the rule: that is asked when it is read.
    `minutes` are clock minutes; `activity_on` is a day in America/New_York. Where the offer asked
    for an evaluation, `awarded_at` is no finer than the month, and the key is random, so that the
    award does not tell when the evaluation was given (docs/adr/0012).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    completion = models.ForeignKey("training.Completion", models.PROTECT, related_name="awards")
    rule = models.ForeignKey(RequirementRule, models.PROTECT, related_name="awards")
    offer = models.ForeignKey(
        CreditOffer,
        models.SET_NULL,
        null=True,
        related_name="awards",
        help_text="Empty where every module counts, or where the offer was deleted since",
    )
    minutes = models.PositiveSmallIntegerField()
    category = models.SlugField(blank=True)
    topics = models.JSONField(default=list)
    standard = models.CharField(max_length=160, help_text="Whose rule it was")
    approval_number = models.CharField(max_length=60, blank=True)
    activity_on = models.DateField()
    awarded_at = models.DateTimeField(default=timezone.now)

    objects = CreditAwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["activity_on", "completion_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["completion", "rule"], name="award_once"),
        ]

    def __str__(self) -> str:
        return f"Award of {self.completion_id} under {self.rule_id}"
