"""The link that stops a class of mail: by POST alone, without signing in, for a while."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from portal.core.models import Event
from portal.people.mailing import choices, unsubscribing
from portal.people.models import MailChoice, User
from tests.people.mailing import making
from tests.posting import delivered
from tests.world import World


def link(world: World) -> str:
    making.ask(world.member, "nudge")
    [message] = delivered()
    found = re.fullmatch(r"<http://localhost:8000(\S+)>", message.extra_headers["List-Unsubscribe"])
    assert found
    return found[1]


def test_opening_the_link_changes_nothing(world: World) -> None:
    path, client = link(world), Client()
    for method in (client.get, client.head, client.options):
        method(path)
    page = client.get(path).content.decode()
    assert "Training reminders" in page
    assert world.member.email not in page
    assert world.member.last_name not in page
    assert not MailChoice.objects.exists()


def test_one_click_of_a_mail_service_stops_the_class_and_no_other(world: World) -> None:
    path = link(world)
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200  # RFC 8058: no redirect
    member = User.objects.get(pk=world.member.pk)
    assert choices.every(member) == {**choices.every(world.other_member), "training": "none"}
    [event] = Event.objects.filter(kind="mail.choice_changed")
    assert (event.actor_id, event.subject_id) == (None, str(member.pk))
    making.ask(world.member, "nudge", "again")
    making.ask(world.member, "session_registered", "other")
    assert [m.extra_headers["List-Id"] for m in delivered()] == ["<sessions.localhost>"]
    stranger.post(path)
    assert Event.objects.filter(kind="mail.choice_changed").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_or_too_old_does_nothing(
    world: World, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(world)
    forged = signing.dumps([world.member.pk, ["training"]], salt="another.purpose")
    for bad in (path[:-3] + "x/", f"/accounts/mail-off/{forged}/", "/accounts/mail-off/%00x/"):
        assert getattr(Client(), method)(bad).status_code == 410
    assert timedelta(days=90) == unsubscribing.VALID_FOR
    monkeypatch.setattr(unsubscribing, "VALID_FOR", timedelta(seconds=-1))
    assert getattr(Client(), method)(path).status_code == 410
    assert not MailChoice.objects.exists()


def test_who_left_has_nothing_to_stop(world: World) -> None:
    path = link(world)
    User.objects.filter(pk=world.member.pk).update(is_active=False)
    assert Client().post(path).status_code == 410


def test_no_link_stops_what_cannot_be_switched_off(world: World) -> None:
    path = unsubscribing.address(world.member, ["account", "urgent", "nonsense"])
    Client().post(path.removeprefix("http://localhost:8000"))
    assert not MailChoice.objects.exists()


def test_the_link_is_kept_nowhere(world: World) -> None:
    from portal.core import inventory

    token = link(world).split("/")[-2]
    rows = "".join(str(list(m._base_manager.values_list())) for m in inventory.tables())
    assert token not in rows
