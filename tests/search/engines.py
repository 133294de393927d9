"""The engines that this run has: the database of the run, and Elasticsearch where it is told one.

`REQUIRE_ENGINES=sqlite,elasticsearch` makes one that is missing a failure; else it is skipped.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from portal.search.elastic import bringing, client, indices
from portal.search.elastic.breaker import asking, working
from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.engines.base import Engine
from portal.search.engines.database import DatabaseEngine

PATIENT = 20.0  # seconds; a busy machine is no failure
NAMES = ("sqlite", "postgres", "elasticsearch")
VENDORS = {"sqlite": "sqlite", "postgresql": "postgres"}


def present() -> set[str]:
    found = {VENDORS[connection.vendor]}
    return found | {"elasticsearch"} if settings.TEST_ELASTICSEARCH_URL else found


def required() -> set[str]:
    return set(filter(None, os.environ.get("REQUIRE_ENGINES", "").split(",")))


def need(name: str) -> None:
    """Skip the test where the engine is missing, or fail it where the run must have it."""
    if name in present():
        return
    if name in required():
        pytest.fail(f"REQUIRE_ENGINES names {name}, and this run has none", pytrace=False)
    pytest.skip(f"{name} is not part of this run")


@contextmanager
def using(name: str, url: str = "") -> Iterator[Engine]:
    """Let the portal use an engine; Elasticsearch with an index of its own."""
    need(name)
    if name != "elasticsearch":
        yield DatabaseEngine()
        return
    own = {
        "ELASTICSEARCH_URL": url or settings.TEST_ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX": f"test-{uuid4().hex[:12]}",
    }
    with override_settings(**own), pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "SEARCH_SECONDS", PATIENT)
        asking.reset()
        working.reset()
        direct = client.connect(settings.TEST_ELASTICSEARCH_URL, "")
        indices.swap(direct, indices.create(direct))
        try:
            yield ElasticsearchEngine(refresh=True, seconds=PATIENT)
        finally:
            direct.indices.delete(index=f"{settings.ELASTICSEARCH_INDEX}-*")


def settle() -> None:
    """Bring over what changed, as the worker does after a commit, and have it found at once."""
    if settings.ELASTICSEARCH_URL:
        bringing.bring()
        direct = client.connect(settings.TEST_ELASTICSEARCH_URL, "")
        direct.indices.refresh(index=f"{settings.ELASTICSEARCH_INDEX}-*")
