"""Loads the words that come with the portal; what staff worded anew stays theirs."""

import tomllib
from pathlib import Path
from typing import Any

from django.db.models import Q

from portal.core import reference
from training.models import GlossaryTerm

FILE = Path(__file__).parent / "content" / "glossary.toml"


def content() -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]
    return terms


@reference.loader(order=40)
def load_glossary() -> None:
    """Make each term that is not there yet, neither by its key nor by its word."""
    keys = set(GlossaryTerm.objects.values_list("key", flat=True))
    words = {word.casefold() for word in GlossaryTerm.objects.values_list("term", flat=True)}
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(**said)
        for said in content()
        if said["key"] not in keys and said["term"].casefold() not in words
    )


def find(key: str) -> GlossaryTerm:
    """Return a term that comes with the portal; staff may have written the same word before."""
    word = next(said["term"] for said in content() if said["key"] == key)
    terms = GlossaryTerm.objects.filter(Q(key=key) | Q(term__iexact=word))
    return min(terms, key=lambda term: term.key != key)
