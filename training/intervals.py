"""Stretches of time at a session: pure. Instants are aware; minutes are whole, never rounded up."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple


class Stretch(NamedTuple):
    begin: datetime
    end: datetime


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Put overlapping stretches together, in order; two devices at once count once."""
    kept: list[Stretch] = []
    for stretch in sorted(s for s in stretches if s.begin < s.end):
        if kept and stretch.begin <= kept[-1].end:
            kept[-1] = Stretch(kept[-1].begin, max(kept[-1].end, stretch.end))
        else:
            kept.append(stretch)
    return kept


def within(stretches: Iterable[Stretch], begin: datetime, end: datetime) -> list[Stretch]:
    """Cut stretches to those of a session: who waits in the lobby is not there yet."""
    cut = (Stretch(max(s.begin, begin), min(s.end, end)) for s in stretches)
    return [stretch for stretch in cut if stretch.begin < stretch.end]


def minutes(stretches: Iterable[Stretch]) -> int:
    """Return whole minutes of the sum; seconds of several stretches add up first."""
    return int(sum((s.end - s.begin).total_seconds() for s in union(stretches)) // 60)


def to_json(stretches: Iterable[Stretch]) -> list[list[str]]:
    return [[_iso(s.begin), _iso(s.end)] for s in union(stretches)]


def from_json(pairs: Iterable[Iterable[str]]) -> list[Stretch]:
    return [Stretch(*(datetime.fromisoformat(text) for text in pair)) for pair in pairs]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
