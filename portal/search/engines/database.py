"""The engine in the portal's own database: nothing to install, and always current."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.search import fulltext, highlight, registry, vocabulary, words
from portal.search.engines.base import Ref
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord
from portal.search.query import FACETS, RELEVANCE, Choice, Facet, Hit, Query, Results
from portal.search.records import Record

BATCH = 500
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
        return sum(1 for ref, record in records if _put(ref, record))

    @transaction.atomic
    def delete(self, refs: Iterable[Ref]) -> None:
        for source, object_id in refs:
            rows = SearchRecord.objects.filter(source=source, object_id=object_id)
            fulltext.erase(connection, list(rows.values_list("pk", flat=True)))
            rows.delete()

    def rebuild(self) -> int:
        """Write each record anew, then drop those whose object is gone; search goes on."""
        return sum(self._rebuild_source(source) for source in registry.every())

    def _rebuild_source(self, source: registry.Source) -> int:
        seen: set[str] = set()
        for obj in source.queryset().iterator(chunk_size=BATCH):
            self.index([((source.name, str(obj.pk)), source.to_record(obj))])
            seen.add(str(obj.pk))
        stale = SearchRecord.objects.filter(source=source.name).values_list("object_id", flat=True)
        self.delete((source.name, pk) for pk in set(stale) - seen)
        return len(seen)

    def health(self) -> str:
        try:
            SearchRecord.objects.exists()
        except Exception as error:
            return type(error).__name__
        return "ok"


@transaction.atomic
def _put(ref: Ref, record: Record) -> bool:
    row, _ = SearchRecord.objects.update_or_create(
        source=ref[0],
        object_id=ref[1],
        defaults={
            "title": record.title[:255],
            "summary": record.summary,
            "body": record.body,
            "url": record.url,
            "kind": record.kind,
            "sensitivity": record.sensitivity,
            "dated_at": record.dated_at,
            "expires_at": record.expires_at,
        },
    )
    row.principals.all().delete()
    row.facets.all().delete()
    SearchPrincipal.objects.bulk_create(
        SearchPrincipal(record=row, token=token) for token in set(record.principals)
    )
    SearchFacet.objects.bulk_create(
        SearchFacet(record=row, name=name, value=value, label=label)
        for name, value, label in record.facets()
    )
    topics = " ".join(label for _value, label in record.topics)
    summary = f"{record.summary} {topics}"
    fulltext.write(connection, row.pk, [record.title, summary, record.body])
    return True


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
