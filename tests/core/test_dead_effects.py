"""Trying has an end, a late worker does no harm, and a manager decides what was given up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from portal.core import dead_effects, mail, outbox
from portal.core.models import Effect, Event, MailLog
from portal.people import retention, retention_rules
from tests.world import World

pytestmark = pytest.mark.django_db
KIND = "test.dead"


@pytest.fixture
def fails() -> Iterator[None]:
    def fail(effect: Effect) -> None:
        raise ValueError("words that somebody typed")

    outbox.handler(KIND)(fail)
    yield
    outbox._handlers.pop(KIND)


def try_once(effect: Effect) -> Effect:
    Effect.objects.filter(pk=effect.pk).update(due_at=timezone.now())
    outbox.deliver(effect.pk)
    effect.refresh_from_db()
    return effect


def give_up(subject: str = "one") -> Effect:
    outbox.add(KIND, subject)
    effect = Effect.objects.get(kind=KIND, subject=subject)
    Effect.objects.filter(pk=effect.pk).update(attempts=outbox.MOST_ATTEMPTS - 1)
    return try_once(effect)


def lease_runs_out() -> None:
    Effect.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_trying_ends_after_about_two_days(fails: None) -> None:
    outbox.add(KIND, "one")
    effect, waited = Effect.objects.get(kind=KIND), timedelta()
    for attempt in range(1, outbox.MOST_ATTEMPTS + 1):
        before = timezone.now()
        effect = try_once(effect)
        assert effect.attempts == attempt
        if effect.dead_at is None:
            waited += effect.due_at - before
    assert effect.dead_at is not None
    assert timedelta(days=1.6) < waited < timedelta(days=2.2)
    assert (effect.last_error, effect.leased_until) == ("ValueError", None)
    Effect.objects.update(due_at=timezone.now() - timedelta(days=9))
    assert not outbox.deliver(effect.pk)
    assert outbox.deliver_all() == 0


def test_pauses_grow_to_six_hours_and_are_not_all_the_same() -> None:
    assert outbox.pause(1) < timedelta(minutes=2) < outbox.pause(3) < outbox.pause(6)
    assert timedelta(hours=5) < outbox.pause(40) < timedelta(hours=7)
    assert len({outbox.pause(4) for _ in range(20)}) > 1


def test_what_ends_its_worker_each_time_is_put_off_and_then_given_up() -> None:
    effect = Effect.objects.create(kind=KIND, subject="kills")
    for _ in range(60):
        Effect.objects.filter(pk=effect.pk).update(due_at=timezone.now())
        outbox._take(effect.pk)  # and the worker is gone: no success, no error
        lease_runs_out() if Effect.objects.get().leased_until else None
    effect.refresh_from_db()
    assert effect.dead_at is not None
    assert effect.last_error == "WorkerLost"
    assert effect.attempts <= outbox.MOST_ATTEMPTS + 1


def test_a_late_failure_takes_nothing_from_the_worker_that_has_it_now(fails: None) -> None:
    outbox.add(KIND, "slow")
    [pk] = outbox.next_due()
    late = outbox._take(pk)
    assert late is not None
    lease_runs_out()
    now_has_it = outbox._take(pk)
    assert now_has_it is not None
    outbox._put_off(late, ValueError())
    effect = Effect.objects.get(pk=pk)
    assert effect.leased_until == now_has_it.leased_until
    assert effect.last_error == ""
    with pytest.raises(outbox.Overtaken):
        outbox.hold(late)
    outbox.hold(now_has_it)


def test_a_late_worker_sends_no_second_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first stands still between deciding and sending; the second sends; the first wakes."""
    from portal.people.mailing import posting

    mail.queue(world.member.pk, "new_device", subject_key="k", context={"path": "/", "device": "x"})
    pk = Effect.objects.get(kind="mail").pk
    letter = posting._letter

    def stand_still(*args: object) -> object:
        monkeypatch.setattr(posting, "_letter", letter)
        lease_runs_out()
        assert outbox.deliver(pk), "the second worker sends it"
        return letter(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(posting, "_letter", stand_still)
    assert not outbox.deliver(pk)
    assert len(django_mail.outbox) == 1
    assert MailLog.objects.get().outcome == "sent"
    assert Effect.objects.get(pk=pk).done_at is not None


def test_a_late_success_still_counts(fails: None) -> None:
    effect = give_up()
    outbox.handler(KIND)(lambda effect: None)
    Effect.objects.filter(pk=effect.pk).update(dead_at=None, due_at=timezone.now())
    assert outbox.deliver(effect.pk)
    assert not Effect.objects.dead().exists()


def test_tried_again_it_has_all_attempts_before_it(fails: None, world: World) -> None:
    effect = give_up()
    assert dead_effects.try_again(Effect.objects.filter(pk=effect.pk), by=world.manager) == 1
    effect.refresh_from_db()
    assert (effect.dead_at, effect.attempts) == (None, 0)
    outbox.handler(KIND)(lambda effect: None)
    assert outbox.deliver(effect.pk)
    event = Event.objects.get(kind="outbox.tried_again")
    assert (event.actor_id, event.subject_id) == (world.manager.pk, str(effect.pk))
    assert event.data == {"effect_kind": KIND, "effects": 1}
    with pytest.raises(dead_effects.NothingDead):
        dead_effects.try_again(Effect.objects.filter(pk=effect.pk), by=world.manager)


def test_all_of_a_kind_are_set_aside_for_a_reason_and_go_after_a_month(
    fails: None, world: World
) -> None:
    for subject in ("one", "two", "three"):
        give_up(subject)
    rows = Effect.objects.filter(kind=KIND)
    assert dead_effects.set_aside(rows, reason="late", by=world.manager) == 3
    event = Event.objects.get(kind="outbox.set_aside")
    assert event.data == {"effect_kind": KIND, "effects": 3, "reason": "late"}
    assert not Effect.objects.dead().exists()
    assert outbox.deliver_all() == 0
    assert not retention_rules._effects().filter(kind=KIND).exists()
    Effect.objects.filter(kind=KIND).update(set_aside_at=timezone.now() - timedelta(days=31))
    retention.apply_all()
    assert not Effect.objects.filter(kind=KIND).exists()


def test_nothing_is_set_aside_without_a_reason_of_the_list(fails: None, world: World) -> None:
    give_up()
    with pytest.raises(ValueError, match="because I say so"):
        dead_effects.set_aside(
            Effect.objects.filter(kind=KIND), reason="because I say so", by=world.manager
        )
    assert Effect.objects.dead().count() == 1


def test_a_mail_that_was_given_up_counts_against_nobodys_hour_and_can_go_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(letter: object) -> None:
        raise ConnectionRefusedError

    mail.queue(world.member.pk, "new_device", subject_key="k", context={"path": "/", "device": "x"})
    effect = Effect.objects.get(kind="mail")
    sends = mail.hand_over
    monkeypatch.setattr(mail, "hand_over", refuse)
    Effect.objects.update(attempts=outbox.MOST_ATTEMPTS - 1)
    try_once(effect)
    assert MailLog.objects.get().outcome == "given_up"
    monkeypatch.setattr(mail, "hand_over", sends)
    dead_effects.try_again(Effect.objects.all(), by=world.manager)
    assert MailLog.objects.get().outcome == "trying"
    assert try_once(effect).done_at is not None
    assert MailLog.objects.get().outcome == "sent"
    assert len(django_mail.outbox) == 1
