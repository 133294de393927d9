"""Asking Elasticsearch within a time, with one word for all the ways in which it may not answer."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

T = TypeVar("T")
SEARCH_SECONDS = 0.8  # two questions of one page and the database stay below two seconds
WORK_SECONDS = 10.0  # of a bulk request in the worker
THREADS = 8
# Not our fault: no such index yet, no right, too many requests. Other 4xx are.
NOT_OURS = frozenset({401, 403, 404, 408, 429})

NO_INDEX = "no index yet; run rebuild_search"
logger = logging.getLogger(__name__)


class Unavailable(Exception):
    """Elasticsearch did not answer, or not in time, or not as Elasticsearch."""


@cache
def connect(url: str, ca: str) -> Elasticsearch:
    """Return this process's client. It never tries twice and tells the server nothing of itself."""
    certificates: dict[str, Any] = {"ca_certs": ca} if ca else {}
    return Elasticsearch(
        url, max_retries=0, retry_on_timeout=False, meta_header=False, **certificates
    )


def elasticsearch(seconds: float) -> Elasticsearch:
    found = connect(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA)
    return found.options(request_timeout=seconds)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="search")


def within(seconds: float, question: Callable[[Elasticsearch], T]) -> T:
    """Ask in a thread and wait no longer than that, whatever it is that hangs.

    A socket's time-out covers neither the name service nor an answer that comes drop by drop.
    `question` must not touch the database: a connection belongs to its thread. Raises Unavailable.
    """
    future: Future[T] = _threads().submit(ask, seconds, question)
    try:
        return future.result(seconds * 1.25)
    except TooLate as error:
        future.cancel()
        raise Unavailable("too late") from error


def ask(seconds: float, question: Callable[[Elasticsearch], T]) -> T:
    """Ask with a time-out of each read. Raises Unavailable; ApiError where the fault is ours."""
    try:
        return question(elasticsearch(seconds))
    except (TransportError, UnsupportedProductError) as error:
        raise Unavailable(type(error).__name__) from error
    except ApiError as error:
        if error.status_code >= 500 or error.status_code in NOT_OURS:
            raise Unavailable(f"{type(error).__name__} {error.status_code}") from error
        raise


def name(*parts: Any) -> str:
    """Return the name of an index or alias of this portal."""
    return "-".join([settings.ELASTICSEARCH_INDEX, *map(str, parts)])
