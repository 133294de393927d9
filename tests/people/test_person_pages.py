"""The page of a person, changing what the roster says, roles and assignments."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import Event
from portal.people import grants, leaving, roles
from portal.people.models import Center, CoordinatorAssignment, User
from tests.factories import UserFactory
from tests.world import World


def as_(world: World, account: str) -> Client:
    client = Client()
    client.force_login(world.people[account])
    return client


def test_looking_at_a_person_is_an_event(world: World) -> None:
    as_(world, "coordinator").get(f"/team/people/{world.member.pk}/")
    event = Event.objects.get(kind="people.viewed")
    assert (event.actor_id, event.subject_id) == (world.coordinator.pk, str(world.member.pk))


def test_what_a_coordinator_may_not_do_is_not_offered(world: World) -> None:
    page = as_(world, "coordinator").get(f"/team/people/{world.member.pk}/").content.decode()
    assert "End access" in page
    assert "Roles and assignments" not in page
    own = as_(world, "coordinator").get(f"/team/people/{world.coordinator.pk}/").content.decode()
    assert "End access" not in own


def test_a_change_is_kept_with_the_names_of_the_fields_alone(world: World) -> None:
    data = {
        "first_name": "Robin",
        "last_name": "Renamed",
        "title": "Sergeant",
        "agency": "",
        "discipline": world.member.discipline_id,
    }
    path = f"/team/people/{world.member.pk}/change/"
    assert as_(world, "coordinator").post(path, data).status_code == 302
    assert User.objects.get(pk=world.member.pk).last_name == "Renamed"
    event = Event.objects.get(kind="people.changed")
    assert event.data == {"fields": ["last_name", "title"]}


def test_a_change_that_may_identify_a_child_is_refused_and_typed_text_stays(world: World) -> None:
    data = {"first_name": "Robin", "last_name": "Member", "title": "dob 04/12/2010"}
    path = f"/team/people/{world.member.pk}/change/"
    page = as_(world, "coordinator").post(path, data).content.decode()
    assert "Take it out" in page
    assert 'value="Robin"' in page
    assert User.objects.get(pk=world.member.pk).title == ""


def test_the_manager_gives_a_role_for_days_and_ends_it(world: World) -> None:
    client, path = as_(world, "manager"), f"/team/people/{world.member.pk}/roles/"
    today = timezone.localdate()
    data = {
        "act": "grant",
        "grant-role": "deputy",
        "grant-starts_on": str(today),
        "grant-ends_on": str(today + timedelta(days=5)),
    }
    assert client.post(path, data).status_code == 302
    assert roles.is_manager(User.objects.get(pk=world.member.pk))
    client.post(path, {"act": "end", "role": "deputy"})
    assert not roles.is_manager(User.objects.get(pk=world.member.pk))
    told = Event.objects.filter(kind__startswith="people.role_", subject_id=world.member.pk)
    assert told.count() == 2


def test_a_last_day_before_the_first_is_told(world: World) -> None:
    data = {"act": "grant", "grant-role": "author", "grant-ends_on": "2001-01-01"}
    page = as_(world, "manager").post(f"/team/people/{world.member.pk}/roles/", data)
    assert "stands before the first" in page.content.decode()


def test_an_assignment_covers_its_counties_and_ending_it_is_seen(world: World) -> None:
    client, path = as_(world, "manager"), f"/team/people/{world.member.pk}/roles/"
    center = Center.objects.get(slug="worcester")
    data = {
        "act": "assign",
        "assign-center": center.pk,
        "assign-kind": "primary",
        "assign-label": "Case manager",
    }
    assert client.post(path, data).status_code == 302
    assert "5 of 14" in client.get("/team/coverage/").content.decode()
    row = CoordinatorAssignment.objects.get(user=world.member)
    client.post(path, {"act": "unassign", "assignment": row.pk})
    assert "4 of 14" in client.get("/team/coverage/").content.decode()


def test_nobody_changes_their_own_roles(world: World) -> None:
    for account in ("manager", "deputy"):
        path = f"/team/people/{world.people[account].pk}/roles/"
        assert as_(world, account).get(path).status_code == 404


def test_a_deputy_makes_no_manager_and_no_deputy_and_ends_none(world: World) -> None:
    client, path = as_(world, "deputy"), f"/team/people/{world.member.pk}/roles/"
    for role in ("manager", "deputy"):
        data = {"act": "grant", "grant-role": role, "grant-ends_on": "2031-01-01"}
        assert client.post(path, data).status_code == 200
    assert roles.of(User.objects.get(pk=world.member.pk)) == {"member"}
    path = f"/team/people/{world.manager.pk}/roles/"
    assert client.post(path, {"act": "end", "role": "manager"}).status_code == 404
    assert roles.is_manager(User.objects.get(pk=world.manager.pk))


def test_a_deputy_stands_in_until_a_day(world: World) -> None:
    client, path = as_(world, "manager"), f"/team/people/{world.member.pk}/roles/"
    page = client.post(path, {"act": "grant", "grant-role": "deputy"}).content.decode()
    assert "stands in until a day" in page


def test_a_role_to_come_can_be_ended_and_ends_with_the_access(world: World) -> None:
    later = timezone.localdate() + timedelta(days=3)
    grants.grant(world.member, "deputy", by=world.manager, starts_on=later, ends_on=later)
    client, path = as_(world, "manager"), f"/team/people/{world.member.pk}/roles/"
    assert "Coming" in client.get(path).content.decode()
    client.post(path, {"act": "end", "role": "deputy"})
    assert not world.member.grants.exists()
    grants.grant(world.member, "deputy", by=world.manager, starts_on=later, ends_on=later)
    leaving.leave(world.member, by=world.manager)
    assert not world.member.grants.exists()


def test_who_holds_which_role_is_the_managers_to_see(world: World) -> None:
    world.reviewer.memberships.create(center=Center.objects.get(slug="essex"))
    page = f"/team/people/{world.reviewer.pk}/"
    assert "Reviewer" in as_(world, "manager").get(page).content.decode()
    assert "Reviewer" not in as_(world, "coordinator").get(page).content.decode()


def test_a_superuser_is_nobodys_to_change(world: World) -> None:
    boss = UserFactory(is_superuser=True, center="essex")
    for account in ("coordinator", "manager"):
        path = f"/team/people/{boss.pk}/leave/"
        assert as_(world, account).get(path).status_code == 404


def test_an_invitation_is_sent_again_and_the_old_link_ends(world: World) -> None:
    person = UserFactory(roster=True, center="essex")
    client = as_(world, "coordinator")
    for _click in range(2):
        client.post(f"/team/people/{person.pk}/invite/")
    first, second = person.invitations.order_by("pk")
    assert (first.is_open, second.is_open) == (False, True)


def test_a_chosen_name_stands_everywhere_and_is_the_persons_own_to_say(world: World) -> None:
    client = as_(world, "member")
    data = {"chosen_name": "Roberta Member", "title": "", "agency": ""}
    assert client.post("/me/", data).status_code == 302
    assert User.objects.get(pk=world.member.pk).name == "Roberta Member"
    page = as_(world, "coordinator").get("/team/").content.decode()
    assert "Roberta Member" in page


@pytest.mark.parametrize("size", [3, 30])
def test_the_coverage_page_asks_the_same_number_of_queries_at_any_size(
    world: World, size: int, django_assert_max_num_queries: object
) -> None:
    for _number in range(size):
        UserFactory(coordinates="worcester", is_statewide=True)
    client = as_(world, "manager")
    client.get("/team/coverage/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # one is the session's
        client.get("/team/coverage/")


def test_a_lead_puts_somebody_on_the_roster_of_another_own_center(world: World) -> None:
    path = f"/team/people/{world.member.pk}/"
    manager, coordinator = as_(world, "manager"), as_(world, "coordinator")
    assert "Put on another roster" in manager.get(path).content.decode()
    assert "Put on another roster" not in coordinator.get(path).content.decode()  # has no other
    coordinator.post(f"{path}on/", {"center": "bristol"})  # not theirs to give
    assert world.member.memberships.active().count() == 1
    for _ in range(2):
        manager.post(f"{path}on/", {"center": "bristol"})
    centers = world.member.memberships.active().values_list("center__slug", flat=True)
    assert set(centers) == {"essex", "bristol"}
    assert Event.objects.filter(kind="people.rostered").count() == 1


def test_who_left_is_put_on_no_roster(world: World) -> None:
    User.objects.filter(pk=world.member.pk).update(is_active=False)
    path = f"/team/people/{world.member.pk}/"
    assert "Put on another roster" not in as_(world, "manager").get(path).content.decode()
    as_(world, "manager").post(f"{path}on/", {"center": "bristol"})
    assert not world.member.memberships.filter(center__slug="bristol").exists()
