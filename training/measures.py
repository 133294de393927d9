"""What the reports count of training. A period is [start, end): aware datetimes.

Discipline and center are those of the day of completion. Annulled completions never count.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from training.models import Completion, OutreachTalk, TalkCount
from training.models.outreach import TalkQuerySet


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


@dataclass(frozen=True, slots=True)
class Reach:
    """Talks, heads there (nobody is known, so nobody counts once), minutes summed over heads.

    `cut` is an audience's or a profession's name.
    """

    cut: str
    talks: int
    people: int
    minutes: int

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


# Small numbers multiplied by the engine would not fit their own kind.
_PERSON_MINUTES = Cast("people", BigIntegerField()) * F("talk__minutes")


def talks_in(first: date, last: date) -> TalkQuerySet:
    """Return the talks of some days, both included, as they stand corrected; void ones left out."""
    return OutreachTalk.objects.standing().filter(happened_on__range=(first, last))


def talk_total(talks: QuerySet[OutreachTalk]) -> Reach:
    counts = TalkCount.objects.filter(talk__in=talks.order_by().values("pk"))
    found = counts.aggregate(
        heads=Coalesce(Sum("people"), 0), total=Coalesce(Sum(_PERSON_MINUTES), 0)
    )
    return Reach("", talks.count(), found["heads"], found["total"])


def talks_by_audience(talks: QuerySet[OutreachTalk]) -> list[Reach]:
    """Count by audience, professionals in one; a talk counts in each audience that it had."""
    found = {reach.cut: reach for reach in _talks_by(talks, "audience")}
    return [
        Reach(str(label), reach.talks, reach.people, reach.minutes)
        for value, label in TalkCount.Audience.choices
        if (reach := found.get(value))
    ]


def talks_by_discipline(talks: QuerySet[OutreachTalk]) -> list[Reach]:
    """Count the professionals by their discipline."""
    rows = _talks_by(talks, "discipline__order", "discipline__name")
    return [reach for reach in rows if reach.cut]


def _talks_by(talks: QuerySet[OutreachTalk], *fields: str) -> list[Reach]:
    counts = TalkCount.objects.filter(talk__in=talks.order_by().values("pk"))
    groups = counts.values(*fields).annotate(
        talks=Count("talk", distinct=True), heads=Sum("people"), total=Sum(_PERSON_MINUTES)
    )
    return [
        Reach(g[fields[-1]] or "", g["talks"], g["heads"], g["total"])
        for g in groups.order_by(*fields)
    ]
