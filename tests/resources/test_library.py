"""The library's list: who sees what, the filters, and what it costs."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from resources.catalogue import Filters
from resources.models import ResourcePage
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


def titles(client: Client, url: str = "/resources/") -> list[str]:
    return [page.title for page in client.get(url).context["page_obj"]]


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_signed_out_only_public_resources_are_listed_and_counted(client: Client) -> None:
    make_resource("Open to all", audience="public", kind="brief")
    make_resource("For members", kind="guide")
    make_resource("Not published", audience="public", live=False)
    response = client.get("/resources/")
    assert [page.title for page in response.context["page_obj"]] == ["Open to all"]
    assert [(c.label, c.count) for c in response.context["choices"]["kind"]] == [("Brief", 1)]


def test_each_audience_sees_its_own(world: World) -> None:
    for audience in ("public", "members", "coordinators", "staff"):
        make_resource(audience, audience=audience)
    assert titles(signed_in(world.member)) == ["members", "public"]
    assert titles(signed_in(world.coordinator)) == ["coordinators", "members", "public"]
    assert titles(signed_in(world.manager)) == ["coordinators", "members", "public", "staff"]


def test_filters_leave_what_fits_and_count_without_their_own_choice(world: World) -> None:
    make_resource("One", kind="brief", topics=["screening", "legal"], disciplines=["medical"])
    make_resource("Two", kind="guide", topics=["screening"], disciplines=["prosecution"])
    make_resource("Three", kind="guide", topics=["legal"])
    client = signed_in(world.member)
    assert titles(client, "/resources/?topic=screening") == ["One", "Two"]
    assert titles(client, "/resources/?kind=guide&topic=legal") == ["Three"]
    choices = client.get("/resources/?kind=guide").context["choices"]
    assert [(c.label, c.count, c.is_selected) for c in choices["kind"]] == [
        ("Guide", 2, True),
        ("Brief", 1, False),
    ]
    assert [(c.label, c.count) for c in choices["topic"]] == [("legal", 1), ("screening", 1)]


def test_a_resource_that_names_no_discipline_is_for_every_one(world: World) -> None:
    make_resource("Medical", disciplines=["medical"])
    make_resource("Everyone")
    client = signed_in(world.member)
    assert titles(client, "/resources/?discipline=medical") == ["Everyone", "Medical"]
    assert titles(client, "/resources/?discipline=school") == ["Everyone"]
    choices = client.get("/resources/").context["choices"]["discipline"]
    counts = {c.label: c.count for c in choices}
    assert (counts["Medical"], counts["School"]) == (2, 1)


def test_an_empty_library_says_what_will_appear(client: Client) -> None:
    assert "No resources here yet" in client.get("/resources/").content.decode()
    response = client.get("/resources/?topic=%3Cb%3E")
    assert "Nothing fits all of these choices" in response.content.decode()
    assert "<b>" not in unescape(response.context["filters"].url())


def test_twenty_five_stand_on_a_page(client: Client) -> None:
    for n in range(26):
        make_resource(f"Resource {n:02}", audience="public")
    assert len(titles(client)) == 25
    assert titles(client, "/resources/?page=2") == ["Resource 25"]


@pytest.mark.parametrize("size", [2, 12])
def test_the_list_costs_the_same_at_any_size(
    size: int, world: World, django_assert_max_num_queries
) -> None:
    for n in range(size):
        make_resource(f"R{n}", topics=[f"topic-{n}", "legal"], disciplines=["medical", "school"])
    client = signed_in(world.member)
    client.get("/resources/")
    with django_assert_max_num_queries(17):
        client.get("/resources/")


def test_the_rule_of_the_list_is_the_rule_of_the_page(world: World) -> None:
    """`visible_to` and the serving hook agree, for every account and audience."""
    pages = [make_resource(a, audience=a) for a in ("public", "members", "coordinators", "staff")]
    for user in world.people.values():
        listed = set(ResourcePage.objects.visible_to(user))
        client = signed_in(user)
        assert listed == {p for p in pages if client.get(p.url).status_code == 200}


def test_filters_that_are_not_understood_are_harmless(client: Client) -> None:
    assert client.get("/resources/?kind=%00&topic=" + "x" * 500 + "&page=abc").status_code == 200
    assert Filters().url() == "?"


def test_a_person_who_left_sees_the_public_ones_alone() -> None:
    gone = UserFactory(is_active=False)
    make_resource("For members")
    assert not ResourcePage.objects.visible_to(gone).exists()


def counts(client: Client) -> dict[str, int]:
    choices = client.get("/resources/").context["choices"]
    return {choice.label: choice.count for each in choices.values() for choice in each}


def test_numbers_that_are_remembered_follow_what_is_published(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.HOME_KEPT_SECONDS = 60
    client, coordinator = signed_in(world.member), signed_in(world.coordinator)
    page = make_resource("One", kind="brief", topics=["screening"])
    make_resource("Two", kind="guide", audience="coordinators")
    assert counts(client)["Brief"] == counts(client)["screening"] == 1
    assert "Guide" not in counts(client)
    assert counts(coordinator)["Guide"] == 1

    tag = Tag.objects.get(name="screening")
    tag.name = "asking"
    with django_capture_on_commit_callbacks(execute=True):
        tag.save()
    assert "screening" not in counts(client)
    assert counts(client)["asking"] == 1

    def publish() -> None:
        page.save_revision().publish()

    page.kind = "guide"
    for change, guides in ((publish, 1), (page.unpublish, 0), (publish, 1), (page.delete, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert counts(client).get("Guide", 0) == guides


def test_numbers_that_are_remembered_take_no_statement(world: World, settings: Any) -> None:
    settings.HOME_KEPT_SECONDS = 60
    make_resource("One", kind="brief", topics=["screening"])
    first, other = signed_in(world.member), signed_in(world.other_member)
    seen = counts(first)
    with CaptureQueriesContext(connection) as found:
        assert counts(other) == seen
    assert not [q for q in found if "taggit_tag" in q["sql"]]


def test_each_page_says_its_kind_its_minutes_and_its_version(world: World) -> None:
    make_resource("One", kind="brief")
    page = make_resource("Two", kind="guide")
    ResourcePage.objects.filter(pk=page.pk).update(
        minutes=12, version="2", effective_on=date(2026, 3, 9)
    )
    found = unescape(signed_in(world.member).get("/resources/").content.decode())
    assert '<p class="collection__meta">Guide · 12 min · version 2 of Mon 9 Mar 2026</p>' in found
    assert re.search(r'<p class="collection__meta">Brief · \d+ min</p>', found)
