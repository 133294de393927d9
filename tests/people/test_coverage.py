"""A county without a primary coordinator is named."""

from datetime import timedelta

from django.utils import timezone

from portal.people import coverage
from portal.people.models import CoordinatorAssignment
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
