"""What is remembered for a minute, and marks in the cache by which it is forgotten at once.

What is remembered carries the marks of its scopes in its key; a new mark makes the old key unknown.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache

Made = TypeVar("Made")

EVERYTHING = "everything"  # a text was hidden or removed somewhere
AGE = 24 * 60 * 60  # seconds; what is remembered lives shorter


def kept(name: str, said: Iterable[str], scopes: Iterable[str], make: Callable[[], Made]) -> Made:
    """Return what `make` gives, made now or within the last `HOME_KEPT_SECONDS`.

    `said` is all that it depends on beside the scopes. Never None. Where the setting is 0 (a cache
    of files, which would not forget by itself) it is made each time.
    """
    if not settings.HOME_KEPT_SECONDS:
        return make()
    words = " ".join([*said, marks(EVERYTHING, *scopes)])
    key = f"{name}.{sha256(words.encode()).hexdigest()}"
    known: Made | None = cache.get(key)
    if known is None:
        known = make()
        cache.set(key, known, settings.HOME_KEPT_SECONDS)
    return known


def marks(*scopes: str) -> str:
    """Return the marks of scopes, as part of a key."""
    keys = [_key(scope) for scope in scopes]
    known = cache.get_many(keys)
    return ".".join(str(known.get(key, "0")) for key in keys)


def forget(scope: str) -> None:
    cache.set(_key(scope), uuid4().hex, AGE)


def _key(scope: str) -> str:
    return f"remembered.{scope}"
