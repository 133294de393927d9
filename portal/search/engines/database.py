"""The engine in the portal's own database: nothing to install, and always current."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.search import fulltext, highlight, registry, vocabulary, words
from portal.search.engines import writing
from portal.search.engines.base import Ref
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord
from portal.search.query import FACETS, RELEVANCE, Choice, Facet, Hit, Query, Results
from portal.search.records import Record

T = TypeVar("T")
BATCH = 300  # objects at a time; SQLite takes a limited number of parameters
SUGGESTED_TYPES = ("module", "resource", "guidance")


class DatabaseEngine:
    """Rights, facets and text are conditions of one statement each, so totals are exact."""

    name: ClassVar[str] = "database"

    def search(self, query: Query) -> Results:
        matching = _matching(query)
        total = matching.count()
        hits = tuple(_hit(row, query.text) for row in _page(matching, query))
        return Results(
            hits=hits,
            total=total,
            facets=_facets(query),
            suggestion="" if total or not query.text else vocabulary.did_you_mean(query.text),
            engine=self.name,
            page=query.page,
            size=query.size,
            pages=max(1, -(-total // query.size)),
        )

    def suggest(self, text: str, *, principals: frozenset[str], limit: int = 5) -> list[Hit]:
        query = Query(text=text, principals=principals, size=limit)
        if not words.asked(query.text):
            return []
        types = SearchFacet.objects.filter(name="type", value__in=SUGGESTED_TYPES)
        allowed = _allowed(query).filter(pk__in=types.values("record_id"))
        expression = fulltext.of(connection).expression(query.text, any_word=True)
        return [_hit(row, query.text) for row in _ranked(allowed, expression, limit, 0)]

    def index(self, records: Iterable[tuple[Ref, Record]]) -> int:
        return sum(writing.put(batch) for batch in _batches(records))

    def delete(self, refs: Iterable[Ref]) -> None:
        for batch in _batches(refs):
            writing.remove(batch)

    def rebuild(self) -> int:
        """Write each record anew, then drop those whose object is gone; search goes on."""
        return sum(self._go_through(source, force=True) for source in registry.every())

    def catch_up(self) -> int:
        """As `rebuild`, but write only what differs."""
        return sum(self._go_through(source, force=False) for source in registry.every())

    def _go_through(self, source: registry.Source, *, force: bool) -> int:
        seen: set[str] = set()
        for objects in _batches(source.queryset().iterator(chunk_size=BATCH)):
            refs = [(source.name, str(obj.pk)) for obj in objects]
            described = [source.to_record(obj) for obj in objects]
            writing.put(list(zip(refs, described, strict=True)), force=force)
            seen.update(pk for _name, pk in refs)
        known = SearchRecord.objects.filter(source=source.name).values_list("object_id", flat=True)
        self.delete((source.name, pk) for pk in set(known) - seen)
        return len(seen)

    def health(self) -> str:
        try:
            SearchRecord.objects.exists()
        except Exception as error:
            return type(error).__name__
        return "ok"


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch


def _allowed(query: Query) -> QuerySet[SearchRecord]:
    """Keep what the asker may find. No principals, nothing found."""
    tokens = SearchPrincipal.objects.filter(token__in=query.principals)
    records = SearchRecord.objects.filter(pk__in=tokens.values("record_id"))
    records = records.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    if query.sensitivity is not None:
        records = records.filter(Q(sensitivity=None) | Q(sensitivity__lte=query.sensitivity))
    return records


def _matching(query: Query, ignoring: str = "") -> QuerySet[SearchRecord]:
    """Keep what the query asks for; `ignoring` leaves one facet's own choice out."""
    records = _allowed(query)
    for name in FACETS:
        if name != ignoring and (chosen := query.selected(name)):
            values = SearchFacet.objects.filter(name=name, value__in=chosen)
            records = records.filter(pk__in=values.values("record_id"))
    if expression := _expression(query):
        matching = fulltext.of(connection).matching
        records = records.filter(pk__in=RawSQL(matching, [expression]))  # noqa: S611
    return records


def _expression(query: Query) -> str:
    return fulltext.of(connection).expression(query.text)


def _page(matching: QuerySet[SearchRecord], query: Query) -> list[SearchRecord]:
    expression = _expression(query)
    if expression and query.sort == RELEVANCE:
        return _ranked(matching, expression, query.size, query.offset)
    ordered = matching.order_by("-dated_at", "-pk")
    return list(ordered[query.offset : query.offset + query.size])


def _ranked(
    records: QuerySet[SearchRecord], expression: str, limit: int, offset: int
) -> list[SearchRecord]:
    """Return one page of the records, best first: one statement for the order, one for the rows."""
    try:
        ids_sql, ids_params = records.values("pk").query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking, for instance without any principal
        return []
    sql = fulltext.of(connection).ranked.format(ids=ids_sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, *ids_params, limit, offset])
        ids = [row[0] for row in cursor.fetchall()]
    rows = SearchRecord.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


def _facets(query: Query) -> tuple[Facet, ...]:
    """Count the values: once over the hits, and once more per facet with a choice of its own."""
    counted = _count(SearchFacet.objects.filter(record__in=_matching(query).values("pk")))
    for name in FACETS:
        if query.selected(name):
            others = SearchFacet.objects.filter(
                name=name, record__in=_matching(query, ignoring=name).values("pk")
            )
            counted[name] = _count(others).get(name, [])
    return tuple(_facet(name, counted.get(name, []), query.selected(name)) for name in FACETS)


def _count(rows: QuerySet[SearchFacet]) -> dict[str, list[tuple[str, str, int]]]:
    counted: dict[str, list[tuple[str, str, int]]] = {}
    grouped = rows.values_list("name", "value", "label").annotate(n=Count("pk"))
    for name, value, label, n in grouped.order_by("-n", "label", "value"):
        counted.setdefault(name, []).append((value, label, n))
    return counted


def _facet(name: str, rows: list[tuple[str, str, int]], chosen: frozenset[str]) -> Facet:
    """A choice that finds nothing any more stays, with 0, so that it can be taken back."""
    if name == "type":
        rows = [(value, registry.kind_label(value), n) for value, _label, n in rows]
    choices = [Choice(value, label, n, value in chosen) for value, label, n in rows]
    missing = sorted(chosen - {value for value, _label, _n in rows})
    choices += [Choice(value, value, 0, True) for value in missing]
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
