"""Asking: who asks decides the principals, and what comes back is checked once more."""

from dataclasses import replace
from typing import Any

from portal.core.ports import Suggestion
from portal.search import principals, registry
from portal.search.engines.base import Engine
from portal.search.engines.database import DatabaseEngine
from portal.search.query import Hit, Query, Results


def engine() -> Engine:
    """Return the engine in use."""
    return DatabaseEngine()


def find(query: Query, user: Any) -> Results:
    """Answer a query as this person may see it. Query.principals is set here, never by a caller."""
    results = engine().search(replace(query, principals=principals.held_by(user)))
    return replace(results, hits=tuple(_still_readable(results.hits, user)))


def suggest(text: str, user: Any) -> list[Suggestion]:
    """Return up to five pages near to the words of a question (the port `suggest`)."""
    hits = engine().suggest(text, principals=principals.held_by(user), limit=5)
    return [
        Suggestion(hit.plain_title, hit.url, hit.kind_label, hit.summary)
        for hit in _still_readable(hits, user)
    ]


def _still_readable(hits: Any, user: Any) -> list[Hit]:
    """Drop what the person may not see by the app's own rule: one statement per source."""
    ids: dict[str, list[str]] = {}
    for hit in hits:
        ids.setdefault(hit.source, []).append(hit.object_id)
    seen = {name: registry.get(name).readable(pks, user) for name, pks in ids.items()}
    return [hit for hit in hits if hit.object_id in seen[hit.source]]
