"""What is missing of people and places: disciplines, teams, coordinators, counties."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.quality import Example, Severity, check
from portal.people.models import (
    Center,
    CenterCounty,
    CoordinatorAssignment,
    County,
    Membership,
    RoleGrant,
    User,
)
from portal.people.models.person import UserQuerySet


def _to_mend(user: Any) -> UserQuerySet:
    """Keep the people whom the person may change: see `policies.answers_for`."""
    people = UserQuerySet(User).visible_to(user).on_roster().known_once()
    people = people.exclude(pk=user.pk)
    return people if user.is_superuser else people.filter(is_superuser=False)


def _member_today() -> Exists:
    return Exists(Membership.objects.active().filter(user=OuterRef("pk")))


def _change(person: User) -> Example:
    return Example(person.name, reverse("person_change", args=[person.pk]))


def _page(person: User) -> Example:
    return Example(person.name, f"{reverse('person', args=[person.pk])}#teams")


@check(
    "people-discipline",
    name=_("People on a team whose discipline is not set"),
    why=_(
        "What they complete counts under “Not recorded” in completions by discipline, and rules "
        "for a discipline are not asked of them. Your own record is mended by the deputy."
    ),
    mend=_("Set the discipline"),
    severity=Severity.CUT,
    show=_change,
)
def without_discipline(user: Any) -> QuerySet[User]:
    return _to_mend(user).filter(_member_today(), discipline__isnull=True)


@check(
    "people-nowhere",
    name=_("People who belong to no team and hold no role"),
    why=_("They stand on no roster, and what they complete counts for no center and no county."),
    mend=_("Put them on a team, or end their access"),
    severity=Severity.CUT,
    show=_page,
)
def nowhere(user: Any) -> QuerySet[User]:
    granted = RoleGrant.objects.active().filter(user=OuterRef("pk"))
    assigned = CoordinatorAssignment.objects.active().filter(user=OuterRef("pk"))
    people = _to_mend(user).filter(is_statewide=False)
    return people.filter(~_member_today(), ~Exists(granted), ~Exists(assigned))


def _roster(center: Center) -> Example:
    return Example(center.name, f"{reverse('team')}?center={center.pk}")


@check(
    "centers-coordinator",
    name=_("Centers that nobody coordinates"),
    why=_("Coverage counts their counties as gaps, and nobody answers for their roster."),
    mend=_("Open who takes over, then “Roles and assignments”"),
    severity=Severity.CUT,
    show=_roster,
)
def without_coordinator(user: Any) -> QuerySet[Center]:
    active = CoordinatorAssignment.objects.active().filter(user__is_active=True)
    return Center.objects.filter(~Exists(active.filter(center=OuterRef("pk"))))


def _county(county: County) -> Example:
    return Example(county.name, reverse("county", args=[county.slug]))


@check(
    "counties-center",
    name=_("Counties that no center serves"),
    why=_("Coverage counts them as gaps, and nothing is counted for them in cuts by county."),
    mend=_("Say which center serves it"),
    severity=Severity.CUT,
    show=_county,
)
def without_center(user: Any) -> QuerySet[County]:
    served = CenterCounty.objects.active().filter(county=OuterRef("pk"))
    return County.objects.filter(~Exists(served))


def _coverage(center: Center) -> Example:
    return Example(center.name, reverse("coverage"))


@check(
    "centers-county",
    name=_("Centers that serve no county"),
    why=_("What they do is missing from every cut by county."),
    mend=_("Choose a county, and add the center"),
    severity=Severity.CUT,
    show=_coverage,
)
def without_county(user: Any) -> QuerySet[Center]:
    serves = CenterCounty.objects.active().filter(center=OuterRef("pk"))
    return Center.objects.filter(~Exists(serves))
