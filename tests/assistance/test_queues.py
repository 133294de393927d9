"""The reads that dashboards and reports stand on."""

from datetime import datetime, timedelta

from assistance import queues, tickets
from assistance.calendar import ZONE
from assistance.lifecycle import Action
from tests.assistance.making import answered, assigned, closed, say, sent
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
