"""How a talk came to what it says: each row of its chain, and what it changed of the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from training import topics
from training.models import OutreachTalk, TalkCount

LABELS = {
    "title": gettext_lazy("What it was about"),
    "happened_on": gettext_lazy("Day"),
    "minutes": gettext_lazy("Length in minutes"),
    "mode": gettext_lazy("How it was held"),
    "center": gettext_lazy("Center"),
    "county": gettext_lazy("County"),
    "topics": gettext_lazy("Topics"),
    "funding": gettext_lazy("Funding"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a correction changed, in words; empty where nothing was said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the chain; `changes` is what it changed, none for the first."""

    talk: OutreachTalk
    changes: list[Change]


def steps(talk: OutreachTalk) -> list[Step]:
    """Return the whole chain that a row belongs to, the newest first."""
    chain = [_rows().get(pk=talk.pk)]
    while chain[0].corrects_id:
        chain.insert(0, _rows().get(pk=chain[0].corrects_id))
    while later := _rows().filter(corrects=chain[-1].pk).first():
        chain.append(later)
    before = [None, *chain[:-1]]
    found = [
        Step(row, differences(old, row) if old and not row.is_void else [])
        for old, row in zip(before, chain, strict=True)
    ]
    return found[::-1]


def differences(old: OutreachTalk, new: OutreachTalk) -> list[Change]:
    """Return what changed from one row to another, the numbers of people last."""
    return [*_of_fields(old, new), *_of_people(old, new)]


def people(talk: OutreachTalk) -> list[tuple[str, int]]:
    """Return who was there, audiences before professions, each with its number."""
    rows = sorted(talk.counts.all(), key=_order)
    return [(_group(row), row.people) for row in rows]


def _rows() -> QuerySet[OutreachTalk]:
    rows = OutreachTalk.objects.select_related("center", "county", "recorded_by")
    return rows.prefetch_related("counts__discipline")


def _order(row: TalkCount) -> tuple[int, int]:
    return TalkCount.Audience.values.index(row.audience) or 99, row.discipline_id or 0


def _group(row: TalkCount) -> str:
    return str(row.discipline) if row.discipline else row.get_audience_display()


def _of_fields(old: OutreachTalk, new: OutreachTalk) -> Iterator[Change]:
    for name, label in LABELS.items():
        before, after = _words(old, name), _words(new, name)
        if before != after:
            yield Change(str(label), before, after)


def _of_people(old: OutreachTalk, new: OutreachTalk) -> Iterator[Change]:
    before, after = dict(people(old)), dict(people(new))
    for label in [*after, *(each for each in before if each not in after)]:
        if before.get(label) != after.get(label):
            yield Change(label, str(before.get(label, 0)), str(after.get(label, 0)))


def _words(talk: OutreachTalk, name: str) -> str:
    value: Any = getattr(talk, name)
    if name == "happened_on":
        return date_format(value, "DATE_FORMAT")
    if name == "topics":
        return ", ".join(topics.label(topic) for topic in value)
    if name == "center":
        return str(value or gettext("Statewide"))
    if name in {"mode", "funding"}:
        return str(getattr(talk, f"get_{name}_display")())
    return str(value or "")
