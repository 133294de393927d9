"""Writing the database engine's tables: some records at a time, each batch in one transaction."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from portal.search import fulltext
from portal.search.engines.base import Ref
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord
from portal.search.records import Record

Described = Sequence[tuple[Ref, Record]]


@transaction.atomic
def put(batch: Described, *, force: bool = False) -> int:
    """Put records in place of what stood there; what is the same already is left alone.

    Returns how many were written.
    """
    known = {} if force else _digests([ref for ref, _record in batch])
    changed = [(ref, record) for ref, record in batch if known.get(ref) != record.digest()]
    if changed:
        remove([ref for ref, _record in changed])
        _insert(changed)
    return len(changed)


@transaction.atomic
def remove(refs: Sequence[Ref]) -> None:
    rows = _rows(refs)
    fulltext.erase(connection, list(rows.values_list("pk", flat=True)))
    rows.delete()


def _rows(refs: Sequence[Ref]) -> QuerySet[SearchRecord]:
    wanted = Q(pk__in=[])
    for source in {name for name, _pk in refs}:
        wanted |= Q(source=source, object_id__in=[pk for name, pk in refs if name == source])
    return SearchRecord.objects.filter(wanted)


def _digests(refs: Sequence[Ref]) -> dict[Ref, str]:
    rows = _rows(refs).values_list("source", "object_id", "digest")
    return {(source, pk): digest for source, pk, digest in rows}


def _insert(batch: Described) -> None:
    rows = SearchRecord.objects.bulk_create(_row(ref, record) for ref, record in batch)
    made = [(row, record) for row, (_ref, record) in zip(rows, batch, strict=True)]
    SearchPrincipal.objects.bulk_create(
        SearchPrincipal(record=row, token=token)
        for row, record in made
        for token in sorted(set(record.principals))
    )
    SearchFacet.objects.bulk_create(
        SearchFacet(record=row, name=name, value=value, label=label)
        for row, record in made
        for name, value, label in record.facets()
    )
    fulltext.write(connection, [(row.pk, _texts(record)) for row, record in made])


def _row(ref: Ref, record: Record) -> SearchRecord:
    return SearchRecord(
        source=ref[0],
        object_id=ref[1],
        title=record.title[:255],
        summary=record.summary,
        body=record.body,
        url=record.url,
        kind=record.kind,
        sensitivity=record.sensitivity,
        dated_at=record.dated_at,
        expires_at=record.expires_at,
        digest=record.digest(),
    )


def _texts(record: Record) -> list[str]:
    topics = " ".join(label for _value, label in record.topics)
    return [record.title, f"{record.summary} {topics}", record.body]
