"""The settings of search, and what is said of them."""

from typing import Any

import pytest
from django.test import Client

from portal.search.checks import search_is_set_as_it_can_be


@pytest.mark.parametrize(
    ("engine", "url", "faults"),
    [
        ("auto", "", []),
        ("database", "http://127.0.0.1:9200", []),
        ("auto", "https://user:word@search.example.org:9200", []),
        ("elasticsearch", "", ["portal.E121"]),
        ("solr", "", ["portal.E120"]),
        ("auto", "search.example.org", ["portal.E122"]),
        ("auto", "https://search.example.org", ["portal.E122"]),
        ("auto", "http://search.example.org:port", ["portal.E122"]),
    ],
)
def test_what_cannot_work_is_said_at_the_start(
    settings: Any, engine: str, url: str, faults: list[str]
) -> None:
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = engine, url
    assert [fault.id for fault in search_is_set_as_it_can_be()] == faults


@pytest.mark.django_db
def test_readiness_does_not_speak_of_an_engine_that_is_not_set() -> None:
    assert "elasticsearch" not in Client().get("/readyz").json()
