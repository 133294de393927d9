"""A completion is a fact, not a state."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import PersonAlias


class CompletionQuerySet(models.QuerySet["Completion"]):
    def standing(self) -> Self:
        """Leave out what was annulled."""
        return self.filter(annulment__isnull=True)

    def with_counted_person(self) -> Self:
        """Add `counted_person`: the id of whom the completion counts for, merges resolved."""
        merged = PersonAlias.objects.standing().filter(alias_id=models.OuterRef("person_id"))
        person = models.Subquery(merged.values("person_id")[:1])
        return self.annotate(
            counted_person=Coalesce(
                person, models.F("person_id"), output_field=models.BigIntegerField()
            )
        )

    def counting_for(self, person_ids: Any) -> Self:
        """Keep what counts for the people; a list or a subquery of ids. After the above."""
        return self.filter(models.Q(("counted_person__in", person_ids)))


class Completion(models.Model):
    """A person completed a release. Insert-only; a correction is an annulment, a row of its own.

    Discipline and centers are those of the day, so that reports need not guess later. `minutes`
    are the release's published clock minutes.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    enrolment = models.OneToOneField("training.Enrolment", models.PROTECT)
    module = models.ForeignKey("training.ModulePage", models.PROTECT, related_name="completions")
    release = models.ForeignKey("training.ModuleRelease", models.PROTECT)
    completed_at = models.DateTimeField(default=timezone.now)
    minutes = models.PositiveSmallIntegerField()
    discipline = models.ForeignKey("people.Discipline", models.PROTECT, null=True)
    center = models.ForeignKey(
        "people.Center", models.PROTECT, null=True, help_text="The first of the person's centers"
    )

    objects = CompletionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["completed_at"]),
            models.Index(fields=["person", "completed_at"]),
        ]

    def __str__(self) -> str:
        return f"Completion {self.pk}"


class CompletionAnnulment(models.Model):
    """A completion does not count: who said so, when, and why (one of a fixed list)."""

    class Reason(models.TextChoices):
        WRONG_PERSON = "wrong_person", _("Recorded for the wrong person")
        DUPLICATE = "duplicate", _("Recorded twice")
        ERROR = "error", _("Recorded in error")

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="annulment")
    reason = models.CharField(max_length=20, choices=Reason)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Annulment of {self.completion_id}"
