"""No effect is lost and none is had twice."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connections, transaction
from django.utils import timezone

from portal.core import events, mail, outbox
from portal.core.models import Effect, Event
from tests.world import World

KIND = "test.effect"


@pytest.fixture
def had() -> Iterator[list[str]]:
    """The subjects of the effects had, in order."""
    subjects: list[str] = []
    outbox.handler(KIND)(lambda effect: subjects.append(effect.subject))
    yield subjects
    outbox._handlers.pop(KIND)


def lease_runs_out() -> None:
    Effect.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_an_effect_asked_for_twice_is_had_once(had: list[str]) -> None:
    outbox.add(KIND, "one", bucket="today")
    outbox.add(KIND, "one", bucket="today")
    outbox.add(KIND, "one", bucket="tomorrow")
    assert outbox.deliver_all() == 2
    assert outbox.deliver_all() == 0
    assert had == ["one", "one"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_effect(had: list[str]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.add(KIND, "never")
        raise RuntimeError
    assert outbox.deliver_all() == 0
    assert had == []


@pytest.mark.django_db(transaction=True)
def test_the_commit_wakes_the_worker(had: list[str]) -> None:
    with transaction.atomic():
        outbox.add(KIND, "soon")
        assert had == []
    assert had == ["soon"]


@pytest.mark.django_db
def test_an_effect_that_waits_for_its_day_is_not_had_before(had: list[str]) -> None:
    outbox.add(KIND, "later", due_at=timezone.now() + timedelta(days=1))
    assert outbox.deliver_all() == 0
    assert had == []


@pytest.mark.django_db
def test_a_failed_effect_is_tried_again_and_only_the_class_of_the_error_is_kept() -> None:
    def fail(effect: Effect) -> None:
        raise ValueError("a text that somebody typed")

    outbox.handler(KIND)(fail)
    outbox.add(KIND, "hard")
    assert outbox.deliver_all() == 0
    effect = Effect.objects.get(kind=KIND)
    assert (effect.attempts, effect.last_error, effect.done_at) == (1, "ValueError", None)
    assert effect.due_at > timezone.now()
    done: list[str] = []
    outbox.handler(KIND)(lambda effect: done.append(effect.subject))
    Effect.objects.update(due_at=timezone.now())
    assert outbox.deliver_all() == 1
    assert done == ["hard"]
    outbox._handlers.pop(KIND)


@pytest.mark.django_db
def test_two_workers_never_hold_the_same_effect(had: list[str]) -> None:
    outbox.add(KIND, "one")
    Effect.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert outbox.deliver_all() == 0
    lease_runs_out()
    assert outbox.deliver_all() == 1
    assert had == ["one"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(had: list[str]) -> None:
    """A real process takes the effect and is killed before it had it; the next one has it once."""
    effect = Effect.objects.create(kind=KIND, subject="survives")
    connections.close_all()
    if not (child := os.fork()):
        outbox.handler(KIND)(lambda effect: os.kill(os.getpid(), signal.SIGKILL))
        outbox.deliver(effect.pk)
        os._exit(0)  # never reached
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert outbox.deliver_all() == 0, "the dead worker still holds the lease"
    lease_runs_out()
    assert outbox.deliver_all() == 1
    assert outbox.deliver_all() == 0
    assert had == ["survives"]


@pytest.mark.django_db
def test_a_mail_has_a_stable_id_and_says_that_a_machine_sent_it(world: World) -> None:
    context: dict[str, str | int] = {"path": "/accounts/invitation/x/"}
    mail.queue(world.member.pk, "invitation", subject_key="test-1", context=context)
    assert outbox.deliver_all() == 1
    [message] = django_mail.outbox
    assert message.to == [world.member.email]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    effect = Effect.objects.get(kind="mail")
    sent_id = message.extra_headers["Message-ID"]
    assert sent_id.startswith(f"<effect-{effect.pk}-")
    Effect.objects.update(done_at=None)
    assert outbox.deliver_all() == 1
    assert len(django_mail.outbox) == 1, "it stands in the log, and goes once"
    assert mail.message_id(effect.pk) == sent_id


@pytest.mark.django_db
def test_somebody_who_left_gets_no_mail(world: World) -> None:
    mail.queue(world.member.pk, "invitation", subject_key="test-2", context={"path": "/"})
    type(world.member).objects.filter(pk=world.member.pk).update(is_active=False)
    assert outbox.deliver_all() == 1
    assert django_mail.outbox == []


@pytest.mark.django_db
def test_an_event_keeps_who_what_and_where(world: World) -> None:
    events.record("test.done", actor=world.manager, subject=world.member, center_id=3, state="new")
    event = Event.objects.get(kind="test.done")
    assert (event.actor_id, event.subject_id) == (world.manager.pk, str(world.member.pk))
    assert (event.subject_type, event.center_id, event.data) == ("people.user", 3, {"state": "new"})
