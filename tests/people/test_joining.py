"""Joining by invitation, the only way to an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect
from portal.people import invitations
from portal.people.models import Center, Discipline, Invitation, User
from tests.world import World

PASSWORD = "seven quiet herons"


def invite(world: World, email: str = "New.Person@example.org") -> Invitation | None:
    return invitations.invite(
        email=email,
        first_name="New",
        last_name="Person",
        center=Center.objects.get(slug="essex"),
        discipline=Discipline.objects.get(slug="school"),
        by=world.coordinator,
    )


JOIN = {"attests": "on", "new_password1": PASSWORD, "new_password2": PASSWORD}


def link() -> str:
    outbox.deliver_all()
    found = re.search(r"/accounts/invitation/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_an_invited_person_sets_a_password_and_is_in(world: World, client: Client) -> None:
    invite(world)
    address = link()
    answer = client.post(address, JOIN)
    assert answer.status_code == 302
    user = User.objects.get(email="new.person@example.org")
    assert user.has_joined
    assert client.get("/").wsgi_request.user == user
    assert user.centers.get().slug == "essex"


def test_an_invitation_works_once(world: World, client: Client) -> None:
    invite(world)
    address = link()
    client.post(address, JOIN)
    assert Client().get(address).status_code == 410


def test_an_invitation_ends_after_two_weeks(world: World, client: Client) -> None:
    invite(world)
    address = link()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 410


def test_no_table_holds_the_address_of_an_invitation(world: World) -> None:
    invitation = invite(world)
    assert invitation
    token = invitations.token(invitation)
    assert token not in str(list(Effect.objects.values()))
    assert token not in str(list(Invitation.objects.values()))


def test_who_has_joined_already_gets_the_center_and_no_invitation(world: World) -> None:
    assert invite(world, world.member.email) is None
    assert world.member.memberships.count() == 1


def test_a_weak_password_is_refused_and_nothing_is_used_up(world: World, client: Client) -> None:
    invite(world)
    address = link()
    answer = client.post(address, {"new_password1": "short", "new_password2": "short"})
    assert answer.status_code == 200
    assert not User.objects.get(email="new.person@example.org").has_joined
    assert client.get(address).status_code == 200


def test_nobody_signs_up_without_an_invitation(client: Client, db: None) -> None:
    data = {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", data)
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("path", ["/accounts/invitation/nonsense/", "/accounts/invitation/a:b:c/"])
def test_an_address_that_was_never_made_is_gone(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 410
