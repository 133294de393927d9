"""What the reports count of training. A period is [start, end): aware datetimes.

Discipline and center are those of the day of completion. Annulled completions never count.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from training.models import Completion


@dataclass(frozen=True, slots=True)
class Tally:
    """Completions, distinct people, minutes. `cut` is a name; empty where none is known."""

    cut: str
    completions: int
    persons: int
    minutes: int


def completions_in(start: datetime, end: datetime) -> QuerySet[Completion]:
    """Return the completions of a period. `counted_person` is who an alias counts for."""
    rows = Completion.objects.standing().with_counted_person()
    return rows.filter(completed_at__gte=start, completed_at__lt=end)


def total(rows: QuerySet[Completion]) -> Tally:
    """Count the whole: one person counts once, whatever the number of completions."""
    found = rows.aggregate(
        completions=Count("pk"),
        persons=Count("counted_person", distinct=True),
        minutes=Coalesce(Sum("minutes"), 0),
    )
    return Tally("", **found)


def by_discipline(rows: QuerySet[Completion]) -> list[Tally]:
    return _by(rows, "discipline__name")


def by_center(rows: QuerySet[Completion]) -> list[Tally]:
    return _by(rows, "center__name")


def by_module(rows: QuerySet[Completion]) -> list[Tally]:
    return _by(rows, "release__code")


def _by(rows: QuerySet[Completion], field: str) -> list[Tally]:
    """Count by a field. A person who changed it within the period counts in each of its values."""
    groups = rows.values(field).annotate(
        completions=Count("pk"),
        persons=Count("counted_person", distinct=True),
        total_minutes=Sum("minutes"),
    )
    return [
        Tally(g[field] or "", g["completions"], g["persons"], g["total_minutes"])
        for g in groups.order_by(field)
    ]
