"""Pages of a long list without counting it: one row more than shown says whether there is a next.

Counting all that a filter leaves costs more than the page itself, the more so the longer the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

LAST = 10_000  # no page beyond it is looked for


@dataclass(frozen=True, slots=True)
class Page:
    """What `c-pagination` and a template ask of a page; it knows no last one."""

    object_list: list[Any]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page(rows: QuerySet[Any], number: str | None, *, per: int) -> Page:
    """Return a page of an ordered queryset; the first where there is none of this number."""
    wanted = _number(number)
    first = (wanted - 1) * per
    found = list(rows[first : first + per + 1])
    if not found and wanted > 1:
        return page(rows, None, per=per)
    return Page(found[:per], wanted, len(found) > per)


def _number(text: str | None) -> int:
    """Return a page's number from what an address says: 1 where it says none that can be."""
    if text is None or not text.isascii() or not text.isdecimal():
        return 1
    return min(max(int(text[:9]), 1), LAST)
