"""The engine in the portal's own database: nothing to install, and always current."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL

from portal.search import fulltext, registry, shown, terms, vocabulary
from portal.search.engines import writing
from portal.search.engines.base import Ref
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord
from portal.search.query import COUNTED, FACETS, RELEVANCE, Facet, Hit, Query, Results
from portal.search.records import Record

SUGGESTED_TYPES = ("module", "resource", "guidance")


class DatabaseEngine:
    """Rights, facets and text are conditions of one statement, so totals are exact."""

    name: ClassVar[str] = "database"

    def search(self, query: Query) -> Results:
        best = _best(query)
        total = min(len(best), COUNTED)
        return Results(
            hits=shown.hits(_rows(best[query.offset : query.offset + query.size]), query.text),
            total=total,
            is_more=len(best) > total,
            facets=_facets(query, best[:total]),
            suggestion="" if total or not query.text else vocabulary.did_you_mean(query.text),
            engine=self.name,
            page=query.page,
            size=query.size,
            pages=max(1, -(-total // query.size)),
        )

    def suggest(self, text: str, *, principals: frozenset[str], limit: int = 5) -> list[Hit]:
        query = Query(text=text, principals=principals)
        if not (asked := terms.read(query.text)):
            return []
        types = SearchFacet.objects.filter(name="type", value__in=SUGGESTED_TYPES)
        among = allowed(query).filter(pk__in=types.values("record_id"))
        expression = fulltext.any_of(_database(), asked)
        found = _rows(_ranked_of(query, among, expression, limit))
        return list(shown.hits(found, query.text))

    def complete(self, text: str, *, principals: frozenset[str], limit: int = 8) -> list[Hit]:
        query = Query(text=text, principals=principals)
        if not (asked := terms.read(query.text)):
            return []
        expression = fulltext.in_title(_database(), asked)
        found = _rows(_ranked_of(query, allowed(query), expression, limit))
        return list(shown.hits(found, query.text))

    def index(self, records: Iterable[tuple[Ref, Record]]) -> int:
        return sum(writing.put(batch) for batch in writing.batches(records))

    def delete(self, refs: Iterable[Ref]) -> None:
        for batch in writing.batches(refs):
            writing.remove(batch)

    def rebuild(self) -> int:
        """Write each record anew, then drop those whose object is gone; search goes on."""
        return sum(self._go_through(source, force=True) for source in registry.every())

    def catch_up(self) -> int:
        """As `rebuild`, but write only what differs."""
        return sum(self._go_through(source, force=False) for source in registry.every())

    def _go_through(self, source: registry.Source, *, force: bool) -> int:
        """What looks stale is read once more before it is written: it may have changed since."""
        seen: set[str] = set()
        for pks in writing.batches(list(source.queryset().values_list("pk", flat=True))):
            seen.update(map(str, pks))
            stale = pks if force else _stale(source, pks)
            for few in writing.batches(stale):
                writing.renew(source, few, force=force)
        known = SearchRecord.objects.filter(source=source.name).values_list("object_id", flat=True)
        for few in writing.batches(sorted(set(known) - seen)):
            writing.renew(source, few)
        return len(seen)

    def health(self) -> str:
        try:
            SearchRecord.objects.exists()
        except Exception as error:
            return type(error).__name__
        return "ok"


def _stale(source: registry.Source, pks: Iterable[object]) -> list[str]:
    """Return the ids of what is described otherwise than it is."""
    objects = source.queryset().filter(pk__in=list(pks))
    described = {str(obj.pk): source.to_record(obj) for obj in objects}
    known = writing.digests((source.name, pk) for pk in described)
    same = {pk for (_name, pk), digest in known.items() if described[pk].digest() == digest}
    return [pk for pk in described if pk not in same]


def allowed(query: Query) -> QuerySet[SearchRecord]:
    """Keep what the asker may find. No principals, nothing found."""
    tokens = SearchPrincipal.objects.filter(token__in=query.principals)
    return SearchRecord.objects.filter(pk__in=tokens.values("record_id")).not_expired()


def _matching(query: Query, ignoring: str = "") -> QuerySet[SearchRecord]:
    """Keep what the query asks for; `ignoring` leaves one facet's own choice out."""
    records = allowed(query)
    for name in FACETS:
        if name != ignoring and (chosen := query.selected(name)):
            values = SearchFacet.objects.filter(name=name, value__in=chosen)
            records = records.filter(pk__in=values.values("record_id"))
    if asked := terms.read(query.text):
        least = query.least(len(asked))
        sql, parameters = fulltext.some(_database(), asked, least, query.principals)
        records = _in(records, sql, parameters)
    return records


def _in(records: QuerySet[SearchRecord], sql: str, parameters: list[Any]) -> QuerySet[SearchRecord]:
    return records.filter(pk__in=RawSQL(sql, parameters))  # noqa: S611


def _database() -> fulltext.FullText:
    return fulltext.of(connection)


def _best(query: Query) -> list[int]:
    """Return the keys of what is found in their order: as many as are counted, and one more."""
    matching, asked = _matching(query), terms.read(query.text)
    if asked and query.sort == RELEVANCE:
        is_whole = query.least(len(asked)) == len(asked)
        join = fulltext.every if is_whole else fulltext.any_of
        return _ranked(matching, join(_database(), asked), COUNTED + 1)
    newest = matching.order_by("-dated_at", "-pk")
    return list(newest.values_list("pk", flat=True)[: COUNTED + 1])


def _rows(pks: list[int]) -> list[SearchRecord]:
    rows = SearchRecord.objects.in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]  # one may have gone meanwhile


def _ranked_of(
    query: Query, records: QuerySet[SearchRecord], expression: str, limit: int
) -> list[int]:
    sql, parameters = fulltext.matching(_database(), expression, query.principals)
    return _ranked(_in(records, sql, parameters), expression, limit)


def _ranked(records: QuerySet[SearchRecord], expression: str, limit: int) -> list[int]:
    """Return the keys of the best of the records, in their order. Each matches the expression."""
    try:
        ids_sql, ids_params = records.values("pk").query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking, for instance without any principal
        return []
    sql = _database().ranked.format(ids=ids_sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, *ids_params, limit])
        return [row[0] for row in cursor.fetchall()]


def _facets(query: Query, best: list[int]) -> tuple[Facet, ...]:
    """Count the values: once over the hits, and once more per facet with a choice of its own."""
    counted = _count(SearchFacet.objects.filter(record__in=best))
    for name in FACETS:
        if query.selected(name):
            some = _matching(query, ignoring=name).values("pk")[:COUNTED]
            others = SearchFacet.objects.filter(name=name, record__in=some)
            counted[name] = _count(others).get(name, [])
    return tuple(shown.facet(name, counted.get(name, []), query) for name in FACETS)


def _count(rows: QuerySet[SearchFacet]) -> dict[str, list[tuple[str, str, int]]]:
    counted: dict[str, list[tuple[str, str, int]]] = {}
    grouped = rows.values_list("name", "value", "label").annotate(n=Count("pk"))
    for name, value, label, n in grouped.order_by("-n", "label", "value"):
        counted.setdefault(name, []).append((value, label, n))
    return counted
