"""Bringing changes to Elasticsearch, in the worker."""

import logging

from celery import shared_task
from django.core.cache import cache

from portal.search import choosing
from portal.search.elastic import bringing
from portal.search.elastic.breaker import working
from portal.search.elastic.client import Unavailable

LOCK, LOCKED_FOR = "search.bringing", 60  # seconds; a worker that dies lets go after them
logger = logging.getLogger(__name__)


def wake() -> None:
    """Tell the worker that something changed. Without a broker it takes longer, nothing is lost."""
    try:
        bring_changes.delay()
    except Exception as error:
        logger.warning("The broker did not take a message (%s); beat will.", type(error).__name__)


@shared_task
def bring_changes() -> int:
    """Bring what waits; while Elasticsearch does not answer it goes on waiting.

    One at a time: a server that hangs must not hold every thread of the worker.
    """
    if not choosing.uses_elasticsearch() or not working.allows():
        return 0
    if not cache.add(LOCK, 1, LOCKED_FOR):
        return 0
    try:
        brought = bringing.bring()
    except Unavailable as error:
        working.failed()
        logger.warning("Elasticsearch does not take changes (%s); they wait.", error)
        return 0
    finally:
        cache.delete(LOCK)
    working.succeeded()
    return brought
