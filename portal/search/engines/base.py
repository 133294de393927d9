"""What an engine does. The page, the suggestions and the rebuild know no more than this."""

from collections.abc import Iterable
from typing import ClassVar, Protocol

from portal.search.query import Hit, Query, Results
from portal.search.records import Record

Ref = tuple[str, str]  # (source, object id)


class Engine(Protocol):
    """Rights are a filter inside every query, before hits, totals and facets are made."""

    name: ClassVar[str]

    def search(self, query: Query) -> Results:
        """Answer a query. Facets: OR inside one, AND between them, counts ignore the own choice."""
        ...

    def suggest(self, text: str, *, principals: frozenset[str], limit: int = 5) -> list[Hit]:
        """Return the modules and resources nearest to a question: any of its words may match."""
        ...

    def complete(self, text: str, *, principals: frozenset[str], limit: int = 8) -> list[Hit]:
        """Return what has all the words in its title; the last may be the beginning of one."""
        ...

    def index(self, records: Iterable[tuple[Ref, Record]]) -> int:
        """Put records in place of what stood there; return how many."""
        ...

    def delete(self, refs: Iterable[Ref]) -> None: ...

    def rebuild(self) -> int:
        """Make every record anew from the database; return how many there are."""
        ...

    def catch_up(self) -> int:
        """Make good what differs from the database; return how many objects were looked at."""
        ...

    def health(self) -> str:
        """Return "ok", or what is wrong in two or three words."""
        ...
