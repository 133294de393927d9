"""The waiting list moves up by itself: never over capacity, nobody skipped."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from portal.core.models import Event
from tests.factories import UserFactory
from tests.posting import delivered
from tests.training.session_factories import facts_of, make_session
from tests.training.test_races import side_by_side
from tests.world import World
from training import sessions
from training.models import LiveSession, Registration

pytestmark = pytest.mark.django_db


def places(session: LiveSession) -> list[int]:
    rows = session.registrations.open().order_by("placed_at", "pk")
    return list(rows.values_list("person", flat=True))


def queue(session: LiveSession) -> list[int]:
    return list(session.registrations.waiting().values_list("person", flat=True))


def test_the_first_who_waits_moves_up_and_is_told(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    people = [world.member, world.other_member, world.coordinator]
    for person in people:
        sessions.register(person, session)
    delivered()
    sessions.withdraw(world.member, session)
    assert places(session) == [world.other_member.pk]
    assert queue(session) == [world.coordinator.pk]
    mails = delivered()
    assert [mail.to for mail in mails] == [[world.other_member.email]]
    assert "you have a place now" in mails[0].subject
    assert session.title not in mails[0].subject + mails[0].body
    assert Event.objects.filter(kind="training.session_placed").count() == 1


def test_who_leaves_the_list_moves_nobody_up_wrongly(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    for person in (world.member, world.other_member, world.coordinator):
        sessions.register(person, session)
    sessions.withdraw(world.other_member, session)
    assert places(session) == [world.member.pk]
    assert queue(session) == [world.coordinator.pk]


def test_more_places_are_given_in_the_order_of_the_list(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    people = [UserFactory(center="essex") for _ in range(5)]
    for person in people:
        sessions.register(person, session)
    sessions.change(session, facts_of(session, capacity=3), by=world.trainer)
    assert places(session) == [p.pk for p in people[:3]]
    sessions.change(session, facts_of(session, capacity=None), by=world.trainer)
    assert places(session) == [p.pk for p in people]


def test_a_newcomer_does_not_pass_by_those_who_wait(world: World) -> None:
    """Were a place free while somebody waits, it is theirs, not that of who asks next."""
    session = make_session(world.trainer, capacity=2)
    sessions.register(world.member, session)
    Registration.objects.create(session=session, person=world.other_member)
    assert sessions.register(world.coordinator, session).placed_at is None
    assert queue(session) == [world.other_member.pk, world.coordinator.pk]


def test_nobody_moves_up_once_it_has_begun(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    sessions.register(world.member, session)
    sessions.register(world.other_member, session)
    LiveSession.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(sessions.SessionClosed):
        sessions.withdraw(world.member, session)
    assert places(session) == [world.member.pk]


def test_a_reminder_comes_once_a_day_before_and_again_when_it_was_moved(world: World) -> None:
    session = make_session(world.trainer, days=2, capacity=1)
    sessions.register(world.member, session)
    sessions.register(world.other_member, session)
    delivered()
    sessions.remind()
    assert delivered() == []
    Registration.objects.update(placed_at=timezone.now() - timedelta(days=3))
    session.registrations.filter(person=world.other_member).update(placed_at=None)
    LiveSession.objects.update(starts_at=timezone.now() + timedelta(hours=20))
    for _ in range(3):
        sessions.remind()
    mails = delivered()
    assert [mail.to for mail in mails] == [[world.member.email]]
    assert "within a day" in mails[0].body
    LiveSession.objects.update(starts_at=timezone.now() + timedelta(hours=22))
    sessions.remind()
    assert len(delivered()) == 1


def test_who_withdrew_or_registers_within_the_day_is_not_reminded(world: World) -> None:
    session = make_session(world.trainer, days=0.5)
    sessions.register(world.member, session)
    delivered()
    sessions.remind()
    assert delivered() == []


def test_what_would_help_is_forgotten_thirty_days_later(world: World) -> None:
    session = make_session(world.trainer)
    sessions.register(world.member, session, helps=["captions", "nonsense"])
    assert session.registrations.get().helps == ["captions"]
    sessions.forget_helps()
    assert session.registrations.get().helps == ["captions"]
    LiveSession.objects.update(starts_at=timezone.now() - timedelta(days=31))
    sessions.forget_helps()
    assert session.registrations.get().helps == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twenty_cancellations_and_registrations_at_once(world: World, seed: int) -> None:
    """Ten give their place back and twenty ask for one, all at once.

    Whatever the order: never more than the places, no place empty while somebody waits, and
    whoever waits asked later than everybody who was moved up.
    """
    session = make_session(world.trainer, capacity=12)
    first = [UserFactory(center="essex") for _ in range(12)]
    waiting = [UserFactory(center="essex") for _ in range(6)]
    late = [UserFactory(center="essex") for _ in range(10)]
    for person in first + waiting:
        sessions.register(person, session)
    works = [lambda p=person: sessions.withdraw(p, session) for person in first[:10]]
    works += [lambda p=person: sessions.register(p, session) for person in late]
    Random(seed).shuffle(works)
    assert side_by_side(*works) == []
    connection.close()
    open_ones = set(places(session))
    waits = queue(session)
    assert len(open_ones) == 12
    assert len(waits) == 2 + 6 + 10 - 12
    assert {p.pk for p in first[10:]} <= open_ones
    assert {p.pk for p in waiting} <= open_ones
    rows = session.registrations.standing().filter(person__in=late)
    placed = [row.registered_at for row in rows if row.placed_at]
    unplaced = [row.registered_at for row in rows if not row.placed_at]
    assert max(placed, default=timezone.now()) <= min(unplaced)
