"""Which engine answers: the one that is set, and the database where that one does not."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from elasticsearch import ApiError

from portal.search.elastic.breaker import asking
from portal.search.elastic.client import Unavailable
from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.engines.base import Engine
from portal.search.engines.database import DatabaseEngine

T = TypeVar("T")
logger = logging.getLogger(__name__)


def uses_elasticsearch() -> bool:
    return bool(settings.ELASTICSEARCH_URL) and settings.SEARCH_ENGINE != "database"


def engine() -> Engine:
    """Return the engine that is set, whether it answers or not."""
    return ElasticsearchEngine() if uses_elasticsearch() else DatabaseEngine()


def answer(question: Callable[[Engine], T]) -> tuple[T, bool]:
    """Return the answer, and whether the database had to stand in for the engine that is set."""
    if not uses_elasticsearch():
        return question(DatabaseEngine()), False
    if asking.allows():
        try:
            found = question(ElasticsearchEngine())
        except Unavailable as error:
            asking.failed()
            logger.warning("Elasticsearch does not answer (%s); the database does.", error)
        except ApiError as error:
            logger.error("Elasticsearch refused a search: %s", type(error).__name__)
            if not settings.SEARCH_HIDES_FAULTS:
                raise
        else:
            asking.succeeded()
            return found, False
    return question(DatabaseEngine()), True
