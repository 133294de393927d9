"""What is urgent goes first, what is not goes all the same, and a transaction wakes once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.core import effect_kinds, mail, outbox
from portal.core.effect_kinds import LATER, NORMAL, URGENT, Kind, Lane
from portal.core.models import Effect
from tests.world import World

NUDGE, SIGN_IN, NOTICE, PACK = "test.nudge", "test.sign_in", "test.notice", "test.pack"


@pytest.fixture
def had() -> Iterator[list[str]]:
    """The kinds of the effects had, in order."""
    kinds: list[str] = []
    effect_kinds.describe(
        {
            NUDGE: Kind("Nudges", LATER),
            SIGN_IN: Kind("Sign-in", URGENT),
            NOTICE: Kind("Notices", NORMAL),
            PACK: Kind("Packs", URGENT, is_made=True),
        }
    )
    for kind in (NUDGE, SIGN_IN, NOTICE, PACK):
        outbox.handler(kind)(lambda effect: kinds.append(effect.kind))
    yield kinds
    for kind in (NUDGE, SIGN_IN, NOTICE, PACK):
        outbox._handlers.pop(kind)
        effect_kinds._kinds.pop(kind)


def burst(kind: str, number: int, *, minutes_ago: int = 0) -> None:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    urgency = effect_kinds.find(kind).urgency
    Effect.objects.bulk_create(
        Effect(kind=kind, subject=f"{minutes_ago}-{n}", urgency=urgency, due_at=at)
        for n in range(number)
    )


@pytest.mark.django_db
def test_a_sign_in_mail_does_not_wait_behind_ten_thousand_nudges(had: list[str]) -> None:
    burst(NUDGE, 10_000, minutes_ago=30)
    outbox.add(SIGN_IN, "reset")
    assert outbox.deliver_all(limit=20) == 20
    assert had[0] == SIGN_IN
    assert had[1:] == [NUDGE] * 19


@pytest.mark.django_db
def test_what_becomes_urgent_within_a_run_is_next(had: list[str]) -> None:
    def asks_for_a_mail(effect: Effect) -> None:
        had.append(effect.kind)
        if len(had) == 1:
            outbox.add(SIGN_IN, "reset")

    outbox.handler(NUDGE)(asks_for_a_mail)
    burst(NUDGE, 60)
    assert outbox.deliver_all() == 61
    assert had.index(SIGN_IN) == outbox.PORTION


@pytest.mark.django_db
def test_what_is_not_urgent_goes_on_while_much_is(had: list[str]) -> None:
    burst(SIGN_IN, 100, minutes_ago=10)
    burst(NUDGE, 5, minutes_ago=5)
    burst(NOTICE, 5)
    outbox.deliver_all(limit=30)
    assert had.count(SIGN_IN) == 24
    assert had.count(NUDGE) == 5, "these have waited longest among the rest"
    assert had.count(NOTICE) == 1


@pytest.mark.django_db
def test_one_run_is_bounded_in_number_and_in_time(
    had: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    burst(NOTICE, 250)
    assert outbox.deliver_all() == 200
    monkeypatch.setattr(outbox, "BUDGET", 0)
    assert outbox.deliver_all() == 0
    monkeypatch.undo()
    assert outbox.deliver_all() == 50


@pytest.mark.django_db
def test_each_lane_has_its_own_and_nothing_short_waits_for_a_pack(had: list[str]) -> None:
    for kind in (NUDGE, SIGN_IN, NOTICE, PACK):
        burst(kind, 1)
    assert outbox.deliver_all(lane=Lane.URGENT) == 1
    assert had == [SIGN_IN]
    assert outbox.deliver_all(lane=Lane.DUE) == 2
    assert had == [SIGN_IN, NOTICE, NUDGE]
    assert outbox.deliver_all(lane=Lane.MADE) == 1
    assert had[-1] == PACK


@pytest.mark.django_db(transaction=True)
def test_a_transaction_wakes_each_worker_once_however_much_it_asks_for(
    had: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Lane] = []
    monkeypatch.setattr(outbox, "wake", woken.append)
    with transaction.atomic():
        for n in range(50):
            outbox.add(NUDGE, str(n))
            outbox.add(SIGN_IN, str(n))
        with pytest.raises(RuntimeError), transaction.atomic():
            outbox.add(PACK, "never")
            raise RuntimeError
    assert sorted(woken) == [Lane.DUE, Lane.URGENT]


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_asks_for_many_mails_wakes_once(
    had: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Lane] = []
    monkeypatch.setattr(outbox, "wake", woken.append)

    def ask(effect: Effect) -> None:
        for n in range(30):
            outbox.add(NUDGE, str(n))

    outbox.handler(NOTICE)(ask)
    burst(NOTICE, 1)
    outbox.deliver(Effect.objects.get(kind=NOTICE).pk)
    assert woken == [Lane.DUE]


@pytest.mark.django_db(transaction=True)
def test_the_commit_of_a_burst_brings_it_whole(had: list[str]) -> None:
    """One message, and the run asks for the next one while there is more."""
    with transaction.atomic():
        for n in range(230):
            outbox.add(NUDGE, str(n))
    assert had == [NUDGE] * 230


@pytest.mark.django_db
def test_mails_that_may_go_to_everybody_go_after_the_others(world: World) -> None:
    for template in ("nudge", "guidance_new", "request_replied", "new_device"):
        context: dict[str, str | int] = {"path": "/", "number": "1", "url": "/"}
        mail.queue(world.member.pk, template, subject_key=template, context=context)
    found = dict(Effect.objects.filter(kind="mail").values_list("subject", "urgency"))
    assert found == {
        "nudge": LATER,
        "guidance_new": LATER,
        "request_replied": NORMAL,
        "new_device": NORMAL,
    }


def test_every_kind_that_is_handled_is_described() -> None:
    handled = {kind for kind in outbox._handlers if not kind.startswith("test.")}
    assert handled == set(effect_kinds.every())
    assert effect_kinds.find("account.mail").urgency == URGENT
    assert set(effect_kinds.made()) == {"training.pack", "reports.run"}
