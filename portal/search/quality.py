"""How good the answers are: real questions, and whether the right page is among the first three."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.search import finder, principals, words
from portal.search.engines.base import Engine
from portal.search.models import SearchRecord
from portal.search.query import Query

FILE = Path(__file__).parent / "relevance.toml"
FIRST = 3
WANTED = 0.9  # the share of successes below which an engine fails
# A coordinator asks: most of the questions are theirs.
COORDINATOR = frozenset({principals.PUBLIC, principals.MEMBER, principals.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Answered:
    ask: str
    place: int  # of the first right page, from 1; 0 when it is not among the first twenty
    got: tuple[str, ...]  # the titles that came first

    @property
    def is_success(self) -> bool:
        return 0 < self.place <= FIRST


@dataclass(frozen=True, slots=True)
class Report:
    answered: tuple[Answered, ...]
    waiting: tuple[str, ...]  # queries none of whose pages is there

    @property
    def success(self) -> float:
        return _share(sum(one.is_success for one in self.answered), len(self.answered))

    @property
    def reciprocal(self) -> float:
        """Return the mean of one over the place."""
        return _share(sum(1 / one.place for one in self.answered if one.place), len(self.answered))


def measure(engine: Engine) -> Report:
    titles = {_plain(t) for t in SearchRecord.objects.values_list("title", flat=True)}
    answered, waiting = [], []
    for ask, first in _queries():
        if titles.isdisjoint(first):
            waiting.append(ask)
        else:
            answered.append(_answered(engine, ask, first))
    return Report(tuple(answered), tuple(waiting))


def _answered(engine: Engine, ask: str, first: frozenset[str]) -> Answered:
    hits = finder.search(engine, Query(text=ask, principals=COORDINATOR)).hits
    got = [hit.plain_title for hit in hits]
    place = next((n for n, title in enumerate(got, 1) if _plain(title) in first), 0)
    return Answered(ask, place, tuple(got[:FIRST]))


@cache
def _queries() -> tuple[tuple[str, frozenset[str]], ...]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple((q["ask"], frozenset(map(_plain, q["first"]))) for q in data["queries"])


def _plain(title: str) -> str:
    return " ".join(words.split(title))


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
