"""Who holds what today, and whose business they see; the rule and the list always agree."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.people import aliases, grants, policies, roles, scope
from portal.people.audience import Audience, readable_by
from portal.people.models import (
    Center,
    CoordinatorAssignment,
    County,
    Membership,
    PersonAlias,
    Role,
    RoleGrant,
    User,
)
from tests.factories import UserFactory
from tests.world import ACCOUNTS, World

TODAY = timezone.localdate


def test_fourteen_counties_are_served_by_twelve_centers(db: None) -> None:
    served = {c.name: c.centers.get().slug for c in County.objects.all()}
    assert len(served) == 14
    assert len(set(served.values())) == 12
    assert {served[c] for c in ("Barnstable", "Dukes", "Nantucket")} == {"capeislands"}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_policy_and_the_list_agree_for_every_pair(world: World, account: str) -> None:
    user = world.people[account]
    visible = set(User.objects.visible_to(user))
    for person in world.people.values():
        assert policies.can_see_person(user, person) == (person in visible)


def test_a_coordinator_sees_the_own_centers_people_only(world: World) -> None:
    visible = set(User.objects.visible_to(world.coordinator))
    assert {world.member, world.trainer, world.coordinator} == visible


def test_a_role_begins_and_ends_with_its_days(world: World) -> None:
    user = world.member
    RoleGrant.objects.create(user=user, role=Role.DEPUTY, starts_on=TODAY() + timedelta(days=1))
    assert not roles.is_manager(user)
    RoleGrant.objects.update(starts_on=TODAY() - timedelta(days=9), ends_on=TODAY())
    roles.forget(user)
    assert roles.is_manager(user)
    RoleGrant.objects.filter(user=user).update(ends_on=TODAY() - timedelta(days=1))
    roles.forget(user)
    assert not roles.is_manager(user)


def test_a_former_coordinator_sees_the_center_no_more(world: World) -> None:
    yesterday = TODAY() - timedelta(days=1)
    CoordinatorAssignment.objects.update(starts_on=yesterday, ends_on=yesterday)
    roles.forget(world.coordinator)
    assert not roles.is_coordinator(world.coordinator)
    assert set(User.objects.visible_to(world.coordinator)) == {world.coordinator}


def test_a_backup_sees_what_the_primary_sees(world: World) -> None:
    backup = UserFactory(is_statewide=True)
    essex = Center.objects.get(slug="essex")
    CoordinatorAssignment.objects.create(
        user=backup, center=essex, kind=CoordinatorAssignment.Kind.BACKUP
    )
    assert world.member in User.objects.visible_to(backup)
    assert scope.coordinates(backup, essex.pk)


def test_somebody_who_left_holds_no_role(world: World) -> None:
    world.manager.is_active = False
    assert roles.of(world.manager) == frozenset()


def test_wagtails_groups_follow_the_grants(world: World) -> None:
    assert list(world.manager.groups.values_list("name", flat=True)) == ["Program managers"]
    grants.end(world.manager, Role.MANAGER, by=None)
    assert not world.manager.groups.exists()
    assert not world.manager.has_perm("wagtailadmin.access_admin")


def test_the_manager_is_no_superuser(world: World) -> None:
    assert not world.manager.is_superuser


@pytest.mark.parametrize(
    ("account", "audiences"),
    [
        ("member", {Audience.PUBLIC, Audience.MEMBERS}),
        ("coordinator", {Audience.PUBLIC, Audience.MEMBERS, Audience.COORDINATORS}),
        ("specialist", set(Audience)),
        ("manager", set(Audience)),
    ],
)
def test_each_role_reads_its_audiences(
    world: World, account: str, audiences: set[Audience]
) -> None:
    assert set(readable_by(world.people[account])) == audiences


def test_a_person_is_a_member_of_a_center_once_at_a_time(world: World) -> None:
    essex = Center.objects.get(slug="essex")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=world.member, center=essex)


def test_nothing_ends_before_it_began(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            user=world.member, role=Role.AUTHOR, ends_on=TODAY() - timedelta(days=1)
        )


def test_an_address_is_one_persons_whatever_its_case(world: World) -> None:
    UserFactory(email="one@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="One@example.org")


def test_what_is_known_of_an_alias_counts_for_the_person(world: World) -> None:
    old = UserFactory()
    PersonAlias.objects.create(alias=old, person=world.member, merged_by=world.manager)
    assert aliases.person_ids(world.member) == [world.member.pk, old.pk]
    assert aliases.resolve(old) == world.member
