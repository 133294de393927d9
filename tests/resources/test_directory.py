"""The service directory."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import County
from resources.content_loader import load_directory
from resources.models import Service
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(world: World) -> Client:
    client = Client()
    client.force_login(world.member)
    return client


def test_what_is_loaded_is_flagged_and_names_no_person(member: Client) -> None:
    load_directory()
    load_directory()
    assert Service.objects.count() == 18
    assert all(service.must_verify for service in Service.objects.all())
    assert not Service.objects.exclude(verified_by=None).exists()
    assert "Verify before use" in member.get("/resources/directory/").content.decode()


def test_county_and_category_choose(member: Client) -> None:
    load_directory()
    found = member.get("/resources/directory/?county=nantucket&category=center")
    assert [s.name for s in found.context["page_obj"]] == ["Children's Cove"]
    statewide = member.get("/resources/directory/?county=hampden&category=peer")
    assert "My Life My Choice" in [s.name for s in statewide.context["page_obj"]]
    nothing = member.get("/resources/directory/?category=housing")
    assert "No service fits these choices" in nothing.content.decode()


def test_an_entry_verified_today_needs_no_flag() -> None:
    service = Service(name="x", needs_verifying=False, verified_on=timezone.localdate())
    assert not service.must_verify
    service.needs_verifying = True
    assert service.must_verify


@pytest.mark.parametrize("size", [2, 20])
def test_the_list_costs_the_same_at_any_size(
    size: int, member: Client, django_assert_max_num_queries
) -> None:
    for n in range(size):
        Service.objects.create(name=f"S{n}").counties.set(County.objects.all()[:3])
    member.get("/resources/directory/")
    with django_assert_max_num_queries(8):
        member.get("/resources/directory/")
