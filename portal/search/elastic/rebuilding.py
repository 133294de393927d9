"""A new index beside the old one, and the comparison of what Elasticsearch knows with what is."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from portal.search.elastic import bringing, client, document, indices
from portal.search.engines.writing import batches
from portal.search.models import SearchRecord, SearchVersion

Known = dict[str, tuple[int, str]]  # id: (version, digest)
PASSES = 5  # over what was written meanwhile; what comes after them is brought to both


def rebuild() -> str:
    """Fill a new index, then let it answer in one step; return its name.

    While it is filled every change is brought to it as well. A change that was on its way to the
    old index alone when the new one was made is found by comparing versions with the database.
    """
    client.ask(client.WORK_SECONDS, indices.drop_unfinished)
    new = client.ask(client.WORK_SECONDS, indices.create)
    for batch in batches(SearchVersion.objects.order_by("pk").iterator()):
        _push(new, batch)
    for _pass in range(PASSES):
        if not (missing := list(_differing(new))):
            break
        for batch in batches(missing):
            _push(new, batch)
    client.ask(client.WORK_SECONDS, lambda es: indices.swap(es, new))
    return new


def compare() -> int:
    """Let what differs wait again, and delete what the database never knew; return how many."""
    current = client.ask(client.WORK_SECONDS, indices.written)
    if not current:
        raise client.Unavailable(client.NO_INDEX)
    known = _known(current[0])
    stray = [key for key in known if key not in _versions()]
    _delete(current, stray)
    differing = list(_differing(current[0]))
    for row in differing:
        # Whatever stands there, or was deleted there, must not count as newer: after a restore of
        # an older database, say.
        there = known.get(document.key(row.source, row.object_id), (0,))[0]
        row.version = max(row.version, there) + 1
        row.brought = 0
    for batch in batches(differing):
        SearchVersion.objects.bulk_update(batch, ["version", "brought"])
    return len(stray) + len(differing)


def forget_deleted() -> None:
    """Let go of the words of what was deleted; Elasticsearch keeps them until it merges."""
    for index in client.ask(client.WORK_SECONDS, indices.written):
        client.ask(client.WORK_SECONDS, partial(_merge, index=index))


def _merge(es: Elasticsearch, *, index: str) -> None:
    es.indices.forcemerge(index=index, only_expunge_deletes=True)


def _push(index: str, batch: list[SearchVersion]) -> None:
    actions = list(bringing.operations(batch))
    client.ask(client.WORK_SECONDS, lambda es: bringing.push(es, index, actions))


def _differing(index: str) -> Iterator[SearchVersion]:
    """Yield what the index knows in another version, or knows though it is gone, or not at all."""
    known = _known(index)
    digests = {
        document.key(source, pk): digest
        for source, pk, digest in SearchRecord.objects.values_list("source", "object_id", "digest")
    }
    for row in SearchVersion.objects.iterator():
        key = document.key(row.source, row.object_id)
        wanted = (row.version, digests[key]) if key in digests else None
        if known.get(key) != wanted:
            yield row


def _known(index: str) -> Known:
    def read(es: Elasticsearch) -> Known:
        es.indices.refresh(index=index)
        asked: dict[str, Any] = {"query": {"match_all": {}}, "_source": ["digest"]}
        found = scan(es, index=index, query={**asked, "version": True}, size=1000)
        return {hit["_id"]: (hit["_version"], hit["_source"]["digest"]) for hit in found}

    return client.ask(client.WORK_SECONDS, read)


def _versions() -> set[str]:
    rows = SearchVersion.objects.values_list("source", "object_id")
    return {document.key(source, pk) for source, pk in rows}


def _delete(every: list[str], keys: list[str]) -> None:
    actions = [{"delete": {"_id": key}} for key in keys]
    for index in every:
        client.ask(client.WORK_SECONDS, partial(bringing.push, index=index, actions=actions))
