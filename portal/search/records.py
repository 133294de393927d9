"""The one description of a thing that every engine is fed with."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FORMAT = 2  # raised when words.py or the full-text table change, so that all is indexed anew
Pairs = Iterable[tuple[str, str]]  # (value, label)


@dataclass(frozen=True, slots=True)
class Record:
    """A thing as search knows it. Texts are plain; times are UTC; no principals means nobody.

    `kind` is its type (module, resource, ...); `form` what kind of resource (value, label).
    """

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
    form: tuple[str, str] | None = None
    sensitivity: int | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("principals", "topics", "disciplines", "counties"):
            object.__setattr__(self, name, tuple(getattr(self, name)))

    def digest(self) -> str:
        """Return a hash of everything here: the same hash needs no indexing again."""
        readers, dates = sorted(set(self.principals)), [self.dated_at, self.expires_at]
        parts = [FORMAT, self.title, self.url, self.kind, self.summary, self.body, self.sensitivity]
        whole = [*parts, readers, *(str(date) for date in dates), sorted(self.facets())]
        return hashlib.sha256(json.dumps(whole, default=str).encode()).hexdigest()

    def facets(self) -> list[tuple[str, str, str]]:
        """Return (facet, value, label) of each value the thing counts under, once each."""
        rows = [("type", self.kind, "")]
        named = (
            ("topic", self.topics),
            ("discipline", self.disciplines),
            ("county", self.counties),
        )
        if self.form:
            rows.append(("kind", *self.form))
        if self.sensitivity is not None:
            rows.append(("sensitivity", str(self.sensitivity), ""))
        for name, pairs in named:
            rows += [(name, value, label) for value, label in dict(pairs).items()]
        return rows


def tags(page: Any, manager: str = "topics") -> list[tuple[str, str]]:
    """Return (slug, name) of a page's tags."""
    return [(tag.slug, tag.name) for tag in getattr(page, manager).all()]
