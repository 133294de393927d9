"""From what an engine found to what a page shows: made here once, so that engines do not differ."""

from collections.abc import Iterable

from portal.search import highlight, registry
from portal.search.models import SearchRecord
from portal.search.query import MOST_CHOICES, Choice, Facet, Hit, Query

Counted = Iterable[tuple[str, str, int]]  # (value, label, hits)


def hits(rows: Iterable[SearchRecord], text: str) -> tuple[Hit, ...]:
    return tuple(_hit(row, text) for row in rows)


def facet(name: str, counted: Counted, query: Query) -> Facet:
    """A choice that finds nothing any more stays, with 0, so that it can be taken back."""
    chosen = query.selected(name)
    rows = [(value, registry.value_label(name, value, label), n) for value, label, n in counted]
    rows.sort(
        key=(lambda row: row[0]) if name == "sensitivity" else lambda row: (-row[2], *row[:2])
    )
    choices = [Choice(value, label, n, value in chosen) for value, label, n in rows[:MOST_CHOICES]]
    missing = sorted(chosen - {choice.value for choice in choices})
    choices += [
        Choice(value, registry.value_label(name, value, value), 0, True) for value in missing
    ]
    return Facet(name, tuple(choices))


def _hit(row: SearchRecord, text: str) -> Hit:
    return Hit(
        source=row.source,
        object_id=row.object_id,
        kind=row.kind,
        url=row.url,
        title=highlight.mark(row.title, text),
        snippet=highlight.snippet(row.summary, row.body, text),
        plain_title=row.title,
        summary=row.summary,
        kind_label=registry.kind_label(row.kind),
    )
