"""The reads that dashboards and reports stand on."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assistance import drafts, queues, tickets, watching
from assistance.calendar import ZONE
from assistance.lifecycle import Action
from assistance.models import Ticket
from tests.assistance.making import answered, asked, assigned, closed, say, sent
from tests.world import World

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
WEEK = (MONDAY - timedelta(days=1), MONDAY + timedelta(days=6))


def test_each_view_counts_what_it_shows(world: World) -> None:
    sent(world)
    assigned(world)
    answered(world)
    closed(world)
    for name in ("manager", "specialist", "coordinator", "other_coordinator"):
        user = world.people[name]
        counts = queues.counts_by_view(user)
        assert counts == {view: queues.of_view(view, user).count() for view in counts}
    assert queues.counts_by_view(world.manager)["unassigned"] == 1
    assert queues.counts_by_view(world.specialist)["mine"] == 2
    assert not any(queues.counts_by_view(world.other_coordinator).values())


def test_the_tabs_count_as_far_as_they_show(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        assigned(world)
    for name in ("manager", "specialist", "coordinator", "other_coordinator"):
        user = world.people[name]
        assert queues.around(user).counts == queues.counts_by_view(user)
    monkeypatch.setattr(queues, "MOST", 1)
    monkeypatch.setattr(queues._around, "forms", {})  # compiled for the former limit
    assert queues.around(world.manager).counts["open"] == 2
    client = Client()
    client.force_login(world.manager)
    page = client.get("/requests/").content.decode()
    assert '<span class="count">1+</span>' in page


def test_due_today_is_what_waits_for_us_until_midnight(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    due = sent(world, at=morning, urgency="today")
    sent(world, at=morning, urgency="routine", wanted_by=date(2026, 11, 24))
    wanted = sent(world, at=morning, urgency="routine", wanted_by=date(2026, 11, 23))
    waits = assigned(world, at=morning)
    say(waits, world.specialist, then=Action.ASK_BACK, at=morning)
    Ticket.objects.filter(pk=waits.pk).update(wanted_by=date(2026, 11, 23))
    monkeypatch.setattr(timezone, "now", lambda: morning + timedelta(hours=2))
    assert set(queues.of_view("today", world.manager)) == {due, wanted}


def test_watched_requests_are_counted_once_and_by_center_comes_in_order(world: World) -> None:
    cape = drafts.send(asked("capeislands"), by=world.other_coordinator, key=uuid4())
    essex = [sent(world), sent(world)]
    for user in (world.manager, world.coordinator):
        watching.start(essex[0], user=user, by=user)
    assert list(queues.of_view("watched", world.manager)) == [essex[0]]
    counts = queues.counts_by_view(world.manager)
    assert (counts["watched"], counts["open"], counts["centers"]) == (1, 3, 3)
    order = [ticket.center_id for ticket in queues.of_view("centers", world.manager)]
    assert order == [cape.center_id, essex[0].center_id, essex[0].center_id]


def test_the_most_pressing_open_request_stands_first(world: World) -> None:
    routine = sent(world, at=MONDAY)
    today = sent(world, at=MONDAY + timedelta(minutes=5), urgency="today")
    assert list(queues.open_for(world.manager)) == [today, routine]


def test_the_median_first_response_is_in_business_minutes(world: World) -> None:
    assert queues.median_first_response(*WEEK) is None
    for minutes in (30, 60, 300):
        ticket = assigned(world, at=MONDAY)
        say(ticket, world.specialist, at=MONDAY + timedelta(minutes=minutes))
    assert queues.median_first_response(*WEEK) == 60


def test_what_was_submitted_in_a_period_is_counted_by_state(world: World) -> None:
    sent(world, at=MONDAY)
    gone = sent(world, at=MONDAY)
    tickets.apply(gone, Action.WITHDRAW, by=world.coordinator, reason="Solved")
    sent(world, at=MONDAY - timedelta(days=40))
    assert queues.by_state(*WEEK) == {"submitted": 1, "withdrawn": 1}
    assert queues.counts_by_state(world.manager) == {"submitted": 2, "withdrawn": 1}
    assert queues.submitted_between(*WEEK).count() == 2


def test_late_is_what_each_request_says_of_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    for urgency in ("today", "week", "routine"):
        sent(world, at=morning, urgency=urgency, wanted_by=date(2026, 12, 24))
    sent(world, at=morning, urgency="routine", wanted_by=date(2026, 11, 24))
    replied = assigned(world, at=morning)
    say(replied, world.specialist, at=morning)
    waits = assigned(world, at=morning)
    say(waits, world.specialist, then=Action.ASK_BACK, at=morning)
    closed(world, at=morning)
    sizes = set()
    for days in (0, 1, 2, 5, 20, 60):
        moment = morning + timedelta(days=days, hours=2)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        late = {ticket.pk for ticket in Ticket.objects.all() if ticket.is_late}
        found = queues.of_view("late", world.manager)
        assert {ticket.pk for ticket in found} == late
        sizes.add(len(late))
    assert len(sizes) > 2
    assert waits.pk not in late
