"""Bringing changes to Elasticsearch: what waits is in `SearchVersion`, and stays there until it is
known there.

A record goes with its version, so that an older text never replaces a newer one, whoever is late:
a conflict means that a newer one is there already.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from elasticsearch import Elasticsearch

from portal.search.elastic import client, document, indices
from portal.search.models import SearchRecord, SearchVersion

BATCH = 200
NEWER_IS_THERE, NOT_THERE = 409, 404
REFUSED = frozenset({400})

logger = logging.getLogger(__name__)
Json = dict[str, Any]


def bring(*, refresh: bool = False) -> int:
    """Bring all that waits; return how many changes. Raises client.Unavailable, and the rest waits.

    A record that Elasticsearch refuses is told to the log, waits, and holds up no other.
    """
    brought, last = 0, 0
    while batch := list(SearchVersion.objects.waiting().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        brought += _bring(batch, refresh=refresh)
    return brought


def _bring(batch: Sequence[SearchVersion], *, refresh: bool) -> int:
    """The order matters: versions, then texts, then where to. See ADR 19."""
    actions = list(operations(batch))
    done = client.ask(client.WORK_SECONDS, lambda es: _everywhere(es, actions, refresh=refresh))
    known = [row for row in batch if document.key(row.source, row.object_id) in done]
    for row in known:
        row.brought = row.version
    SearchVersion.objects.bulk_update(known, ["brought"])
    return len(known)


def _everywhere(es: Elasticsearch, actions: Sequence[Json], *, refresh: bool) -> set[str]:
    """Return the ids that every index knows now."""
    if not (targets := indices.written(es)):
        raise client.Unavailable(client.NO_INDEX)
    current, *others = targets
    done = push(es, current, actions, refresh=refresh)
    for index in others:
        known = push(es, index, actions, refresh=refresh)
        if not done <= known and index in indices.behind(es, client.name(indices.PREVIOUS)):
            # It is of an older make and cannot be kept in step, so it must not stay.
            indices.delete(es, index)
        else:
            done &= known
    return done


def operations(batch: Sequence[SearchVersion]) -> Iterator[Json]:
    """Yield what brings these records up to date: a document, or a deletion."""
    versions = {document.key(row.source, row.object_id): row.version for row in batch}
    present = dict(document.documents(_rows(batch)))
    for key, version in versions.items():
        meta = {"_id": key, "version": version, "version_type": "external_gte"}
        if key in present:
            yield {"index": meta, "document": present[key]}
        else:
            yield {"delete": meta}


def push(
    es: Elasticsearch, index: str, actions: Iterable[Json], *, refresh: bool = False
) -> set[str]:
    """Send operations to one index; return the ids that it knows now."""
    lines: list[Json] = []
    for action in actions:
        lines += [{k: v for k, v in action.items() if k != "document"}]
        if "document" in action:
            lines.append(action["document"])
    if not lines:
        return set()
    answer = es.bulk(index=index, operations=lines, refresh=refresh)
    return {key for item in answer["items"] for key in _known(item)}


def _known(item: Json) -> Iterator[str]:
    ((kind, result),) = item.items()
    status = int(result["status"])
    is_known = status < 300 or status == NEWER_IS_THERE
    if is_known or (kind == "delete" and status == NOT_THERE):
        yield result["_id"]
        return
    error = result.get("error", {})
    logger.error("Elasticsearch refused a record: %s %s", status, error.get("type", ""))


def _rows(batch: Iterable[SearchVersion]) -> Iterable[SearchRecord]:
    by_source: dict[str, list[str]] = {}
    for row in batch:
        by_source.setdefault(row.source, []).append(row.object_id)
    wanted = Q(pk__in=[])
    for source, ids in by_source.items():
        wanted |= Q(source=source, object_id__in=ids)
    return SearchRecord.objects.filter(wanted)
