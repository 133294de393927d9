"""One action ends access, sessions and tokens, hands over what is open, and keeps the facts."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from assistance.models import Ticket
from portal.core import outbox
from portal.core.models import Event
from portal.people import coverage, invitations, leaving, roles
from portal.people.models import Center, CoordinatorAssignment, User
from resources.models import ResourcePage
from tests.assistance import making
from tests.factories import UserFactory
from tests.people.signing import PASSWORD, sign_in
from tests.resources.factories import make_resource
from tests.training.session_factories import make_session
from tests.world import World


def test_who_left_is_signed_out_at_once_and_cannot_come_back(world: World) -> None:
    client = sign_in(world.member)
    assert client.get("/").status_code == 200
    leaving.leave(world.member, by=world.coordinator)
    assert client.get("/me/transcript/")["Location"].startswith("/accounts/login/")
    assert not UserSession.objects.filter(user=world.member).exists()
    again = Client()
    answer = again.post("/accounts/login/", {"login": world.member.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in again.session


def test_second_steps_and_open_invitations_end_with_the_access(world: World) -> None:
    Authenticator.objects.create(user=world.member, type="totp", data={"secret": "x"})
    person = UserFactory(roster=True, center="essex")
    invitation = invitations.again(person, by=world.coordinator)
    leaving.leave(person, by=world.coordinator)
    leaving.leave(world.member, by=world.coordinator)
    invitation.refresh_from_db()
    assert not invitation.is_open
    assert not Authenticator.objects.exists()


def test_facts_stay_and_roles_and_rosters_end(world: World) -> None:
    leaving.leave(world.trainer, by=world.manager)
    world.trainer.refresh_from_db()
    assert world.trainer.left_on == timezone.localdate()
    assert not world.trainer.memberships.active().exists()
    assert not world.trainer.grants.active().exists()
    assert Event.objects.get(kind="people.left").actor_id == world.manager.pk


def test_open_requests_sessions_and_resources_are_handed_over(world: World) -> None:
    ticket = making.assigned(world)
    session = make_session(world.trainer)
    other = UserFactory(roles=("trainer",), is_statewide=True)
    leaving.leave(world.specialist, by=world.manager, taker=world.deputy)
    leaving.leave(world.trainer, by=world.manager, taker=other)
    ticket.refresh_from_db()
    session.refresh_from_db()
    assert ticket.assignee == world.deputy
    assert session.trainer == other
    page = make_resource(kept_by=world.author)
    leaving.leave(world.author, by=world.manager, taker=world.deputy)
    assert ResourcePage.objects.get(pk=page.pk).kept_by == world.deputy
    outbox.deliver_all()
    assert [m for m in mail.outbox if "handed over" in m.body]


def test_what_the_taker_may_not_have_is_not_handed_over(world: World) -> None:
    ticket = making.assigned(world)
    leaving.leave(world.specialist, by=world.manager, taker=world.member)
    assert Ticket.objects.get(pk=ticket.pk).assignee == world.specialist
    assert roles.of(world.member) == {"member"}


def test_a_coordinators_centers_go_to_the_taker_and_no_county_is_left(world: World) -> None:
    taker = UserFactory(is_statewide=True)
    leaving.leave(world.coordinator, by=world.manager, taker=taker)
    assert roles.is_coordinator(User.objects.get(pk=taker.pk))
    assert "Essex" not in coverage.of_counties().gaps


def test_a_gap_in_coverage_is_told_at_once_and_once(world: World) -> None:
    coverage.tell_of_gaps()  # the ten counties that this small state never covered
    outbox.deliver_all()
    mail.outbox.clear()
    leaving.leave(world.coordinator, by=world.manager)
    outbox.deliver_all()
    told = [m for m in mail.outbox if "no coordinator" in m.subject]
    assert {m.to[0] for m in told} == {world.manager.email, world.deputy.email}
    assert "Essex" not in told[0].body
    mail.outbox.clear()
    coverage.tell_of_gaps()
    outbox.deliver_all()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("who", "by", "reason"),
    [("manager", "manager", "self"), ("manager", "deputy", "last_manager")],
)
def test_some_departures_are_refused(world: World, who: str, by: str, reason: str) -> None:
    with pytest.raises(leaving.CannotLeave) as refused:
        leaving.leave(world.people[who], by=world.people[by])
    assert refused.value.reason == reason
    assert User.objects.get(pk=world.people[who].pk).is_active


def test_the_page_ends_access_and_says_what_is_open(world: World) -> None:
    make_session(world.trainer)
    client = Client()
    client.force_login(world.manager)
    path = f"/team/people/{world.trainer.pk}/leave/"
    assert "Coming live sessions: 1" in client.get(path).content.decode()
    assert client.post(path, {"taker": ""}).status_code == 302
    assert not User.objects.get(pk=world.trainer.pk).is_active


def test_a_coordinator_ends_only_who_belongs_to_no_other_center(world: World) -> None:
    client = Client()
    client.force_login(world.coordinator)
    path = f"/team/people/{world.member.pk}/leave/"
    assert client.get(path).status_code == 200
    world.member.memberships.create(center=Center.objects.get(slug="bristol"))
    assert client.get(path).status_code == 404
    off = client.post(f"/team/people/{world.member.pk}/off/essex/")
    assert off.status_code == 302
    assert [m.center.slug for m in world.member.memberships.active()] == ["bristol"]


@pytest.mark.parametrize("account", ["specialist", "manager", "coordinator", "other_member"])
def test_a_coordinator_ends_nobody_who_holds_a_statewide_role(world: World, account: str) -> None:
    world.people[account].memberships.get_or_create(center=Center.objects.get(slug="essex"))
    client = Client()
    client.force_login(world.coordinator)
    status = client.get(f"/team/people/{world.people[account].pk}/leave/").status_code
    # other_member belongs to Bristol as well
    assert status == 404


def test_who_left_comes_back_by_an_invitation_with_the_old_record(world: World) -> None:
    leaving.leave(world.member, by=world.coordinator)
    invitation = invitations.invite(
        email=world.member.email,
        first_name="Robin",
        last_name="Member",
        center=Center.objects.get(slug="essex"),
        discipline=None,
        by=world.coordinator,
    )
    assert invitation is not None
    user = invitations.accept(invitation, password="seven quiet herons")
    assert user.pk == world.member.pk
    assert user.is_active
    assert user.left_on is None


def test_an_assignment_that_began_today_leaves_no_row_with_an_end_before_it(world: World) -> None:
    person = UserFactory(is_statewide=True, coordinates="bristol")
    leaving.leave(person, by=world.manager)
    assert not CoordinatorAssignment.objects.filter(user=person).exists()
    yesterday = timezone.localdate() - timedelta(days=1)
    other: Any = UserFactory(is_statewide=True, coordinates="bristol")
    other.assignments.update(starts_on=yesterday - timedelta(days=9))
    leaving.leave(other, by=world.manager)
    assert other.assignments.get().ends_on == yesterday


def test_work_that_one_may_not_give_stays_and_access_ends_all_the_same(world: World) -> None:
    """A former specialist, member of Essex, still has a request; the coordinator ends access."""
    person = UserFactory(center="essex", roles=("specialist",))
    ticket = making.assigned(world, to=person)
    person.grants.all().delete()
    leaving.leave(person, by=world.coordinator, taker=world.specialist)
    assert not User.objects.get(pk=person.pk).is_active
    assert Ticket.objects.get(pk=ticket.pk).assignee == person


def test_a_stand_ins_last_day_stays_when_the_post_is_handed_over(world: World) -> None:
    last = timezone.localdate() + timedelta(days=5)
    world.coordinator.assignments.update(ends_on=last)
    taker = UserFactory(is_statewide=True)
    leaving.leave(world.coordinator, by=world.manager, taker=taker)
    assert taker.assignments.get().ends_on == last
    outbox.deliver_all()
    assert any(m.to == [taker.email] for m in mail.outbox)
