"""The one description of a thing that every engine is fed with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Pairs = Iterable[tuple[str, str]]  # (value, label)


@dataclass(frozen=True, slots=True)
class Record:
    """A thing as search knows it. Texts are plain; times are UTC; no principals means nobody."""

    title: str
    url: str
    kind: str
    dated_at: datetime
    principals: Iterable[str]
    summary: str = ""
    body: str = ""
    topics: Pairs = ()
    disciplines: Pairs = ()
    counties: Pairs = ()
    sensitivity: int | None = None
    expires_at: datetime | None = None

    def facets(self) -> list[tuple[str, str, str]]:
        """Return (facet, value, label) of each value the thing counts under, once each."""
        rows = [("type", self.kind, "")]
        named = (
            ("topic", self.topics),
            ("discipline", self.disciplines),
            ("county", self.counties),
        )
        for name, pairs in named:
            rows += [(name, value, label) for value, label in dict(pairs).items()]
        return rows


def tags(page: Any, manager: str = "topics") -> list[tuple[str, str]]:
    """Return (slug, name) of a page's tags."""
    return [(tag.slug, tag.name) for tag in getattr(page, manager).all()]
