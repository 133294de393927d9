"""Asking: who asks decides the principals, and what comes back is checked once more."""

from dataclasses import replace
from typing import Any

from portal.core.ports import Suggestion
from portal.search import choosing, picks, principals, registry, terms
from portal.search.engines.base import Engine
from portal.search.query import Hit, Query, Results


def find(query: Query, user: Any) -> Results:
    """Answer a query as this person may see it. Query.principals is set here, never by a caller."""
    asked = replace(query, principals=principals.held_by(user))
    results, degraded = choosing.answer(lambda engine: search(engine, asked))
    hits, picked = results.hits, picks.of(asked)
    readable = set(_still_readable([*hits, *picked], user))
    return replace(
        results,
        hits=tuple(hit for hit in hits if hit in readable),
        picks=tuple(hit for hit in picked if hit in readable),
        degraded=degraded,
    )


def complete(text: str, user: Any) -> list[Hit]:
    """Return what has these words in its title, the last of them perhaps unfinished."""
    held = principals.held_by(user)
    found, _degraded = choosing.answer(lambda engine: engine.complete(text, principals=held))
    return _still_readable(found, user)


def suggest(text: str, user: Any) -> list[Suggestion]:
    """Return up to five pages near to the words of a question (the port `suggest`)."""
    held = principals.held_by(user)
    hits, _degraded = choosing.answer(lambda engine: engine.suggest(text, principals=held))
    return [
        Suggestion(hit.plain_title, hit.url, hit.kind_label, hit.summary)
        for hit in _still_readable(hits, user)
    ]


def search(engine: Engine, query: Query) -> Results:
    """Where nothing holds all the words, what holds most of them is better than nothing."""
    results = engine.search(query)
    if results.total or len(terms.read(query.text)) < 2:
        return results
    loose = engine.search(replace(query, loose=True))
    if not loose.total:
        return results
    return replace(loose, suggestion=results.suggestion, is_loose=True)


def _still_readable(hits: Any, user: Any) -> list[Hit]:
    """Drop what the person may not see by the app's own rule: one statement per source."""
    ids: dict[str, list[str]] = {}
    for hit in hits:
        ids.setdefault(hit.source, []).append(hit.object_id)
    seen = {name: registry.get(name).readable(pks, user) for name, pks in ids.items()}
    return [hit for hit in hits if hit.object_id in seen[hit.source]]
