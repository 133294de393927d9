"""Asking whether an answer helped: once, by mail without content, answered within its days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import closing, due, follow_ups, tickets
from assistance.calendar import ZONE
from assistance.lifecycle import Action, NotAllowed
from assistance.models import FollowUp, Ticket
from portal.core import nightly
from portal.core.models import Effect
from portal.people.models import CoordinatorAssignment
from tests.assistance.making import assigned, closed, say
from tests.factories import UserFactory
from tests.posting import deliver
from tests.world import World

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"helped": "partly", "rating": 4, "changes": ["protocol", "trained"]}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due_on(ticket: Ticket, day: date) -> Ticket:
    Ticket.objects.filter(pk=ticket.pk).update(follow_up_on=day)
    ticket.refresh_from_db()
    deliver()  # what was told before is not gathered with what comes
    return ticket


def asked(world: World) -> Ticket:
    ticket = due_on(closed(world), timezone.localdate())
    follow_ups.ask()
    deliver()
    return ticket


def mails(number: str | None) -> list[Any]:
    """What went out about a follow-up: notices first, then their mails."""
    deliver()
    about = [m for m in mail.outbox if m.subject == f"Request {number}"]
    return [m for m in about if "whether it helped" in m.body]


def test_it_is_asked_exactly_once_over_many_nights(world: World) -> None:
    ticket = due_on(closed(world), timezone.localdate())
    for _ in range(3):
        nightly.run_all()
    [message] = mails(ticket.number)
    assert message.to == [world.coordinator.email]
    assert f"/requests/{ticket.number}/follow-up/" in message.body
    for word in (ticket.subject, ticket.question, "safety items"):
        assert word not in message.body + message.subject
    assert FollowUp.objects.count() == 1


def test_the_day_begins_at_midnight_in_massachusetts(world: World) -> None:
    """In summer that is four hours after midnight UTC, in winter five."""
    for day, night in ((date(2026, 7, 10), 4), (date(2026, 12, 10), 5)):
        ticket = due_on(closed(world), day)
        midnight = datetime(day.year, day.month, day.day, night, tzinfo=UTC)
        assert follow_ups.ask(midnight - timedelta(minutes=1)) == 0
        assert follow_ups.ask(midnight) == 1
        assert follow_ups.ask(midnight + timedelta(days=1)) == 0
        assert follow_ups.current(ticket) is not None


def test_what_is_open_or_ended_otherwise_is_not_asked(world: World) -> None:
    open_ = due_on(assigned(world), timezone.localdate())
    withdrawn = due_on(assigned(world), timezone.localdate())
    tickets.apply(withdrawn, Action.WITHDRAW, by=world.coordinator, reason="Solved")
    assert follow_ups.ask() == 0
    assert follow_ups.current(open_) is None


def test_a_day_that_passed_long_ago_is_asked_no_more(world: World) -> None:
    due_on(closed(world), timezone.localdate() - timedelta(days=31))
    assert follow_ups.ask() == 0


def test_one_reminder_after_ten_business_days_and_then_it_rests(world: World) -> None:
    """Asked Friday 13 November 2026 at 9; Thanksgiving is no business day: Monday 30 November."""
    ticket = due_on(closed(world), date(2026, 11, 13))
    follow_ups.ask(eastern("2026-11-13T09:00"))
    deliver()
    assert follow_ups.remind(eastern("2026-11-30T08:59")) == 0
    assert follow_ups.remind(eastern("2026-11-30T09:00")) == 1
    for day in range(1, 60):
        assert follow_ups.remind(eastern("2026-11-30T09:00") + timedelta(days=day)) == 0
    assert len(mails(ticket.number)) == 2


def test_what_is_answered_or_reopened_is_not_reminded_of(world: World) -> None:
    answered, reopened = asked(world), asked(world)
    follow_ups.answer(answered, by=world.coordinator, **SAID)
    tickets.apply(reopened, Action.REOPEN, by=world.manager, reason="Something is missing")
    assert follow_ups.remind(timezone.now() + timedelta(days=40)) == 0


def test_a_reopened_request_is_asked_anew_after_its_next_answer(world: World) -> None:
    ticket = asked(world)
    follow_ups.answer(ticket, by=world.coordinator, **SAID)
    row = tickets.apply(ticket, Action.REOPEN, by=world.manager, reason="Something is missing")
    assert follow_ups.current(row) is None
    say(row, world.specialist, "Here is the rest.", then=Action.ANSWER, minutes=10)
    tickets.apply(row, Action.CONFIRM, by=world.coordinator)
    due_on(row, timezone.localdate())
    assert follow_ups.ask() == 1
    assert ticket.follow_ups.count() == 2


def test_who_coordinates_today_is_asked_when_the_requester_no_longer_does(world: World) -> None:
    ticket = due_on(closed(world), timezone.localdate())
    heir = UserFactory(center="essex", coordinates="essex")
    rows = CoordinatorAssignment.objects.filter(user=world.coordinator)
    rows.update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    follow_ups.ask()
    assert [m.to for m in mails(ticket.number)] == [[heir.email]]


@pytest.mark.parametrize("rating", [0, 6, None])
def test_the_database_refuses_a_rating_outside_one_to_five(world: World, rating: Any) -> None:
    ticket = asked(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        follow_ups.answer(ticket, by=world.coordinator, **{**SAID, "rating": rating})


def test_the_database_refuses_half_an_answer(world: World) -> None:
    asked(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(rating=3)


def test_only_the_requesters_side_answers(world: World) -> None:
    ticket = asked(world)
    for who in ("manager", "specialist", "other_coordinator", "member"):
        with pytest.raises(NotAllowed):
            follow_ups.answer(ticket, by=world.people[who], **SAID)


def test_it_is_changeable_for_fourteen_days(world: World) -> None:
    ticket = asked(world)
    first = follow_ups.answer(ticket, by=world.coordinator, **SAID)
    again = follow_ups.answer(
        ticket, by=world.coordinator, helped="yes", rating=5, changes=["nothing"]
    )
    assert (again.pk, again.answered_at) == (first.pk, first.answered_at)
    assert [c.what for c in again.changes.all()] == ["nothing"]
    old = timezone.now() - timedelta(days=14, minutes=1)
    FollowUp.objects.filter(pk=first.pk).update(answered_at=old)
    with pytest.raises(NotAllowed):
        follow_ups.answer(ticket, by=world.coordinator, **SAID)
    page = signed_in(world.coordinator).get(f"/requests/{ticket.number}/follow-up/")
    assert page.context["form"] is None
    assert "5 of 5" in page.content.decode()


def post(world: World, ticket: Ticket, **changes: Any) -> Any:
    data = {"helped": "no", "rating": "2", "changes": ["other"], "comment": ""}
    url = f"/requests/{ticket.number}/follow-up/"
    return signed_in(world.coordinator).post(url, {**data, **changes}, follow=True)


def test_no_offers_reopening_while_it_is_possible_and_a_new_request(world: World) -> None:
    ticket = asked(world)
    page = post(world, ticket).content.decode()
    assert "Reopen the request" in page
    assert f"/requests/new/?follows={ticket.number}" in page
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=40))
    page = signed_in(world.coordinator).get(f"/requests/{ticket.number}/follow-up/")
    assert "Reopen the request" not in page.content.decode()
    assert f"/requests/new/?follows={ticket.number}" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rating": "6"}, "Select a valid choice"),
        ({"rating": "9" * 40}, "Select a valid choice"),
        ({"helped": ""}, "Choose whether it helped"),
        ({"changes": []}, "Choose what changed"),
        ({"changes": ["nothing", "trained"]}, "Choose either"),
        ({"comment": "The one with DOB 04/12/2011"}, "Not saved: 1 thing to settle"),
        ({"comment": "\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(world: World, wrong: Any, said: str) -> None:
    ticket = asked(world)
    assert said in post(world, ticket, **wrong).content.decode()
    assert not FollowUp.objects.answered().exists()


def test_the_staff_see_it_on_the_request_and_the_manager_in_numbers(world: World) -> None:
    """By hand: three asked, two answered: 67 %, mean of 4 and 5 is 4.5."""
    first, second, _third = asked(world), asked(world), asked(world)
    follow_ups.answer(first, by=world.coordinator, comment="The agenda is shorter.", **SAID)
    follow_ups.answer(second, by=world.coordinator, helped="yes", rating=5, changes=["protocol"])
    report = follow_ups.report()
    assert (report.asked, report.answered, report.rate, report.mean) == (3, 2, 67, 4.5)
    assert dict(report.changes)["We changed a protocol"] == 2
    assert dict(report.changes)["We trained others"] == 1
    assert dict(report.helped) == {"Yes, fully": 1, "Partly": 1, "No": 0}
    page = signed_in(world.specialist).get(f"/requests/{first.number}/").content.decode()
    assert "The agenda is shorter." in page
    page = signed_in(world.manager).get("/requests/follow-ups/").content.decode()
    assert "67 %" in page
    assert "<svg" in page


def test_nothing_asked_is_no_error(world: World) -> None:
    report = follow_ups.report()
    assert (report.asked, report.rate, report.mean) == (0, None, None)
    assert signed_in(world.manager).get("/requests/follow-ups/").status_code == 200


def test_the_page_asks_the_same_queries_for_few_and_many(world: World) -> None:
    client = signed_in(world.manager)

    def count() -> int:
        client.get("/requests/follow-ups/")
        with CaptureQueriesContext(connection) as found:
            client.get("/requests/follow-ups/")
        return len(found)

    asked(world)
    due_on(closed(world), timezone.localdate() + timedelta(days=3))
    few = count()
    for _ in range(4):
        asked(world)
        due_on(closed(world), timezone.localdate() + timedelta(days=3))
    assert count() == few


def test_archiving_takes_the_sentence_and_leaves_the_numbers(world: World) -> None:
    ticket = asked(world)
    follow_ups.answer(ticket, by=world.coordinator, comment="Shorter meetings.", **SAID)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=181))
    closing.archive(closing.rested())
    found = FollowUp.objects.get()
    assert (found.comment, found.rating, found.changes.count()) == ("", 4, 2)


@pytest.mark.parametrize(
    ("days", "is_fine"), [(29, False), (30, True), (60, True), (90, True), (91, False)]
)
def test_the_day_is_settable_thirty_to_ninety_days_after_the_answer(
    world: World, days: int, is_fine: bool
) -> None:
    ticket = closed(world)
    day = timezone.localdate() + timedelta(days=days)
    data = {
        "classify-version": ticket.version,
        "classify-topics": ["facilitation"],
        "classify-follow_up_on": day.isoformat(),
        "initial-classify-follow_up_on": "",
        "classify-key": str(uuid4()),
    }
    signed_in(world.manager).post(f"/requests/{ticket.number}/filing/", data)
    ticket.refresh_from_db()
    expected = day if is_fine else timezone.localdate() + timedelta(days=60)
    assert ticket.follow_up_on == expected


def test_no_mail_of_it_holds_what_somebody_wrote(world: World) -> None:
    ticket = asked(world)
    payloads = str(list(Effect.objects.values_list("payload", flat=True)))
    assert ticket.subject not in payloads


def test_a_follow_up_stands_in_what_is_due_until_it_is_asked(world: World) -> None:
    ticket = due_on(closed(world), timezone.localdate())

    def days() -> list[str]:
        return [entry.what for day in due.calendar(world.manager) for entry in day.entries]

    assert days() == ["follow_up"]
    follow_ups.ask()
    assert follow_ups.current(ticket) is not None
    assert days() == []
