"""The engine in Elasticsearch: it finds, ranks and counts; the database has the texts and the keys.

Everything is written to the database engine first and brought over from there, so that the
database can answer at any time with the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Terms

from portal.search import shown, terms, vocabulary
from portal.search.elastic import asking, bringing, client, rebuilding
from portal.search.engines import writing
from portal.search.engines.base import Ref
from portal.search.engines.database import SUGGESTED_TYPES, DatabaseEngine
from portal.search.models import SearchVersion
from portal.search.query import COUNTED, FACETS, Hit, Query, Results
from portal.search.records import Record

MOST_WAITING = 500  # changes; more say that the worker does not keep up


class ElasticsearchEngine:
    """`refresh` makes what was written found at once; for tests, since it is dear.

    `seconds` is how long an answer may take; nobody waits for it longer than a page may.
    """

    name: ClassVar[str] = "elasticsearch"

    def __init__(self, *, refresh: bool = False, seconds: float = 0) -> None:
        self._refresh, self._seconds = refresh, seconds or client.SEARCH_SECONDS
        self._database = DatabaseEngine()

    def search(self, query: Query) -> Results:
        asked = asking.RecordSearch(query, terms.read(query.text))
        answer = self._answer(asked.body())
        found = answer["hits"]["total"]
        total = min(int(found["value"]), COUNTED)
        counted = asked.counted(answer)
        return Results(
            hits=_hits(answer, query.text),
            total=total,
            is_more=found["relation"] == "gte",
            facets=tuple(shown.facet(name, counted[name], query) for name in FACETS),
            suggestion="" if total or not query.text else vocabulary.did_you_mean(query.text),
            engine=self.name,
            page=query.page,
            size=query.size,
            pages=max(1, -(-total // query.size)),
        )

    def suggest(self, text: str, *, principals: frozenset[str], limit: int = 5) -> list[Hit]:
        query = Query(text=text, principals=principals)
        asked = [asking.said(term) for term in terms.read(query.text)]
        types = Terms("type", list(SUGGESTED_TYPES), _expand__to_dot=False)
        return self._best(query, asked, 1, limit, types)

    def complete(self, text: str, *, principals: frozenset[str], limit: int = 8) -> list[Hit]:
        query = Query(text=text, principals=principals)
        asked = [asking.said(term, asking.BOOSTS[:1]) for term in terms.read(query.text)]
        return self._best(query, asked, len(asked), limit)

    def index(self, records: Iterable[tuple[Ref, Record]]) -> int:
        count = self._database.index(records)
        bringing.bring(refresh=self._refresh)
        return count

    def delete(self, refs: Iterable[Ref]) -> None:
        self._database.delete(refs)
        bringing.bring(refresh=self._refresh)

    def rebuild(self) -> int:
        count = self._database.rebuild()
        rebuilding.rebuild()
        return count

    def catch_up(self) -> int:
        count = self._database.catch_up()
        rebuilding.compare()
        bringing.bring(refresh=self._refresh)
        return count

    def _answer(self, body: dict[str, Any]) -> Any:
        """Ask the current index; a shard that does not answer is no answer at all."""
        return client.within(
            self._seconds,
            lambda es: (
                es.search(index=client.name(), body=body, allow_partial_search_results=False).body
            ),
        )

    def _best(
        self, query: Query, asked: Sequence[Any], least: int, limit: int, *also: Any
    ) -> list[Hit]:
        if not asked:
            return []
        search: Search[Any] = Search().filter(asking.allowed(query.principals))
        for condition in (asking.unexpired(), *also):
            search = search.filter(condition)
        search = search.query(Bool(should=list(asked), minimum_should_match=least))
        search = search.source(False).sort(*asking.BEST)[:limit]
        return list(_hits(self._answer(search.to_dict()), query.text))

    def health(self) -> str:
        try:
            self._answer({"size": 0})
        except client.Unavailable as error:
            return str(error)
        waiting = SearchVersion.objects.waiting().count()
        return f"{waiting} changes wait" if waiting > MOST_WAITING else "ok"


def _hits(answer: Any, text: str) -> tuple[Hit, ...]:
    """Return the records in their order; one that the database knows no more is left out."""
    refs = [tuple(hit["_id"].split(":", 1)) for hit in answer["hits"]["hits"]]
    rows = {(row.source, row.object_id): row for row in writing.rows(refs)}
    return shown.hits((rows[ref] for ref in refs if ref in rows), text)
