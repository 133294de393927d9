"""What Elasticsearch holds of a record: made of the rows of the database engine, so both agree.

The words are ours (words.py), not Elasticsearch's: split at spaces, they match exactly what the
database matches. Titles and texts that people read stay in the database alone.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from elasticsearch.dsl import Date, Document, Keyword, Long, MetaField, Text, mapped_field

from portal.search import words
from portal.search.models import SearchRecord
from portal.search.query import FACETS

# Between a value and its label in a pair; neither holds it.
BAR = "\x1f"
SETTINGS = {
    "number_of_shards": 1,  # scores of several shards cannot be compared
    "number_of_replicas": 0,
    "gc_deletes": "1h",  # how long a deletion keeps an older version out
    "refresh_interval": "1s",
}


WORDS = Text(
    analyzer="whitespace", index_options="freqs", index_prefixes={"min_chars": 1, "max_chars": 12}
)


class RecordDocument(Document):
    """Strict: a field that is not declared is refused, never guessed."""

    title: str = mapped_field(WORDS)
    summary: str = mapped_field(WORDS)
    body: str = mapped_field(WORDS)
    type: list[str] = mapped_field(Keyword())
    topic: list[str] = mapped_field(Keyword())
    discipline: list[str] = mapped_field(Keyword())
    county: list[str] = mapped_field(Keyword())
    kind: list[str] = mapped_field(Keyword())
    sensitivity: list[str] = mapped_field(Keyword())
    pairs_type: list[str] = mapped_field(Keyword())
    pairs_topic: list[str] = mapped_field(Keyword())
    pairs_discipline: list[str] = mapped_field(Keyword())
    pairs_county: list[str] = mapped_field(Keyword())
    pairs_kind: list[str] = mapped_field(Keyword())
    pairs_sensitivity: list[str] = mapped_field(Keyword())
    principals: list[str] = mapped_field(Keyword())
    dated_at: datetime = mapped_field(Date())
    expires_at: datetime | None = mapped_field(Date())
    record: int = mapped_field(Long())
    digest: str = mapped_field(Keyword(index=False))

    class Meta:
        dynamic: ClassVar = MetaField("strict")


def key(source: str, object_id: str) -> str:
    return f"{source}:{object_id}"


def documents(rows: Iterable[SearchRecord]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (id, body) of each record."""
    found = list(rows)
    prefetch_related_objects(found, "principals", "facets")
    for row in found:
        yield key(row.source, row.object_id), _body(row)


def _body(row: SearchRecord) -> dict[str, Any]:
    facets = list(row.facets.all())
    topics = " ".join(facet.label for facet in facets if facet.name == "topic")
    values = {name: [f.value for f in facets if f.name == name] for name in FACETS}
    pairs = {
        f"pairs_{name}": [f"{f.value}{BAR}{f.label}" for f in facets if f.name == name]
        for name in FACETS
    }
    return {
        "title": words.indexed(row.title),
        "summary": words.indexed(f"{row.summary} {topics}"),
        "body": words.indexed(row.body),
        "principals": [principal.token for principal in row.principals.all()],
        "dated_at": row.dated_at.isoformat(),
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        "record": row.pk,
        "digest": row.digest,
        **values,
        **pairs,
    }
