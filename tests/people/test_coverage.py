"""A county without a primary coordinator is named."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from portal.core.models import Event
from portal.people import coverage
from portal.people.models import Center, CenterCounty, CoordinatorAssignment, County
from tests.factories import UserFactory
from tests.world import World


def test_counties_without_a_primary_coordinator_are_named(world: World) -> None:
    found = coverage.of_counties()
    assert (found.covered, found.total) == (4, 14)  # Essex, and the Cape's three
    assert "Worcester" in found.gaps
    assert "Nantucket" not in found.gaps


def test_a_backup_alone_does_not_cover_a_county(world: World) -> None:
    CoordinatorAssignment.objects.update(kind=CoordinatorAssignment.Kind.BACKUP)
    assert coverage.of_counties().covered == 0


def test_coverage_ends_with_the_assignment(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    CoordinatorAssignment.objects.filter(center__slug="essex").update(ends_on=timezone.localdate())
    assert "Essex" not in coverage.of_counties().gaps
    assert "Essex" in coverage.of_counties(tomorrow).gaps


def test_a_coordinator_who_left_covers_nothing(world: World) -> None:
    UserFactory._meta.model.objects.filter(pk=world.coordinator.pk).update(is_active=False)
    assert "Essex" in coverage.of_counties().gaps


def test_the_manager_says_which_center_serves_a_county(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    assert "Essex County center" in client.get("/team/coverage/essex/").content.decode()
    client.post("/team/coverage/essex/", {"end": "essex"})
    assert "No center serves it" in client.get("/team/coverage/essex/").content.decode()
    assert "Essex" in coverage.of_counties().gaps
    for _ in range(2):  # said twice, it stands once
        client.post("/team/coverage/essex/", {"act": "add", "center": "capeislands"})
    assert "Essex" not in coverage.of_counties().gaps
    served = CenterCounty.objects.active().filter(county__slug="essex")
    assert served.get().center.slug == "capeislands"
    kinds = list(Event.objects.filter(kind__startswith="people.county_").values_list("kind"))
    assert kinds == [("people.county_left",), ("people.county_served",)]


def test_a_center_is_added_to_a_county_once(world: World) -> None:
    county, center = County.objects.get(slug="essex"), Center.objects.get(slug="bristol")
    assert coverage.serve(county, center, by=world.manager)
    assert not coverage.serve(county, center, by=world.manager)
    assert coverage.end_serving(county, center, by=world.manager)
    assert not coverage.end_serving(county, center, by=world.manager)


def test_a_county_or_center_that_is_none_is_refused(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    assert client.get("/team/coverage/atlantis/").status_code == 404
    assert client.post("/team/coverage/essex/", {"end": "bristol"}).status_code == 404
    answer = client.post("/team/coverage/essex/", {"act": "add", "center": "essex"})
    assert answer.context["form"].errors["center"]  # it serves it already
