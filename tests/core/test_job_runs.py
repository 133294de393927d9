"""Two beats, or a beat and a hand, never do the same job at once, nor twice in a period."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from django.utils import timezone

from portal.core import job_runs, nightly, tasks
from portal.core.models import JobRun
from tests.training.test_races import side_by_side

EVERY, HELD = timedelta(hours=6), timedelta(minutes=5)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three nightly jobs, of which the second fails; the names of those that ran."""
    ran: list[str] = []

    def first() -> None:
        ran.append("first")

    def second() -> None:
        ran.append("second")
        raise ValueError("words that somebody typed")

    def third() -> None:
        ran.append("third")

    monkeypatch.setattr(nightly, "_jobs", [first, second, third])
    monkeypatch.setattr(nightly, "_frequent", [second, third])
    return ran


def run(ran: list[str], name: str = "job", *, by_hand: bool = False) -> bool:
    return job_runs.run(name, lambda: ran.append(name), every=EVERY, held=HELD, by_hand=by_hand)


@pytest.mark.django_db
def test_a_period_begins_at_the_same_instant_for_everybody() -> None:
    at = datetime(2026, 11, 27, 8, 12, 30, tzinfo=UTC)
    assert job_runs.slot_of(EVERY, at) == datetime(2026, 11, 27, 6, tzinfo=UTC)
    assert job_runs.slot_of(timedelta(minutes=10), at) == at.replace(minute=10, second=0)


@pytest.mark.django_db
def test_a_job_is_begun_once_in_a_period_and_again_in_the_next() -> None:
    ran: list[str] = []
    assert run(ran)
    assert not run(ran)
    JobRun.objects.update(slot=job_runs.slot_of(EVERY) - EVERY)
    assert run(ran)
    assert ran == ["job", "job"]
    row = JobRun.objects.get()
    assert row.ended_at is not None
    assert row.held_until is None


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_begin_it_once() -> None:
    for _round in range(5):
        ran: list[str] = []
        JobRun.objects.all().delete()
        assert side_by_side(*[lambda r=ran: run(r)] * 4) == []
        assert ran == ["job"]


@pytest.mark.django_db(transaction=True)
def test_a_beat_and_a_hand_never_do_it_at_the_same_time() -> None:
    at_once, most, lock = [0], [0], threading.Lock()
    gate = threading.Event()

    def work() -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        gate.wait(0.3)
        with lock:
            at_once[0] -= 1

    def by(hand: bool) -> None:
        job_runs.run("job", work, every=EVERY, held=HELD, by_hand=hand)

    assert side_by_side(*[lambda h=h: by(h) for h in (True, False, True, False)]) == []
    assert most == [1]


@pytest.mark.django_db
def test_the_lock_of_a_holder_that_died_runs_out() -> None:
    ran: list[str] = []
    now = timezone.now()
    JobRun.objects.create(name="job", slot=now - 2 * EVERY, began_at=now, held_until=now + HELD)
    assert not run(ran)
    assert not run(ran, by_hand=True)
    JobRun.objects.update(held_until=now - timedelta(seconds=1))
    assert run(ran)
    assert ran == ["job"]


@pytest.mark.django_db
def test_a_holder_that_comes_back_late_takes_no_lock_from_the_next() -> None:
    def overtaken() -> None:
        JobRun.objects.update(began_at=later, held_until=later + HELD)

    later = timezone.now() + timedelta(minutes=10)
    assert job_runs.run("job", overtaken, every=EVERY, held=HELD)
    row = JobRun.objects.get()
    assert row.held_until == later + HELD
    assert row.ended_at is None


@pytest.mark.django_db
def test_a_failure_is_recorded_by_its_class_and_stops_no_other(jobs: list[str]) -> None:
    tasks.nightly()
    assert jobs == ["first", "second", "third"]
    rows = {row.name.rpartition(".")[2]: row for row in JobRun.objects.all()}
    assert rows["second"].last_error == "ValueError"
    assert rows["second"].ended_at is None
    assert rows["third"].ended_at is not None
    tasks.nightly()
    assert jobs == ["first", "second", "third"], "the period had its run"
    nightly.run_all()
    assert len(jobs) == 6, "by hand it runs whatever the hour"


@pytest.mark.django_db
def test_each_nightly_job_has_a_call_and_a_time_limit_for_itself(jobs: list[str]) -> None:
    assert nightly.run_next()
    assert jobs == ["first"]
    assert nightly.run_next()
    assert nightly.run_next()
    assert not nightly.run_next()
    assert jobs == ["first", "second", "third"]


@pytest.mark.django_db
def test_nightly_jobs_run_one_at_a_time_on_all_workers(jobs: list[str]) -> None:
    until = timezone.now() + HELD
    JobRun.objects.create(name=nightly.nightly_names()[2], held_until=until)
    assert not nightly.run_next()
    assert jobs == []


@pytest.mark.django_db
def test_a_job_over_its_time_is_a_failure_and_the_next_one_runs(
    jobs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs() -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(nightly, "_jobs", [hangs, *nightly._jobs])
    tasks.nightly()
    assert jobs == ["first", "second", "third"]
    assert JobRun.objects.filter(last_error="SoftTimeLimitExceeded").count() == 1


@pytest.mark.django_db
def test_frequent_jobs_run_once_in_ten_minutes(jobs: list[str]) -> None:
    tasks.frequent()
    tasks.frequent()
    assert jobs == ["second", "third"]


@pytest.mark.django_db
def test_publishing_and_sealing_say_when_they_last_ran() -> None:
    assert tasks.publish_scheduled()
    assert not tasks.publish_scheduled()
    assert tasks.seal_audit()
    assert JobRun.objects.filter(ended_at__isnull=False).count() == 2
    call_command("publish_scheduled", verbosity=0)  # by hand, and harmless
