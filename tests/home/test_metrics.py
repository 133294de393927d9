"""Figures for a monitor that holds the token: exact, few statements, and no word about anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import Effect
from portal.home import metrics
from portal.search.models import SearchVersion
from tests.people.signing import sign_in
from tests.world import World

TOKEN = "a-token-of-at-least-thirty-two-characters"
LINE = re.compile(
    r'[a-z_]+(\{[a-z]+="([^"\\\n]|\\.)*"(,[a-z]+="([^"\\\n]|\\.)*")*\})? -?[0-9.e+-]+'
)


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def scrape() -> Any:
    return Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})


def figures() -> dict[str, float]:
    lines = [line for line in scrape().content.decode().splitlines() if line[0] != "#"]
    return {name: float(number) for name, number in (line.rsplit(" ", 1) for line in lines)}


def effect(kind: str, **fields: Any) -> Effect:
    count = Effect.objects.count()
    return Effect.objects.create(kind=kind, subject=f"subject-{count}", **fields)


@pytest.mark.parametrize(
    "header",
    [
        "",
        TOKEN,
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer ",
        f"Basic {TOKEN}",
        "Bearer ä",
    ],
)
def test_without_the_token_nothing_is_here(db: None, header: str) -> None:
    answer = Client().get("/metrics", headers={"Authorization": header} if header else {})
    assert answer.status_code == 404


@pytest.mark.parametrize("header", ["Bearer ", "Bearer", f"Bearer {TOKEN}"])
def test_where_no_token_is_set_nothing_is_here_for_anybody(
    world: World, settings: Any, header: str
) -> None:
    settings.METRICS_TOKEN = ""
    client = Client()
    client.force_login(world.manager)
    assert client.get("/metrics", headers={"Authorization": header}).status_code == 404


def test_being_signed_in_is_no_token(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert client.get("/metrics").status_code == 404


def test_the_outbox_is_counted_as_it_stands(db: None) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    effect("mail", due_at=now - hour)  # overdue
    effect("mail", due_at=now - timedelta(seconds=20))  # due, and not for long
    effect("mail", due_at=now + hour, attempts=3)  # failing, waits for its next time
    effect("certificate", due_at=now - 2 * hour, attempts=5, leased_until=now + hour)  # held
    effect("certificate", due_at=now - 3 * hour, attempts=9, done_at=now)  # had
    found = figures()
    assert found["portal_outbox_open"] == 4
    assert found["portal_outbox_overdue"] == 1
    assert found["portal_outbox_failing"] == 2
    assert found['portal_outbox_failing_by_kind{kind="mail"}'] == 1
    assert found['portal_outbox_failing_by_kind{kind="certificate"}'] == 1
    assert 3600 <= found["portal_outbox_lag_seconds"] < 3700


def test_with_nothing_to_do_the_figures_are_noughts_and_the_portal_is_up(db: None) -> None:
    found = figures()
    assert found["portal_up"] == 1
    assert found['portal_part_up{part="database"}'] == 1
    assert found['portal_part_up{part="cache"}'] == 1
    for name in ("open", "overdue", "failing", "lag_seconds"):
        assert found[f"portal_outbox_{name}"] == 0
    assert not any("by_kind" in name for name in found)


def test_the_search_lag_is_told_where_elasticsearch_is_set(db: None, settings: Any) -> None:
    SearchVersion.objects.all().delete()
    old = timezone.now() - timedelta(minutes=10)
    SearchVersion.objects.create(source="page", object_id="1", changed_at=old)
    SearchVersion.objects.create(source="page", object_id="2", brought=1)
    assert not any("search" in name for name in figures())
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    found = figures()
    assert found["portal_search_waiting"] == 1
    assert 600 <= found["portal_search_lag_seconds"] < 700


def test_people_active_now_are_counted_once_a_session(world: World) -> None:
    assert figures()["portal_sessions_active"] == 0
    here, there = sign_in(world.member), sign_in(world.manager)
    Client().get("/accounts/login/")
    assert figures()["portal_sessions_active"] == 2
    here.post("/accounts/logout/")
    assert figures()["portal_sessions_active"] == 1
    session = Session.objects.get(session_key=there.session.session_key)
    session.expire_date -= timedelta(minutes=6)
    session.save()
    assert figures()["portal_sessions_active"] == 1
    session.expire_date -= timedelta(minutes=5)
    session.save()
    assert figures()["portal_sessions_active"] == 0


def test_every_line_is_prometheus_text_and_every_figure_is_explained(db: None) -> None:
    effect('a "kind"\\\n', attempts=3)
    answer = scrape()
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    lines = answer.content.decode().splitlines()
    explained = {line.split()[2] for line in lines if line.startswith("# HELP")}
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    values = [line for line in lines if not line.startswith("#")]
    assert explained == typed
    assert all(LINE.fullmatch(line) for line in values), values
    assert {re.split(r"[{ ]", line)[0] for line in values} == explained
    assert 'portal_outbox_failing_by_kind{kind="a \\"kind\\"\\\\\\n"} 1' in values


def test_no_label_says_who(world: World) -> None:
    sign_in(world.member)
    effect("mail", attempts=4, payload={"user": world.member.pk}, last_error="SMTPException")
    text = scrape().content.decode()
    assert "subject-" not in text
    assert "@" not in text
    assert "SMTP" not in text
    assert set(re.findall(r"(\w+)=\"", text)) == {"version", "revision", "part", "kind"}


def test_a_handful_of_statements_whatever_the_number_of_effects(db: None, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    counts = []
    for _ in range(2):
        for number in range(20):
            effect(f"kind-{number}", attempts=3)
        with CaptureQueriesContext(connection) as asked:
            scrape()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


def test_what_runs_here_is_named(db: None, settings: Any) -> None:
    settings.REVISION = "abc123"
    assert re.search(
        r'portal_build_info\{version="[0-9.]+",revision="abc123"\} 1', scrape().content.decode()
    )


def test_a_cache_that_is_gone_is_told_and_the_rest_still_stands(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", gone)
    found = figures()
    assert found['portal_part_up{part="cache"}'] == 0
    assert found["portal_outbox_open"] == 0


def test_a_database_that_is_gone_is_told_and_its_figures_are_left_out(
    db: None, settings: Any
) -> None:
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> None:
        from django.db import OperationalError

        raise OperationalError("somebody's words")

    with connection.execute_wrapper(refuse):
        text = metrics.text()
    assert 'portal_part_up{part="database"} 0' in text
    assert "portal_up 1" in text
    assert "outbox" not in text
    assert "words" not in text
