"""The address of the search page, read leniently: what is not understood is left out."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from portal.search.query import DATE, FACETS, RELEVANCE, Query

MOST_CHOICES = 20


def read(data: QueryDict) -> Query:
    """Return the query that an address asks for."""
    chosen = {name: _chosen(data.getlist(name)) for name in FACETS}
    page = data.get("page", "1")
    return Query(
        text=data.get("q", ""),
        kinds=chosen["type"],
        topics=chosen["topic"],
        disciplines=chosen["discipline"],
        counties=chosen["county"],
        forms=chosen["kind"],
        sensitivity=chosen["sensitivity"],
        sort=DATE if data.get("sort") == DATE else RELEVANCE,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _chosen(values: list[str]) -> frozenset[str]:
    cleaned = (value.replace("\0", "")[:100] for value in values[:MOST_CHOICES])
    return frozenset(filter(None, cleaned))


@dataclass(frozen=True, slots=True)
class Address:
    """Makes the addresses of one search page's links."""

    query: Query

    def of(self, **changes: frozenset[str] | str) -> str:
        """Return the query string with some parts changed; the page starts again at the first."""
        parts: dict[str, list[str]] = {"q": [self.query.text] if self.query.text else []}
        parts |= {name: sorted(self.query.selected(name)) for name in FACETS}
        parts["sort"] = [DATE] if self.query.sort == DATE else []
        for name, value in changes.items():
            parts[name] = sorted(value) if isinstance(value, frozenset) else [value]
        return "?" + urlencode({k: v for k, v in parts.items() if v}, doseq=True)

    def toggled(self, facet: str, value: str) -> str:
        return self.of(**{facet: self.query.selected(facet) ^ {value}})
