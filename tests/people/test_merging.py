"""Two accounts of one person: nothing is lost, nothing is rewritten, and it can be taken back."""

import pytest
from django.test import Client

from portal.people import aliases, merging
from portal.people.models import PersonAlias, User
from tests.factories import UserFactory
from tests.world import World


def test_what_counted_for_the_alias_counts_for_the_person(world: World) -> None:
    old = UserFactory(center="bristol")
    merging.merge(old, world.member, by=world.manager)
    assert aliases.person_ids(world.member) == [world.member.pk, old.pk]
    assert {m.center.slug for m in world.member.memberships.active()} == {"essex", "bristol"}
    assert not User.objects.get(pk=old.pk).is_active


def test_chains_are_flattened(world: World) -> None:
    first, second = UserFactory(), UserFactory()
    merging.merge(first, second, by=world.manager)
    merging.merge(second, world.member, by=world.manager)
    assert set(aliases.person_ids(world.member)) == {world.member.pk, first.pk, second.pk}
    assert aliases.person_ids(second) == [second.pk]


def test_a_merge_is_taken_back_and_leaves_its_row(world: World) -> None:
    old = UserFactory()
    row = merging.merge(old, world.member, by=world.manager)
    merging.undo(row, by=world.manager)
    assert aliases.person_ids(world.member) == [world.member.pk]
    assert PersonAlias.objects.get().undone_by == world.manager
    merging.merge(old, world.member, by=world.manager)
    assert aliases.resolve(old) == world.member


@pytest.mark.parametrize(
    ("alias", "into", "reason"),
    [
        ("member", "member", "same"),
        ("manager", "member", "self"),
        ("specialist", "member", "roles"),
        ("coordinator", "member", "roles"),
    ],
)
def test_some_merges_are_refused(world: World, alias: str, into: str, reason: str) -> None:
    with pytest.raises(merging.CannotMerge) as refused:
        merging.merge(world.people[alias], world.people[into], by=world.manager)
    assert refused.value.reason == reason


def test_the_page_merges_and_takes_back(world: World, client: Client) -> None:
    old = UserFactory(email="old@example.org")
    client.force_login(world.manager)
    path = f"/team/people/{world.member.pk}/merge/"
    assert "No account has this" in client.post(path, {"email": "x@example.org"}).content.decode()
    assert client.post(path, {"email": "OLD@example.org"}).status_code == 302
    assert "old@example.org" in client.get(f"/team/people/{world.member.pk}/").content.decode()
    client.post(f"{path}undo/", {"alias": old.pk})
    assert aliases.person_ids(world.member) == [world.member.pk]
