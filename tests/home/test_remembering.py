"""A dashboard that is remembered for a minute, and what makes it be read anew."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import remembered
from portal.people.models import Center, CoordinatorAssignment, RoleGrant, User
from resources.models import ResourcePage
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    settings.HOME_KEPT_SECONDS = 60


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get("/").status_code == 200
    return len([q for q in found if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("role", ["member", "coordinator", "manager", "specialist", "author"])
def test_the_second_look_costs_eight_statements_at_most(world: World, role: str) -> None:
    client = signed_in(getattr(world, role))
    client.get("/")
    assert statements(client) <= 8


def test_it_says_the_same_to_the_same_person_and_nothing_of_it_to_another(world: World) -> None:
    make_resource("A page that is new")
    first, other = signed_in(world.member), signed_in(world.other_member)
    assert b"A page that is new" in first.get("/").content
    ResourcePage.objects.update(title="A page that is newer")
    assert b"A page that is newer" not in first.get("/").content
    assert b"A page that is newer" in other.get("/").content


def test_whoever_sends_something_sees_it_at_once(world: World) -> None:
    make_resource("A page that is new")
    client = signed_in(world.member)
    client.get("/")
    ResourcePage.objects.update(title="A page that is newer")
    client.post("/nowhere/")
    assert b"A page that is newer" in client.get("/").content


def test_a_text_that_is_hidden_is_gone_from_every_dashboard(world: World) -> None:
    make_resource("A page that is new")
    client = signed_in(world.member)
    client.get("/")
    ResourcePage.objects.update(title="A page without it")
    remembered.forget(remembered.EVERYTHING)
    assert b"A page that is new" not in client.get("/").content


def test_a_role_or_a_center_that_came_or_went_shows_at_once(world: World) -> None:
    client = signed_in(world.member)
    assert b"Your team" not in client.get("/").content
    row = CoordinatorAssignment.objects.create(
        user=world.member, center=Center.objects.get(slug="essex"), starts_on=timezone.localdate()
    )
    assert b"Your team" in client.get("/").content
    row.delete()
    assert b"Your team" not in client.get("/").content
    RoleGrant.objects.create(user=world.member, role="specialist", starts_on=timezone.localdate())
    with CaptureQueriesContext(connection) as found:
        client.get("/")
    assert len(found) > 10  # read anew


def test_nothing_is_remembered_where_the_setting_says_none(world: World, settings: Any) -> None:
    settings.HOME_KEPT_SECONDS = 0
    make_resource("A page that is new")
    client = signed_in(world.member)
    client.get("/")
    ResourcePage.objects.update(title="A page that is newer")
    assert b"A page that is newer" in client.get("/").content
