"""Asking to join: nothing is given away, the address is confirmed, a coordinator decides."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.core import outbox
from portal.people import joining
from portal.people.models import Center, Discipline, JoinRequest, User
from tests.world import World

ASKER = "asks.tojoin@example.org"


def post(client: Client, **changes: object) -> str:
    data = {
        "first_name": "Asks",
        "last_name": "Tojoin",
        "email": ASKER,
        "agency": "District attorney",
        "title": "",
        "discipline": Discipline.objects.get(slug="prosecution").pk,
        "center": Center.objects.get(slug="essex").pk,
        **changes,
    }
    answer = client.post("/accounts/join/", data)
    assert answer.status_code == 200
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def confirmed(client: Client) -> JoinRequest:
    post(client)
    outbox.deliver_all()
    found = re.search(r"/accounts/join/\S+/", str(mail.outbox[-1].body))
    assert found
    client.post(found[0])
    return JoinRequest.objects.get(email=ASKER)


def test_the_answer_is_the_same_for_every_address(world: World, client: Client) -> None:
    new, known = post(client), post(client, email=world.member.email)
    assert new == known
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[ASKER]]


def test_asking_twice_makes_one_request_and_one_mail(world: World, client: Client) -> None:
    post(client)
    post(client)
    outbox.deliver_all()
    assert len(mail.outbox) == 1
    assert JoinRequest.objects.count() == 1


def test_the_link_alone_confirms_nothing(world: World, client: Client) -> None:
    post(client)
    address = f"/accounts/join/{joining.token(JoinRequest.objects.get())}/"
    assert client.get(address).status_code == 200
    assert JoinRequest.objects.get().confirmed_at is None
    assert not JoinRequest.objects.waiting().exists()


def test_coordinators_of_the_center_are_told_and_see_it_and_others_do_not(
    world: World, client: Client
) -> None:
    confirmed(client)
    outbox.deliver_all()
    assert mail.outbox[-1].to == [world.coordinator.email]
    assert "Tojoin" not in mail.outbox[-1].body
    for account, sees in (("coordinator", True), ("manager", True), ("other_coordinator", False)):
        client.force_login(world.people[account])
        assert ("Asks Tojoin" in client.get("/team/joining/").content.decode()) is sees


def test_approving_puts_on_the_roster_and_invites(world: World, client: Client) -> None:
    asked = confirmed(client)
    client.force_login(world.coordinator)
    client.post(f"/team/joining/{asked.pk}/", {"decision": "approve"})
    user = User.objects.get(email=ASKER)
    assert user.centers.get().slug == "essex"
    assert user.agency == "District attorney"
    assert not user.has_joined
    outbox.deliver_all()
    assert mail.outbox[-1].to == [ASKER]


def test_declining_makes_no_account(world: World, client: Client) -> None:
    asked = confirmed(client)
    client.force_login(world.coordinator)
    client.post(f"/team/joining/{asked.pk}/", {"decision": "decline"})
    assert not User.objects.filter(email=ASKER).exists()
    with pytest.raises(joining.NotOpen):
        joining.approve(JoinRequest.objects.get(), by=world.coordinator)


def test_another_centers_coordinator_cannot_decide(world: World, client: Client) -> None:
    asked = confirmed(client)
    client.force_login(world.other_coordinator)
    answer = client.post(f"/team/joining/{asked.pk}/", {"decision": "approve"})
    assert answer.status_code == 404
    assert JoinRequest.objects.get().decision == ""


@pytest.mark.parametrize("email", ["someone@gmail.com", "someone@Yahoo.com"])
def test_a_private_mailbox_is_refused_with_its_reason(
    world: World, client: Client, email: str
) -> None:
    assert "private mailbox" in post(client, email=email)
    assert not JoinRequest.objects.exists()


def test_what_may_identify_a_child_is_refused_and_kept_nowhere(
    world: World, client: Client
) -> None:
    assert "Take it out" in post(client, agency="About docket 2319CR001234")
    assert not JoinRequest.objects.exists()


def test_many_requests_from_one_place_are_slowed(world: World, client: Client) -> None:
    for number in range(10):
        post(client, email=f"a{number}@example.org")
    data = {"email": "a11@example.org"}
    assert client.post("/accounts/join/", data).status_code == 429


def test_an_old_link_is_closed(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = joining.token(confirmed(client))
    later = (timezone.now() + timedelta(days=8)).timestamp()
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get(f"/accounts/join/{signed}/").status_code == 410
