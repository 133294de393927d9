"""The clocks of requests: targets, closures, pauses, what is overdue, and the calendar of it."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import clock, due, overdue, tickets
from assistance.calendar import ZONE
from assistance.lifecycle import Action
from assistance.models import Closure, Target, Ticket
from portal.core import nightly
from portal.core.models import Effect
from portal.people.models import Role, RoleGrant
from tests.assistance import making as make
from tests.factories import UserFactory
from tests.posting import deliver
from tests.world import World

pytestmark = pytest.mark.django_db


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def settle() -> None:
    """Send what making the requests has asked for: notices first, then their mails."""
    deliver()
    mail.outbox.clear()


def test_a_first_reply_and_an_answer_are_due_by_urgency() -> None:
    """Monday 23 November 2026, ten o'clock; Thursday of that week is Thanksgiving."""
    monday = eastern("2026-11-23T10:00")
    assert clock.first_reply_due("today", monday) == eastern("2026-11-23T14:00")
    assert clock.first_reply_due("week", monday) == eastern("2026-11-24T10:00")
    assert clock.first_reply_due("routine", monday) == eastern("2026-11-25T10:00")
    assert clock.answer_due("today", monday) == eastern("2026-11-24T10:00")
    assert clock.answer_due("week", monday) == eastern("2026-12-01T10:00")
    assert clock.answer_due("routine", monday) == eastern("2026-12-08T10:00")


def test_a_closure_stops_the_clock_like_a_holiday() -> None:
    Closure.objects.create(day=date(2026, 11, 24), label="Snow")
    monday = eastern("2026-11-23T16:00")
    assert clock.first_reply_due("today", monday) == eastern("2026-11-25T12:00")
    assert clock.minutes_between(monday, eastern("2026-11-25T10:00")) == 120


def test_a_target_that_the_manager_changes_holds_for_what_is_sent_from_then_on(
    world: World,
) -> None:
    at = eastern("2026-11-23T10:00")
    before = make.sent(world, at=at)
    Target.objects.filter(urgency="routine").update(first_minutes=60)
    after = make.sent(world, at=at)
    before.refresh_from_db()
    assert before.respond_by == eastern("2026-11-25T10:00")
    assert after.respond_by == eastern("2026-11-23T11:00")


def test_waiting_on_the_requester_puts_the_answer_off_by_hand(world: World) -> None:
    """Routine, Monday ten: due 8 December at ten. Waiting Tuesday nine to Wednesday eleven is
    8 + 2 business hours, so it is due on 9 December at noon.
    """
    ticket = make.assigned(world, at=eastern("2026-11-23T10:00"))
    assert ticket.answer_by == eastern("2026-12-08T10:00")
    tuesday = eastern("2026-11-24T09:00")
    make.say(ticket, world.specialist, "Which team is it?", then=None, at=tuesday)
    ticket = tickets.apply(ticket, Action.ASK_BACK, by=world.specialist, at=tuesday)
    make.say(ticket, world.coordinator, "Ours.", at=eastern("2026-11-25T11:00"))
    ticket.refresh_from_db()
    assert ticket.paused_minutes == 600
    assert ticket.answer_by == eastern("2026-12-09T12:00")


def test_what_is_overdue_is_told_once_to_manager_and_deputy(world: World) -> None:
    past = timezone.now() - timedelta(days=9)
    ticket = make.sent(world, at=past)
    make.sent(world)  # not due yet
    settle()
    for _ in range(3):
        nightly.run_frequent()
    deliver()
    told = [m for m in mail.outbox if ticket.number in m.subject]
    expected = {world.manager.email, world.deputy.email}
    assert {m.to[0] for m in told} == expected
    assert len(told) == len(expected)
    assert all(ticket.subject not in m.body for m in told)


def test_a_deputy_whose_days_are_over_is_not_told(world: World) -> None:
    make.sent(world, at=timezone.now() - timedelta(days=9))
    yesterday = timezone.localdate() - timedelta(days=1)
    days = {"starts_on": yesterday - timedelta(days=9), "ends_on": yesterday}
    RoleGrant.objects.filter(user=world.deputy, role=Role.DEPUTY).update(**days)
    settle()
    overdue.tell()
    deliver()
    assert [m.to for m in mail.outbox] == [[world.manager.email]]


def test_the_answer_has_a_clock_of_its_own(world: World) -> None:
    ticket = make.assigned(world, at=timezone.now() - timedelta(days=60))
    make.say(ticket, world.specialist, "We look into it.", at=timezone.now() - timedelta(days=59))
    overdue.tell()
    bucket = Effect.objects.get(subject=f"overdue-{ticket.pk}").bucket
    assert bucket.startswith("answer:")
    assert Ticket.objects.get(pk=ticket.pk).is_late


def test_the_calendar_lists_what_is_late_then_day_by_day(world: World, client: Client) -> None:
    late = make.sent(world, at=timezone.now() - timedelta(days=20))
    soon = make.sent(world)
    days = due.calendar(world.manager)
    assert days[0].is_past
    assert late.pk in {entry.ticket.pk for entry in days[0].entries}
    assert [d.day for d in days[1:]] == sorted(d.day for d in days[1:])
    assert {e.ticket.pk for d in days[1:] for e in d.entries} >= {soon.pk}
    client.force_login(world.manager)
    page = client.get("/requests/due/").content.decode()
    assert late.number in page
    client.force_login(world.other_coordinator)
    assert late.number not in client.get("/requests/due/").content.decode()


def test_the_calendar_asks_the_same_queries_for_few_and_many(world: World, client: Client) -> None:
    client.force_login(world.manager)

    def count() -> int:
        client.get("/requests/due/")
        with CaptureQueriesContext(connection) as found:
            client.get("/requests/due/")
        return len(found)

    make.sent(world)
    few = count()
    for _ in range(12):
        make.sent(world)
    assert count() == few


def test_the_manager_keeps_closures_in_the_admin_and_nobody_else(
    world: World, client: Client
) -> None:
    address = "/cms/snippets/assistance/closure/add/"
    client.force_login(world.manager)
    sent = {"day": "2026-12-24", "label": "Early closing"}
    assert client.post(address, sent).status_code == 302
    assert Closure.objects.get().day == date(2026, 12, 24)
    assert client.post(address, {**sent, "day": "soon"}).status_code == 200
    author = UserFactory(roles=("author",))
    client.force_login(author)
    assert client.get(address).status_code in {302, 404}
    assert Closure.objects.count() == 1
