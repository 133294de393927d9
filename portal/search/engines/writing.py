"""Writing the database engine's tables: some records at a time, each batch in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.search import fulltext
from portal.search.engines.base import Ref
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord
from portal.search.records import Record
from portal.search.registry import Source

T = TypeVar("T")
Described = Sequence[tuple[Ref, Record]]
BATCH = 300  # objects at a time; SQLite takes a limited number of parameters
COUNT_UP = (
    "INSERT INTO search_searchversion (source, object_id, version, brought, changed_at) "
    "VALUES (%s, %s, 1, 0, %s) ON CONFLICT (source, object_id) DO UPDATE "
    "SET version = search_searchversion.version + 1, changed_at = excluded.changed_at"
)
# Inserts or locks: a row that is there already is written as it is.
HOLD = (
    "INSERT INTO search_searchversion (source, object_id, version, brought, changed_at) "
    "VALUES (%s, %s, 0, 0, %s) ON CONFLICT (source, object_id) DO UPDATE "
    "SET version = search_searchversion.version"
)


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch


def count_up(refs: Iterable[Ref]) -> None:
    """Say that these records changed: what waits for Elasticsearch."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.executemany(COUNT_UP, [(*ref, now) for ref in sorted(set(refs))])


def hold(refs: Iterable[Ref]) -> None:
    """Keep others from writing these records until the commit.

    Who reads an object after this reads what the transaction before it wrote. On SQLite there is
    one writer at a time anyway.
    """
    if connection.vendor == "sqlite":
        return
    if not (found := sorted(set(refs))):
        return
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.executemany(HOLD, [(*ref, now) for ref in found])


@transaction.atomic
def renew(source: Source, pks: Iterable[object], *, force: bool = False) -> int:
    """Describe objects anew, and forget those that may not be found any more.

    Returns how many may be found.
    """
    wanted = {str(pk) for pk in pks}
    hold((source.name, pk) for pk in wanted)
    objects = list(source.queryset().filter(pk__in=wanted))
    found = {str(obj.pk): source.to_record(obj) for obj in objects}
    _put([((source.name, pk), record) for pk, record in found.items()], force=force)
    _remove([(source.name, pk) for pk in wanted - found.keys()])
    return len(found)


@transaction.atomic
def put(batch: Described, *, force: bool = False) -> int:
    """Put records in place of what stood there; what is the same already is left alone.

    Returns how many were written.
    """
    hold(ref for ref, _record in batch)
    return _put(batch, force=force)


def _put(batch: Described, *, force: bool) -> int:
    """Put records that are held; one that is new has nothing to be erased."""
    if not batch:
        return 0
    known = {} if force else digests([ref for ref, _record in batch])
    changed = [(ref, record) for ref, record in batch if known.get(ref) != record.digest()]
    if changed:
        count_up(ref for ref, _record in changed)
        _erase([ref for ref, _record in changed if force or ref in known])
        _insert(changed)
    return len(changed)


@transaction.atomic
def remove(refs: Sequence[Ref]) -> None:
    """Forget records; what never was one is no news."""
    hold(refs)
    _remove(refs)


def _remove(refs: Sequence[Ref]) -> None:
    if not refs:
        return
    if known := list(digests(refs)):
        count_up(known)
        _erase(known)


def rows(refs: Iterable[Ref]) -> QuerySet[SearchRecord]:
    return SearchRecord.objects.filter(_named(refs))


def _named(refs: Iterable[Ref]) -> Q:
    by_source: dict[str, list[str]] = {}
    for source, pk in refs:
        by_source.setdefault(source, []).append(pk)
    wanted = Q(pk__in=[])
    for source, ids in by_source.items():
        wanted |= Q(source=source, object_id__in=ids)
    return wanted


def digests(refs: Iterable[Ref]) -> dict[Ref, str]:
    found = rows(refs).values_list("source", "object_id", "digest")
    return {(source, pk): digest for source, pk, digest in found}


def _erase(refs: Sequence[Ref]) -> None:
    if not refs:
        return
    found = rows(refs)
    fulltext.erase(connection, list(found.values_list("pk", flat=True)))
    found.delete()


def _insert(batch: Described) -> None:
    made = SearchRecord.objects.bulk_create(_row(ref, record) for ref, record in batch)
    pairs = [(row, record) for row, (_ref, record) in zip(made, batch, strict=True)]
    SearchPrincipal.objects.bulk_create(
        SearchPrincipal(record=row, token=token)
        for row, record in pairs
        for token in sorted(set(record.principals))
    )
    SearchFacet.objects.bulk_create(
        SearchFacet(record=row, name=name, value=value, label=label)
        for row, record in pairs
        for name, value, label in record.facets()
    )
    fulltext.write(connection, [(row.pk, _texts(record)) for row, record in pairs])


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
    return [record.title[:255], f"{record.summary} {topics}", record.body]
