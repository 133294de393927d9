"""The status page says what waits, what runs and what was given up; the manager decides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from portal.core import events, heartbeats, nightly, tasks
from portal.core.models import Effect, Event, Heartbeat, JobRun
from portal.home import status
from tests.resources.factories import make_resource
from tests.training import pack_making as packing
from tests.world import World


def dead(kind: str, subject: str = "one") -> Effect:
    now = timezone.now()
    return Effect.objects.create(
        kind=kind, subject=subject, attempts=16, dead_at=now, last_error="ConnectionRefusedError"
    )


def all_heard() -> None:
    for name in heartbeats.EVERY:
        heartbeats.hear(name)


def page(world: World, address: str = "/status/", account: str = "manager") -> str:
    client = Client()
    client.force_login(world.people[account])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def post(world: World, **said: object) -> Client:
    client = Client()
    client.force_login(world.manager)
    assert client.post("/status/dead/decide/", said).status_code == 302
    return client


def test_it_says_what_waits_by_kind_and_how_long(world: World) -> None:
    Effect.objects.all().delete()
    ago = timezone.now() - timedelta(hours=2)
    for n in range(3):
        Effect.objects.create(kind="training.nudge", subject=str(n), due_at=ago)
    later = timezone.now() + timedelta(hours=1)
    Effect.objects.create(kind="mail", subject="x", due_at=later, attempts=5)
    lines = {line.kind: line for line in status.waiting()}
    assert (lines["training.nudge"].due, lines["training.nudge"].oldest) == (3, ago)
    assert (lines["mail"].due, lines["mail"].later, lines["mail"].failing) == (0, 1, 1)
    text = page(world)
    assert "Reminders that a coordinator sent" in text
    assert "has waited for 2\xa0hours" in text


def test_it_says_plainly_that_nobody_was_heard_and_the_managers_home_does_too(
    world: World,
) -> None:
    assert "The clock is not heard from" in page(world)
    assert "not heard from" in page(world, "/")
    all_heard()
    assert "were heard from within five minutes" in page(world)
    assert "not heard from" not in page(world, "/")
    Heartbeat.objects.filter(name="urgent").update(heard_at=timezone.now() - timedelta(minutes=6))
    text = page(world)
    assert "A worker is not heard from" in text
    assert "the queue of what is urgent" in text
    assert "The clock is not heard from" not in text
    assert "not heard from" in page(world, "/")
    assert "not heard from" not in page(world, "/", "member")


def test_a_queue_that_is_busy_with_nightly_work_is_not_called_silent(world: World) -> None:
    all_heard()
    Heartbeat.objects.filter(name="slow").update(heard_at=timezone.now() - timedelta(minutes=9))
    now = timezone.now()
    assert [who.name for who in status.who_was_heard(now) if who.is_silent] == ["slow"]
    until = now + timedelta(minutes=9)
    JobRun.objects.create(name=nightly.nightly_names()[0], held_until=until)
    assert not [who for who in status.who_was_heard(now) if who.is_silent]


def test_jobs_show_when_they_ran_when_they_run_and_which_failed(world: World) -> None:
    tasks.publish_scheduled()
    now, name = timezone.now(), nightly.nightly_names()[0]
    JobRun.objects.create(name=name, began_at=now, failed_at=now, last_error="ValueError")
    publish, _seal, _frequent, night = status.groups()
    assert publish.next_at is not None
    assert publish.failed == []
    assert night.next_at is None, "the others of the night are due now"
    assert [job.name for job in night.failed] == [name]
    text = page(world)
    assert f"1 of {len(night.jobs)} failed" in text
    assert "ValueError" in text


def test_the_next_five_pages_that_are_published_by_themselves_are_shown(world: World) -> None:
    when = timezone.now() + timedelta(days=3)
    pages = [make_resource(f"Guidance {n}") for n in range(6)]
    for n, resource in enumerate(pages):
        revision = resource.save_revision()
        at = when + timedelta(hours=n)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    pages[5].expire_at = timezone.now() + timedelta(days=1)
    pages[5].save()
    lines = status.scheduled()
    assert [line.title for line in lines] == ["Guidance 5", *(f"Guidance {n}" for n in range(4))]
    assert [line.goes_online for line in lines] == [False, True, True, True, True]
    text = page(world)
    assert "Goes offline" in text
    assert "Guidance 4" not in text


def test_packs_that_wait_are_made_or_stand_still_are_counted(world: World) -> None:
    packing.ask(world.coordinator)
    [packs, reports] = [status._making(*each) for each in status.MADE]
    assert (packs.waiting, packs.at_work, packs.stalled) == (1, 0, 0)
    assert (reports.waiting, reports.stalled) == (0, 0)
    Effect.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    assert status._making(*status.MADE[0]).stalled == 1
    Effect.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert status._making(*status.MADE[0]).stalled == 0


def test_it_names_what_the_portal_stands_on_and_what_is_not_in_order(
    world: World, settings: object
) -> None:
    found = {thing.key: thing for thing in status.things()}
    assert {"database", "cache", "facts", "search", "broker", "storage"} <= set(found)
    assert all(thing.is_ok for thing in found.values())
    assert found["database"].detail == connection.display_name
    nowhere = {"data_folder_out": "/dev/null/nowhere"}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = nowhere  # type: ignore[attr-defined]
    kept = settings.STORAGES  # type: ignore[attr-defined]
    lost = {**kept["default"], "OPTIONS": {"location": "/dev/null/nowhere"}}
    settings.STORAGES = {**kept, "default": lost}  # type: ignore[attr-defined]
    broken = {thing.key for thing in status.things() if not thing.is_ok}
    assert broken == {"broker", "storage"}
    assert "Not in order" in page(world)


def test_the_age_of_the_last_backup_is_told(world: World) -> None:
    assert "None was made" in page(world)
    old = timezone.now() - timedelta(days=3)
    events.record("backup.made", actor=None, at=old, rows=1, sealed=True)
    assert "Older than two days" in page(world)
    events.record("backup.made", actor=None, rows=1, sealed=True)
    assert "Older than two days" not in page(world)


def test_what_was_given_up_shows_its_kind_and_error_and_no_word_of_it(world: World) -> None:
    effect = dead("mail", "a-subject-nobody-needs")
    effect.payload = {"user": 1, "context": {"path": "/a-path-nobody-needs/"}}
    effect.save()
    for address in ("/status/", "/status/dead/", "/status/dead/?kind=mail"):
        text = page(world, address)
        assert "Mails" in text
        assert "nobody-needs" not in text
    assert "ConnectionRefusedError" in page(world, "/status/dead/")
    assert "Nothing was given up" in page(world, "/status/dead/?kind=account.mail")
    assert "1 mail or certificate could not be delivered" in page(world, "/")


def test_the_manager_tries_one_again(world: World) -> None:
    one, other = dead("mail", "one"), dead("mail", "other")
    post(world, what="again", effect=one.pk, back="/status/dead/")
    assert list(Effect.objects.dead()) == [other]
    assert Event.objects.get(kind="outbox.tried_again").actor_id == world.manager.pk


def test_the_manager_sets_all_of_a_kind_aside_with_a_reason(world: World) -> None:
    for n in range(3):
        dead("training.nudge", str(n))
    dead("mail")
    post(world, what="aside", kind="training.nudge", reason="late")
    assert [effect.kind for effect in Effect.objects.dead()] == ["mail"]
    assert Event.objects.get(kind="outbox.set_aside").data["effects"] == 3


@pytest.mark.parametrize(
    "said",
    [
        {"what": "aside", "kind": "mail"},
        {"what": "aside", "kind": "mail", "reason": "words of my own"},
        {"what": "again"},
        {"what": "again", "kind": "mail", "effect": "1"},
        {"what": "delete", "kind": "mail"},
        {"what": "again", "effect": "999999"},
    ],
)
def test_what_is_not_said_right_changes_nothing(world: World, said: dict[str, str]) -> None:
    effect = dead("mail")
    post(world, **said)
    assert list(Effect.objects.dead()) == [effect]
    assert not Event.objects.filter(kind__startswith="outbox.").exists()


def test_it_leads_back_only_to_pages_of_ours(world: World, client: Client) -> None:
    client.force_login(world.manager)
    for back, leads in (
        ("/status/dead/?kind=mail", "/status/dead/?kind=mail"),
        ("https://elsewhere.example.org/", "/status/"),
        ("//elsewhere.example.org/", "/status/"),
    ):
        said = {"what": "again", "effect": "999999", "back": back}
        assert client.post("/status/dead/decide/", said)["Location"] == leads


def test_a_deputy_sees_it_in_the_days_of_the_absence_alone(world: World, client: Client) -> None:
    client.force_login(world.deputy)
    assert client.get("/status/").status_code == 200
    world.deputy.grants.update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    assert client.get("/status/").status_code == 404


@pytest.mark.parametrize("address", ["/status/", "/status/dead/"])
def test_it_asks_no_more_of_the_database_with_more_of_everything(
    world: World, client: Client, address: str
) -> None:
    client.force_login(world.manager)
    counted = []
    for round_ in range(2):
        for n in range(1 + round_ * 9):
            key = f"{round_}-{n}"
            dead("mail", key)
            Effect.objects.create(kind="training.nudge", subject=key)
            JobRun.objects.create(name=f"job {key}", began_at=timezone.now())
            revision = make_resource(f"Guidance {key}").save_revision()
            at = timezone.now() + timedelta(days=1)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        counted.append(len(found))
    assert counted[0] == counted[1]
    assert counted[0] <= 40
