"""The indices behind the aliases: one current, one that is being built, the one before.

Three aliases say which is which: PREFIX is asked, PREFIX-building and PREFIX-previous are written
as well, so that nothing is missing after a swap and nothing that must go stays behind.
"""

from datetime import UTC, datetime
from uuid import uuid4

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Mapping

from portal.search.elastic import document
from portal.search.elastic.client import name

BUILDING, PREVIOUS = "building", "previous"


def create(client: Elasticsearch) -> str:
    """Make an empty index that is written from now on; return its name."""
    made = name(datetime.now(UTC).strftime("%Y%m%d%H%M%S"), uuid4().hex[:6])
    mapping: Mapping = document.RecordDocument._doc_type.mapping
    client.indices.create(
        index=made,
        settings={"index": document.SETTINGS},
        mappings=mapping.to_dict(),
        aliases={name(BUILDING): {}},
    )
    return made


def behind(client: Elasticsearch, alias: str) -> list[str]:
    """Return the indices behind an alias; none where it does not exist."""
    try:
        return sorted(client.indices.get_alias(name=alias))
    except NotFoundError:
        return []


def written(client: Elasticsearch) -> list[str]:
    """Return every index that changes are brought to; the current one first."""
    found = [behind(client, alias) for alias in (name(), name(BUILDING), name(PREVIOUS))]
    return list(dict.fromkeys(index for part in found for index in part))


def swap(client: Elasticsearch, new: str) -> None:
    """Let the new index answer, in one step; keep the old one as it was, delete older ones."""
    old, older = behind(client, name()), behind(client, name(PREVIOUS))
    built = behind(client, name(BUILDING))
    actions = [
        *({"remove": {"index": index, "alias": name()}} for index in old if index != new),
        *({"remove": {"index": index, "alias": name(PREVIOUS)}} for index in older),
        *({"remove": {"index": index, "alias": name(BUILDING)}} for index in built if index == new),
        {"add": {"index": new, "alias": name()}},
        *({"add": {"index": index, "alias": name(PREVIOUS)}} for index in old if index != new),
    ]
    client.indices.update_aliases(actions=actions)
    for index in set(older) - {new}:
        delete(client, index)


def delete(client: Elasticsearch, index: str) -> None:
    client.indices.delete(index=index, ignore_unavailable=True)


def drop_unfinished(client: Elasticsearch) -> None:
    """Delete what a rebuild that broke off has left."""
    answering = set(behind(client, name()))
    for index in behind(client, name(BUILDING)):
        if index not in answering:
            delete(client, index)


def drop_previous(client: Elasticsearch) -> None:
    for index in behind(client, name(PREVIOUS)):
        delete(client, index)
