"""Elasticsearch stops, or hangs, in the middle of use: search goes on, and nothing is lost."""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from elasticsearch import BadRequestError

from portal.celery import app
from portal.search import choosing, finder, tasks
from portal.search.elastic import client as elastic
from portal.search.elastic import engine as elastic_engine
from portal.search.elastic.breaker import FAILURES, SECONDS, Breaker, asking, working
from portal.search.models import SearchVersion
from portal.search.query import Query
from tests.resources.factories import make_resource
from tests.search import engines
from tests.search.proxy import DRIPPING, HANGING, OPEN, SHUT, Door, door
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.search]
IN_TIME = 2.0  # seconds, a whole page


@pytest.fixture
def entry(db: None) -> Iterator[Door]:
    """The portal reaches Elasticsearch through a door, and waits no longer than it does live."""
    engines.need("elasticsearch")
    seconds = elastic.SEARCH_SECONDS
    with (
        door(settings.TEST_ELASTICSEARCH_URL) as found,
        engines.using("elasticsearch", found.url),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(elastic, "SEARCH_SECONDS", seconds)
        patch.setattr(elastic, "WORK_SECONDS", seconds)
        was_eager = app.conf.task_always_eager
        # The broker takes the message and no worker runs: a save must not do the worker's part.
        app.conf.task_always_eager = False
        try:
            yield found
        finally:
            app.conf.task_always_eager = was_eager
            found.state = OPEN


def page(world: World, text: str) -> tuple[str, float]:
    client = Client()
    client.force_login(world.member)
    began = time.monotonic()
    html = client.get("/search/", {"q": text}).content.decode()
    return html, time.monotonic() - began


def break_off(entry: Door, how: str) -> None:
    entry.shut() if how == SHUT else setattr(entry, "state", how)


@pytest.mark.parametrize("how", [SHUT, HANGING, DRIPPING])
def test_search_goes_on_from_the_database_within_two_seconds(
    entry: Door, world: World, how: str
) -> None:
    make_resource("Consent card")
    engines.settle()
    page(world, "warm")
    break_off(entry, how)
    for _ in range(FAILURES + 1):
        html, took = page(world, "consent")
        assert "<mark>Consent</mark> card" in html
        assert "The portal searches by itself" in html
        assert took < IN_TIME
    assert not asking.allows()
    _html, took = page(world, "consent")
    assert took < 0.5  # nobody asks any more


@pytest.mark.parametrize("how", [SHUT, HANGING])
def test_no_save_waits_and_nothing_is_lost(
    entry: Door, world: World, how: str, django_capture_on_commit_callbacks: object
) -> None:
    gone = make_resource("Gone card")
    engines.settle()
    break_off(entry, how)
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_resource("Consent card")
        gone.unpublish()
    assert time.monotonic() - began < IN_TIME
    for _ in range(FAILURES):
        assert tasks.bring_changes() == 0
    assert SearchVersion.objects.waiting().count() == 2
    assert not working.allows()

    entry.state = OPEN
    working.reset()
    asking.reset()
    assert tasks.bring_changes() == 2
    engines.settle()
    results = finder.find(Query(text="card"), world.member)
    assert (results.engine, results.degraded) == ("elasticsearch", False)
    assert [hit.plain_title for hit in results.hits] == ["Consent card"]


def test_what_is_refused_waits_and_holds_up_no_other(entry: Door, world: World) -> None:
    make_resource("Consent card")
    first = SearchVersion.objects.get()
    SearchVersion.objects.create(source="test", object_id="x" * 60)
    engines.settle()
    assert not SearchVersion.objects.waiting().exists()
    SearchVersion.objects.filter(pk=first.pk).update(brought=0)
    direct = elastic.connect(settings.TEST_ELASTICSEARCH_URL, "")
    direct.indices.put_settings(
        index=f"{settings.ELASTICSEARCH_INDEX}-*", settings={"index.blocks.write": True}
    )
    assert tasks.bring_changes() == 0
    assert list(SearchVersion.objects.waiting()) == [first]
    direct.indices.put_settings(
        index=f"{settings.ELASTICSEARCH_INDEX}-*", settings={"index.blocks.write": False}
    )
    assert tasks.bring_changes() == 1


def test_an_index_that_is_not_there_is_told_and_the_database_answers(
    entry: Door, world: World
) -> None:
    make_resource("Consent card")
    direct = elastic.connect(settings.TEST_ELASTICSEARCH_URL, "")
    direct.indices.delete(index=f"{settings.ELASTICSEARCH_INDEX}-*")
    results = finder.find(Query(text="consent"), world.member)
    assert (results.total, results.degraded, results.engine) == (1, True, "database")
    assert tasks.bring_changes() == 0  # and no index is made by writing
    assert direct.indices.exists(index=settings.ELASTICSEARCH_INDEX).meta.status == 404


def test_a_fault_of_ours_is_not_masked_here_and_does_no_harm_live(
    entry: Door, world: World, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    make_resource("Consent card")
    engines.settle()
    monkeypatch.setattr(
        elastic_engine.asking.RecordSearch, "body", lambda self: {"query": {"no_such": {}}}
    )
    with pytest.raises(BadRequestError):
        finder.find(Query(text="consent"), world.member)
    settings.SEARCH_HIDES_FAULTS = True  # type: ignore[attr-defined]
    assert finder.find(Query(text="consent"), world.member).degraded


def test_readiness_names_it_and_the_portal_stays_ready(entry: Door, world: World) -> None:
    assert Client().get("/readyz").json()["elasticsearch"] == "ok"
    entry.shut()
    response = Client().get("/readyz")
    assert response.json()["elasticsearch"].startswith("the database searches (")


def test_the_database_alone_is_one_setting_away(entry: Door, settings: object) -> None:
    settings.SEARCH_ENGINE = "database"  # type: ignore[attr-defined]
    assert not choosing.uses_elasticsearch()
    assert tasks.bring_changes() == 0


def test_the_breaker_rests_and_lets_one_try() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now[0] = SECONDS + 1
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.succeeded()
    assert breaker.allows()
