"""Idle time-out, known browsers, open sessions: a session is somebody's, and ends."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from portal.core import outbox
from portal.core.models import Event
from portal.people import devices, idle
from portal.people.models import KnownDevice
from tests.people.signing import sign_in
from tests.world import World

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def age(client: Client, seconds: int) -> None:
    session = client.session
    session[idle.SEEN] = int(time.time()) - seconds
    session.save()


@pytest.mark.parametrize(("minutes", "ends"), [(30, False), (34, False), (36, True)])
def test_a_session_that_nobody_uses_ends(
    world: World, client: Client, minutes: int, ends: bool
) -> None:
    client.force_login(world.member)
    age(client, minutes * 60)
    assert (client.get("/me/transcript/").status_code == 302) is ends
    assert Event.objects.filter(kind="signin.idle").exists() is ends


def test_what_was_typed_comes_back_when_the_time_is_over(world: World, client: Client) -> None:
    client.force_login(world.member)
    age(client, 36 * 60)
    answer = client.post("/ask/", {"subject": "A long thought about agendas"})
    assert answer.status_code == 403
    assert "A long thought about agendas" in answer.content.decode()


def test_using_a_page_keeps_the_session_and_a_page_that_asks_by_itself_does_not(
    world: World, client: Client
) -> None:
    client.force_login(world.member)
    age(client, 20 * 60)
    client.get("/", headers={"X-Portal-Unattended": "1"})
    assert time.time() - client.session[idle.SEEN] > 19 * 60
    client.get("/")
    assert time.time() - client.session[idle.SEEN] < 60


def test_staying_extends_and_says_when_it_is_too_late(world: World, client: Client) -> None:
    client.force_login(world.member)
    age(client, 29 * 60)
    assert client.post("/accounts/stay/").status_code == 204
    assert time.time() - client.session[idle.SEEN] < 60
    age(client, 36 * 60)
    assert client.post("/accounts/stay/").status_code == 401


def test_not_every_page_writes_the_session(world: World, client: Client) -> None:
    client.force_login(world.member)
    client.get("/")
    age(client, 4 * 60)
    before = client.session[idle.SEEN]
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
        client.get("/me/transcript/")
        client.post("/accounts/stay/")
    assert not [q["sql"] for q in asked if "django_session" in q["sql"] and "UPDATE" in q["sql"]]
    assert client.session[idle.SEEN] == before
    age(client, 5 * 60)
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert [q["sql"] for q in asked if "django_session" in q["sql"] and "UPDATE" in q["sql"]]


def test_a_short_time_out_is_noted_more_often(world: World, client: Client) -> None:
    client.force_login(world.member)
    with override_settings(SESSION_IDLE_MINUTES=6):
        age(client, 61)
        client.get("/")
        assert time.time() - client.session[idle.SEEN] < 60
        age(client, 7 * 60 + 1)
        assert client.get("/me/transcript/").status_code == 302


def test_the_page_whose_clock_ran_out_ends_the_session_at_once(
    world: World, client: Client
) -> None:
    over = {"X-Portal-Unattended": "over"}
    client.force_login(world.member)
    age(client, 29 * 60)
    assert client.post("/accounts/stay/", headers=over).status_code == 204
    assert time.time() - client.session[idle.SEEN] > 28 * 60
    age(client, 30 * 60 + 1)
    assert client.post("/accounts/stay/", headers=over).status_code == 204
    assert client.get("/me/transcript/").status_code == 302


def test_the_warning_comes_at_least_twenty_seconds_before(world: World, client: Client) -> None:
    client.force_login(world.member)
    for minutes in (1, 5, 30):
        with override_settings(SESSION_IDLE_MINUTES=minutes):
            page = client.get("/").content.decode()
        warning = int(page.split('data-warning="')[1].split('"')[0])
        assert 20 <= warning < minutes * 60


def test_the_first_browser_alarms_nobody_a_new_one_is_told(world: World) -> None:
    sign_in(world.member, **{"User-Agent": EDGE})
    outbox.deliver_all()
    assert mail.outbox == []
    sign_in(world.member, **{"User-Agent": FIREFOX})
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[world.member.email]]
    assert "Firefox on Linux" in mail.outbox[0].body


def test_a_browser_that_is_known_by_cookie_or_network_is_not_told_again(world: World) -> None:
    client = sign_in(world.member, **{"User-Agent": EDGE})
    sign_in(world.member, **{"User-Agent": EDGE})  # same network, no cookie
    client.post("/accounts/logout/")
    sign_in(world.member, client, **{"User-Agent": FIREFOX})  # the cookie
    outbox.deliver_all()
    assert mail.outbox == []


def test_the_network_of_a_browser_is_kept_as_a_digest_only(world: World) -> None:
    sign_in(world.member, **{"User-Agent": EDGE})
    rows = str(list(KnownDevice.objects.values_list()))
    assert "127.0.0" not in rows
    assert "Mozilla" not in rows
    assert "Edge on Windows" in rows


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge on Windows"),
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604.1", "Safari on iPhone"),
        ("", "another browser on another system"),
    ],
)
def test_a_browser_is_said_in_words(agent: str, words: str) -> None:
    assert devices.label(agent) == words


def test_sign_out_everywhere_else_ends_the_others_and_keeps_this_one(world: World) -> None:
    here, there = sign_in(world.member), sign_in(world.member)
    page = here.get("/accounts/sessions/").content.decode()
    assert page.count('<th scope="row">') == 2
    here.post("/accounts/sessions/")
    assert here.get("/me/transcript/").status_code == 200
    assert there.get("/me/transcript/").status_code == 302
    assert UserSession.objects.filter(user=world.member).count() == 1


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    here, there = sign_in(world.member), sign_in(world.member)
    data = {
        "oldpassword": "a long test password",
        "password1": "seven quiet herons",
        "password2": "seven quiet herons",
    }
    assert here.post("/accounts/password/change/", data).status_code == 302
    assert here.get("/me/transcript/").status_code == 200
    assert there.get("/me/transcript/").status_code == 302


def test_sign_ins_failures_and_sign_outs_are_events(world: World) -> None:
    client = sign_in(world.member)
    client.post("/accounts/logout/")
    data = {"login": world.member.email, "password": "wrong"}
    Client().post("/accounts/login/", data)
    Client().post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    found = Event.objects.filter(kind__startswith="signin.").order_by("pk")
    kinds = list(found.values_list("kind", "subject_id"))
    pk = str(world.member.pk)
    assert kinds == [
        ("signin.done", pk),
        ("signin.ended", pk),
        ("signin.failed", pk),
        ("signin.failed", ""),
    ]


def test_a_day_of_use_ends_all_the_same(world: World, client: Client) -> None:
    client.force_login(world.member)
    session = client.session
    session[idle.BEGAN] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert client.get("/me/transcript/").status_code == 302


def test_an_editor_left_open_keeps_no_session_alive(world: World, client: Client) -> None:
    client.force_login(world.manager)
    age(client, 20 * 60)
    client.post("/cms/editing-sessions/ping/wagtailcore/page/1/")
    assert time.time() - client.session[idle.SEEN] > 19 * 60


def test_the_admin_gets_the_warning_too(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert "idle_admin.js" in client.get("/cms/").content.decode()
    assert "data-warning" in client.get("/accounts/idle/").content.decode()


def test_closing_the_browser_ends_the_session(world: World) -> None:
    client = sign_in(world.member)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
