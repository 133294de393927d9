"""A rebuild stands beside the old index; the comparison makes good what differs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from elasticsearch import Elasticsearch

from portal.search import finder, index
from portal.search.elastic import client, indices, rebuilding
from portal.search.models import SearchVersion
from portal.search.query import Query
from resources.models import ResourcePage
from tests.resources.factories import make_resource
from tests.search import engines
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.search]


@pytest.fixture
def es(db: None) -> Iterator[Elasticsearch]:
    with engines.using("elasticsearch"):
        yield client.connect(settings.TEST_ELASTICSEARCH_URL, "")


def titles(world: World, text: str = "card") -> list[str]:
    engines.settle()
    results = finder.find(Query(text=text), world.member)
    assert results.engine == "elasticsearch"
    assert results.total == len(results.hits)
    return sorted(hit.plain_title for hit in results.hits)


def current(es: Elasticsearch) -> str:
    (found,) = indices.behind(es, client.name())
    return found


def test_the_alias_moves_in_one_step_and_the_old_index_stays(
    es: Elasticsearch, world: World
) -> None:
    make_resource("Card one")
    engines.settle()
    first = current(es)
    call_command("rebuild_search", verbosity=0)
    second = current(es)
    assert second != first
    assert indices.behind(es, client.name(indices.PREVIOUS)) == [first]
    assert titles(world) == ["Card one"]
    call_command("rebuild_search", verbosity=0)
    assert indices.behind(es, client.name(indices.PREVIOUS)) == [second]
    assert not es.indices.exists(index=first)
    engines.settle()
    assert not SearchVersion.objects.waiting().exists()


def test_a_write_during_a_rebuild_is_there_after_the_swap(
    es: Elasticsearch, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, gone = make_resource("Card one"), make_resource("Card gone")
    engines.settle()
    push, done = rebuilding._push, []

    def push_and_write(name: str, batch: Any) -> None:
        """After the first batch somebody publishes, changes and deletes."""
        push(name, batch)
        if not done:
            done.append(name)
            make_resource("Card new")
            page.title = "Card changed"
            page.save_revision().publish()
            gone.delete()

    monkeypatch.setattr(rebuilding, "_push", push_and_write)
    rebuilding.rebuild()
    es.indices.refresh(index=client.name())
    found = es.search(index=client.name(), source=False, size=10)
    assert found["hits"]["total"]["value"] == 2  # before the worker brought anything
    assert titles(world) == ["Card changed", "Card new"]


def test_every_index_is_told_of_what_must_go(es: Elasticsearch, world: World) -> None:
    page = make_resource("Card one")
    engines.settle()
    call_command("rebuild_search", verbosity=0)
    page.delete()
    engines.settle()
    found = es.count(index=f"{settings.ELASTICSEARCH_INDEX}-*")
    assert found["count"] == 0


def test_what_broke_off_is_cleared_away(es: Elasticsearch, world: World) -> None:
    make_resource("Card one")
    left = indices.create(es)
    call_command("rebuild_search", verbosity=0)
    assert not es.indices.exists(index=left)
    assert titles(world) == ["Card one"]


def test_the_night_finds_what_differs(es: Elasticsearch, world: World) -> None:
    pages = [make_resource(f"Card {name}") for name in ("lost", "stale", "strange")]
    engines.settle()
    es.delete(index=current(es), id=f"resource:{pages[0].pk}")
    es.update(index=current(es), id=f"resource:{pages[1].pk}", doc={"digest": "old"})
    es.index(index=current(es), id="resource:999999", document={"title": "card", "digest": ""})
    SearchVersion.objects.filter(object_id=str(pages[2].pk)).update(version=1, brought=1)
    ResourcePage.objects.filter(pk=pages[2].pk).update(line="Another line")
    index.compare_with_the_database()
    es.indices.refresh(index=client.name())
    assert titles(world) == ["Card lost", "Card stale", "Card strange"]
    assert titles(world, "another line") == ["Card strange"]
    assert not es.exists(index=current(es), id="resource:999999")


def test_after_a_restore_of_an_older_database_its_texts_stand(
    es: Elasticsearch, world: World
) -> None:
    """Elasticsearch knows version 9 of another day; the database has version 1."""
    page = make_resource("Card one")
    engines.settle()
    document = es.get(index=current(es), id=f"resource:{page.pk}")["_source"]
    es.index(
        index=current(es),
        id=f"resource:{page.pk}",
        document={**document, "title": "later", "digest": "later"},
        version=9,
        version_type="external",
    )
    index.compare_with_the_database()
    assert titles(world) == ["Card one"]
    assert titles(world, "later") == []


def test_a_field_that_is_not_declared_is_refused(es: Elasticsearch) -> None:
    mapping = es.indices.get_mapping(index=current(es))[current(es)]["mappings"]
    assert mapping["dynamic"] == "strict"
