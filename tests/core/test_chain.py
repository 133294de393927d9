"""The audit's chain: what was changed, removed, added or cut off is found and named."""

import io
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.core import chain, events, insert_only
from portal.core.models import Event, EventSeal
from tests.factories import UserFactory
from tests.world import World


@pytest.fixture
def sealed(world: World) -> list[Event]:
    """Five events of a person, sealed in two goes."""
    made = [
        events.record("people.changed", actor=world.manager, subject=world.member, fields=["title"])
        for _ in range(3)
    ]
    chain.seal()
    made += [events.record("signin.done", actor=world.member, device="Edge on Windows")] * 1
    made.append(events.record("people.left", actor=None, subject=world.member, taker=None))
    chain.seal()
    return made


def sql(statement: str, *values: object) -> None:
    """As somebody with the database in hand would: with the triggers lifted."""
    with insert_only.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_nobody_touched_holds(sealed: list[Event]) -> None:
    verdict = chain.verify()
    assert verdict.faults == []
    assert verdict.sealed == Event.objects.count()
    assert verdict.tail == 0


def test_sealing_again_seals_nothing(sealed: list[Event]) -> None:
    assert chain.seal() == 0


@pytest.mark.parametrize(
    "column",
    ["kind", "actor_id", "subject_type", "subject_id", "center_id", "at", "data"],
)
def test_a_change_of_any_column_of_one_row_is_named(sealed: list[Event], column: str) -> None:
    event = sealed[1]
    value: object = {
        "actor_id": 99,
        "center_id": 3,
        "at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
        "data": json.dumps({"fields": ["email"]}),
    }.get(column, "x.y")
    sql(f"UPDATE core_event SET {column} = %s WHERE id = %s", value, event.pk)
    faults = chain.verify().faults
    assert len(faults) == 1
    assert f"event {event.pk} " in faults[0]
    assert "was changed" in faults[0]


def test_a_removed_row_is_named(sealed: list[Event]) -> None:
    sql("DELETE FROM core_event WHERE id = %s", sealed[2].pk)
    assert chain.verify().faults == [
        f"event {sealed[2].pk} (position {_position(sealed[2])}) is missing"
    ]


def test_a_removed_seal_shows_and_so_does_a_pair(sealed: list[Event]) -> None:
    place = _position(sealed[1])
    sql("DELETE FROM core_eventseal WHERE position = %s", place)
    sql("DELETE FROM core_event WHERE id = %s", sealed[1].pk)
    faults = chain.verify().faults
    assert faults[0] == f"seals {place} to {place} are missing"


def test_a_row_slipped_in_is_no_part_of_the_chain_until_it_is_sealed(sealed: list[Event]) -> None:
    Event(kind="people.left", at=timezone.now()).save(force_insert=True)
    verdict = chain.verify()
    assert verdict.tail == 1
    assert verdict.tail_since is not None


def test_a_late_commit_with_an_earlier_id_is_sealed_after_later_ones(sealed: list[Event]) -> None:
    last = sealed[-1].pk
    sql("DELETE FROM core_eventseal WHERE event_id = %s", last)  # as if it came late
    events.record("people.left", actor=None)
    assert chain.seal() == 2
    assert chain.verify().faults == []


def test_a_cut_end_shows_against_a_head_that_was_noted(sealed: list[Event]) -> None:
    head = chain.verify().head
    last = EventSeal.objects.order_by("-position").first()
    assert last is not None
    sql("DELETE FROM core_event WHERE id = %s", last.event_id)
    sql("DELETE FROM core_eventseal WHERE id = %s", last.pk)
    assert chain.verify().faults == []  # from within alone it cannot be seen
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", expect=head, stdout=out)
    assert "cut off" in out.getvalue()


def test_another_key_seals_nothing_that_verifies(
    sealed: list[Event], settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.AUDIT_KEY", "a thief's guess")
    assert len(chain.verify().faults) == Event.objects.count()


def test_the_command_names_the_row_and_fails(sealed: list[Event]) -> None:
    sql("UPDATE core_event SET kind = 'x.y' WHERE id = %s", sealed[0].pk)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=out)
    assert f"FAULT event {sealed[0].pk} " in out.getvalue()


def test_the_collector_gets_a_line_of_json_once_it_is_true(
    world: World,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keep()
    events.collector.addHandler(handler)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            event = events.record("people.left", actor=world.manager, subject=world.member)
            assert lines == []
    finally:
        events.collector.removeHandler(handler)
    said = json.loads(lines[0])
    assert (said["id"], said["kind"], said["actor"]) == (event.pk, "people.left", world.manager.pk)
    assert world.member.email not in lines[0]


def test_the_export_writes_the_days_asked_for_and_is_an_event(
    sealed: list[Event], tmp_path: Path
) -> None:
    today = timezone.localdate()
    file = tmp_path / "audit.jsonl"
    call_command("export_audit", str(file), since=today, stdout=io.StringIO())
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert {line["id"] for line in lines} >= {event.pk for event in sealed}
    assert file.stat().st_mode & 0o777 == 0o600
    assert Event.objects.filter(kind="audit.exported").exists()


def _position(event: Event) -> int:
    return EventSeal.objects.get(event_id=event.pk).position


def test_a_forged_pruning_excuses_nothing(sealed: list[Event]) -> None:
    """Somebody with the database alone removes a row and says that retention did it."""
    place = _position(sealed[1])
    sql("DELETE FROM core_event WHERE id = %s", sealed[1].pk)
    events.record("audit.pruned", actor=None, positions=[place], proof="0" * 64)
    chain.seal()
    assert chain.verify().faults == [f"event {sealed[1].pk} (position {place}) is missing"]


@pytest.mark.django_db(transaction=True)
def test_a_restored_audit_still_verifies(tmp_path: Path) -> None:
    user = UserFactory()
    for _number in range(5):
        events.record("people.changed", actor=user, subject=user, fields=["title"])
    chain.seal()
    call_command("backup", str(tmp_path / "b"), stdout=io.StringIO(), stderr=io.StringIO())
    call_command("restore", str(tmp_path / "b"), replace=True, stdout=io.StringIO())
    chain.seal()
    assert chain.verify().faults == []
