"""Numbers under load: real threads, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from assistance import drafts, numbers
from assistance.calendar import ZONE
from assistance.models import Message, NumberCounter, Ticket
from portal.people.models import User
from tests.assistance.making import asked, assigned, draft
from tests.world import World, build_world

THREADS = 6


@pytest.mark.django_db(transaction=True)
def test_six_who_submit_at_once_get_six_numbers_in_a_row() -> None:
    world = build_world()
    whole = asked()
    keys = [draft(world.coordinator).uuid for _ in range(THREADS * 3)]
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
    from assistance import conversation

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


def test_a_new_fiscal_year_starts_at_one(world: World) -> None:
    last, first = datetime(2026, 6, 30, 23, 59), datetime(2026, 7, 1)
    taken = [numbers.take(at.replace(tzinfo=ZONE)) for at in (last, first, first, last)]
    assert taken == ["TA-26-0001", "TA-27-0001", "TA-27-0002", "TA-26-0002"]
