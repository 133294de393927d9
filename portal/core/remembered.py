"""Marks in the cache by which something remembered is forgotten at once.

What is remembered carries the marks of its scopes in its key; a new mark makes the old key unknown.
"""

from uuid import uuid4

from django.core.cache import cache

EVERYTHING = "everything"  # a text was hidden or removed somewhere
AGE = 24 * 60 * 60  # seconds; what is remembered lives shorter


def marks(*scopes: str) -> str:
    """Return the marks of scopes, as part of a key."""
    keys = [_key(scope) for scope in scopes]
    known = cache.get_many(keys)
    return ".".join(str(known.get(key, "0")) for key in keys)


def forget(scope: str) -> None:
    cache.set(_key(scope), uuid4().hex, AGE)


def _key(scope: str) -> str:
    return f"remembered.{scope}"
