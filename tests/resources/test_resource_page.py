"""One resource: the audience hook, what it shows, and the record of its use."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from portal.people.models import User
from resources.models import ResourceUse
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_signed_out_a_members_page_leads_to_sign_in_and_back(client: Client) -> None:
    page = make_resource()
    response = client.get(page.url)
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=%2Fresources%2Fscreening-at-a-glance%2F"


def test_signed_in_without_the_right_it_is_not_there(world: World) -> None:
    page = make_resource(audience="coordinators")
    response = signed_in(world.member).get(page.url, follow=True)
    assert (response.status_code, response.redirect_chain) == (404, [])


def test_with_the_right_it_is_served_without_a_detour(world: World) -> None:
    page = make_resource(audience="coordinators")
    response = signed_in(world.coordinator).get(page.url, follow=True)
    assert (response.status_code, response.redirect_chain) == (200, [])
    assert "private" in response["Cache-Control"]


def test_a_public_page_is_served_to_anybody(client: Client) -> None:
    page = make_resource(audience="public")
    assert client.get(page.url).status_code == 200


def test_a_draft_is_not_there_for_anybody(world: World, client: Client) -> None:
    page = make_resource(audience="public", live=False)
    url = f"/resources/{page.slug}/"
    assert client.get(url).status_code == 404
    assert signed_in(world.manager).get(url).status_code == 404


def test_it_shows_its_facts_blocks_and_sources(client: Client) -> None:
    page = make_resource(
        "What a page shows",
        audience="public",
        version="2.1",
        body=[
            ("text", "<p>" + "word " * 400 + "</p>"),
            ("steps", {"title": "Do", "items": [{"title": "First", "text": "Then"}]}),
            ("callout", {"title": "Note", "text": "Call <first>"}),
            ("checklist", {"title": "Check", "items": ["Box one", "Box two"]}),
        ],
        disciplines=["medical"],
        topics=["legal"],
    )
    html = client.get(page.url).content.decode()
    assert page.minutes == 3
    parts = ("2.1", "3 min", "Medical", "A public page", "Then")
    assert [part for part in parts if part not in html] == []
    assert html.count('type="checkbox"') == 2
    assert "Call &lt;first&gt;" in html
    assert "?topic=legal" in html


def test_a_page_that_was_replaced_leads_to_the_newer_one(client: Client) -> None:
    old = make_resource("Old one", audience="public")
    make_resource("New one", audience="public", replaces=old)
    assert "New one" in client.get(old.url).content.decode()
    assert "Old one" in client.get("/resources/new-one/").content.decode()


def test_a_page_past_its_review_date_says_so(client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    page = make_resource(audience="public", review_by=yesterday)
    assert "Due for review" in client.get(page.url).content.decode()


def test_a_use_is_recorded_once_per_person_page_and_day(world: World, client: Client) -> None:
    page, other = make_resource("One", audience="public"), make_resource("Two")
    client.get(page.url)
    assert ResourceUse.objects.count() == 0
    for user in (world.member, world.member, world.coordinator):
        signed_in(user).get(page.url)
    signed_in(world.member).get(other.url)
    assert ResourceUse.objects.count() == 3
    use = ResourceUse.objects.get(person=world.member, page=page)
    assert use.day == timezone.localdate()


def test_a_use_is_a_fact_that_outlives_its_page(world: World) -> None:
    page = make_resource()
    signed_in(world.member).get(page.url)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResourceUse.objects.update(day=timezone.localdate() - timedelta(days=1))
    page.delete()
    assert ResourceUse.objects.get().page_id is None


@pytest.mark.parametrize("size", [1, 20])
def test_a_page_costs_the_same_at_any_size(
    size: int, world: World, django_assert_max_num_queries
) -> None:
    items = [("checklist", {"title": "T", "items": ["x"] * size})] * size
    page = make_resource(body=items, topics=[f"t{n}" for n in range(size)])
    client = signed_in(world.member)
    client.get(page.url)
    with django_assert_max_num_queries(36):
        client.get(page.url)
