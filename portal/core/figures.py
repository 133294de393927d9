"""Figures that take long to count are kept for some minutes and told with their time.

Where a count is quick, as in one office, it is made afresh each time and nothing is kept. Where it
takes longer than DEAR it is kept in the cache: whoever asks within KEEP gets it as it was then,
`as_of` says when that was, and the worker counts anew what was asked for within the last day. A
cache that is emptied costs one count.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from portal.core import nightly

DEAR = 0.4  # seconds
KEEP = timedelta(minutes=10)
OLDEST = timedelta(hours=1)  # older than this it is counted while the reader waits
ASKED_WITHIN = timedelta(days=1)
LIST = "figures.kept"
Make = Callable[..., Any]
_makers: dict[str, Make] = {}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted and when (aware, UTC). `is_kept`: not now, but some minutes ago."""

    data: Any
    as_of: datetime
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    data: Any
    made_at: datetime
    asked_at: datetime


def maker(kind: str) -> Callable[[Make], Make]:
    """Register what counts one kind of figure. It takes strings and returns plain values."""

    def register(function: Make) -> Make:
        _makers[kind] = function
        return function

    return register


def read(kind: str, *about: str) -> Figure:
    """Return a figure: counted now, or as it was some minutes ago where counting takes long."""
    now, row = timezone.now(), _row(kind, about)
    if row is None or now - row.made_at > OLDEST:
        return count(kind, *about)
    if now - row.asked_at > KEEP:
        _put(kind, about, _Row(row.data, row.made_at, now))
    return Figure(row.data, row.made_at, is_kept=True)


def count(kind: str, *about: str) -> Figure:
    """Count a figure now, and keep it where that took long."""
    now, begun = timezone.now(), time.monotonic()
    data = _makers[kind](*about)
    if time.monotonic() - begun >= DEAR:
        _put(kind, about, _Row(data, now, now))
    return Figure(data, now)


@nightly.frequent
def renew() -> int:
    """Count anew what was kept and asked for within a day; return how many."""
    now, done = timezone.now(), 0
    for kind, *about in sorted(cache.get(LIST, ())):
        row = _row(kind, about)
        if row is None or now - row.asked_at > ASKED_WITHIN or kind not in _makers:
            _forget(kind, about)
            continue
        data = _makers[kind](*about)
        _put(kind, about, _Row(data, now, row.asked_at))
        done += 1
    return done


def _key(kind: str, about: Any) -> str:
    return ".".join(["figure", kind, *about])


def _row(kind: str, about: Any) -> _Row | None:
    kept = cache.get(_key(kind, about))
    return _Row(*kept) if kept else None


def _put(kind: str, about: Any, row: _Row) -> None:
    cache.set(
        _key(kind, about), (row.data, row.made_at, row.asked_at), ASKED_WITHIN.total_seconds()
    )
    known = cache.get(LIST, frozenset())
    name = (kind, *about)
    if name not in known:
        cache.set(LIST, known | {name}, None)


def _forget(kind: str, about: Any) -> None:
    cache.delete(_key(kind, about))
    cache.set(LIST, cache.get(LIST, frozenset()) - {(kind, *about)}, None)
