"""Numbers under load: real threads, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from assistance import conversation, drafts, hours, numbers, tickets
from assistance.calendar import ZONE
from assistance.models import Message, NumberCounter, Ticket
from assistance.tickets import Stale
from portal.people.models import User
from tests.assistance.making import asked, assigned, draft
from tests.world import World, build_world

THREADS = 6


@pytest.mark.django_db(transaction=True)
def test_fifty_requests_sent_at_once_get_fifty_numbers_in_a_row() -> None:
    world = build_world()
    whole = asked()
    keys = [draft(world.coordinator).uuid for _ in range(50)]
    barrier = Barrier(THREADS)

    def submit(part: int) -> None:
        try:
            barrier.wait(20)
            user = User.objects.get(pk=world.coordinator.pk)
            for key in keys[part::THREADS]:
                drafts.send(whole, by=user, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(submit, part) for part in range(THREADS)]:
            done.result(60)
    taken = sorted(Ticket.objects.values_list("number", flat=True))
    year = NumberCounter.objects.get().fiscal_year % 100
    assert taken == [f"TA-{year}-{n:04}" for n in range(1, len(keys) + 1)]


@pytest.mark.django_db(transaction=True)
def test_six_who_post_the_same_reply_at_once_say_it_once() -> None:
    world = build_world()
    ticket, key = assigned(world), uuid4()
    barrier = Barrier(THREADS)

    def reply(_part: int) -> None:
        try:
            barrier.wait(20)
            user = User.objects.get(pk=world.coordinator.pk)
            version = ticket.version
            conversation.reply(ticket, by=user, text="Thanks", key=key, version=version)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(reply, part) for part in range(THREADS)]:
            done.result(60)
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_lose_nothing_of_each_other() -> None:
    """Both saw the same version: one assigns, the other is told; all notes and hours stand."""
    world = build_world()
    ticket = assigned(world, to=world.deputy)
    barrier, outcomes = Barrier(2), []

    def work(pk: int, to: int) -> None:
        try:
            barrier.wait(20)
            by = User.objects.get(pk=pk)
            for _ in range(5):
                conversation.note(ticket, by=by, text=f"By {pk}", key=uuid4())
                hours.log(ticket, by=by, staff_minutes=10)
            try:
                given = User.objects.get(pk=to)
                tickets.assign(ticket, by=by, to=given, version=ticket.version)
                outcomes.append(to)
            except Stale:
                outcomes.append(0)
        finally:
            connection.close()

    pairs = [
        (world.manager.pk, world.specialist.pk),
        (world.deputy.pk, world.manager.pk),
    ]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work, *pair) for pair in pairs]:
            done.result(60)
    ticket.refresh_from_db()
    assert sorted(outcomes) == sorted([0, ticket.assignee_id or -1])
    assert Message.objects.filter(kind="note").count() == 10
    assert ticket.time_entries.count() == 10


def test_a_new_fiscal_year_starts_at_one(world: World) -> None:
    last, first = datetime(2026, 6, 30, 23, 59), datetime(2026, 7, 1)
    taken = [numbers.take(at.replace(tzinfo=ZONE)) for at in (last, first, first, last)]
    assert taken == ["TA-26-0001", "TA-27-0001", "TA-27-0002", "TA-26-0002"]
