"""Redis as the cache: what is remembered may be forgotten, what takes turns may not.

While the server is away nothing is found and nothing is kept, so pages are made anew and go on.
`add` and `incr`, by which locks and the limits of signing in take turns, raise CacheAway: a limit
that nobody counts is none.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends import redis as backend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

PAUSE = 2.0  # seconds in which a server that did not answer is not asked again
# Redis's own way is to try for seconds; one try more is for a connection that was closed meanwhile.
OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "retry": Retry(NoBackoff(), 1),
}
AWAY = (exceptions.ConnectionError, exceptions.TimeoutError)
Value = TypeVar("Value")
logger = logging.getLogger(__name__)
_silent_until = 0.0  # of the steady clock, for all threads of the process


class CacheAway(Exception):
    """The cache does not answer, and what was asked of it cannot be done without."""


class Client(backend.RedisCacheClient):
    """Asks through one client of a pool: Django makes a new one for every question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clients: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]


class RedisCache(backend.RedisCache):
    """The cache server at one address."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**OPTIONS, **params.get("OPTIONS", {})}})
        self._class = Client

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return _asked(lambda: super(RedisCache, self).add(*args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return _asked(lambda: super(RedisCache, self).incr(*args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default, lambda: super(RedisCache, self).get(key, default, version))

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return _or({}, lambda: super(RedisCache, self).get_many(keys, version))

    def get_or_set(self, key: Any, default: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_or_set(key, default, *args, **kwargs)
        except CacheAway:
            return default() if callable(default) else default

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, lambda: super(RedisCache, self).has_key(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        _or(None, lambda: super(RedisCache, self).set(*args, **kwargs))

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return _or([], lambda: super(RedisCache, self).set_many(data, *args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, lambda: super(RedisCache, self).touch(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, lambda: super(RedisCache, self).delete(*args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        _or(None, lambda: super(RedisCache, self).delete_many(*args, **kwargs))


def _or(instead: Value, ask: Callable[[], Value]) -> Value:
    try:
        return _asked(ask)
    except CacheAway:
        return instead


def _asked(ask: Callable[[], Value]) -> Value:
    """Ask the server. CacheAway when it does not answer, and for a while after that at once."""
    global _silent_until
    if time.monotonic() < _silent_until:
        raise CacheAway
    try:
        return ask()
    except AWAY as error:
        _silent_until = time.monotonic() + PAUSE
        logger.warning("The cache does not answer (%s); pages go on without.", type(error).__name__)
        raise CacheAway from error


def say_when_away(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Say plainly that something cannot be done now for want of the cache: signing in, mostly."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, CacheAway):
            return None
        response = render(request, "core/cache_away.html", status=503)
        response["Retry-After"] = "60"
        return response

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
