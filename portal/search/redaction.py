"""What search holds of a text that is to go: its records, its words, what was searched for."""

from typing import Any

from django.db import connection
from django.db.models import Model

from portal.core.redaction import registry as texts
from portal.core.redaction.words import Words
from portal.search import fulltext, index, registry
from portal.search.models import SearchQuery


def follow(row: Model) -> None:
    """Index anew what was changed, hidden, or shown again."""
    for source in registry.every():
        if isinstance(row, source.model):
            index.touch(source.name, row.pk)


def forget_searches(words: Words) -> None:
    """A search that holds one of the words goes: it may be a part of a name."""
    logged = SearchQuery.objects.values_list("pk", "text")
    SearchQuery.objects.filter(pk__in=[pk for pk, text in logged if words.has_part(text)]).delete()


def register() -> None:
    texts.after(Model, follow)
    texts.also(forget_searches)
    texts.compactor(_merge)


def _merge() -> Any:
    fulltext.compact(connection)
