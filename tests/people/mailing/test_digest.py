"""The daily mail: on business mornings at eight, of what one may still see, and never empty."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from assistance.models import Closure
from portal.core import outbox
from portal.core.models import Effect, MailLog
from portal.people import grants
from portal.people.mailing import digest
from portal.people.models import User
from tests.assistance.making import assigned, say, sent
from tests.people.mailing import making
from tests.posting import delivered
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
EASTERN = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=EASTERN)


def morning(at: datetime = MONDAY) -> list[Any]:
    digest.start(at)
    return delivered()


@pytest.mark.parametrize(
    ("at", "is_time"),
    [
        # Clocks went forward on Sunday 8 March 2026: eight is 12:00 UTC from then on.
        ("2026-03-06T12:59", False),
        ("2026-03-06T13:00", True),
        ("2026-03-09T11:59", False),
        ("2026-03-09T12:00", True),
        # And back on Sunday 1 November.
        ("2026-10-30T12:00", True),
        ("2026-11-02T12:00", False),
        ("2026-11-02T13:00", True),
        # A worker that stood still catches up, but not in the afternoon.
        ("2026-11-02T16:59", True),
        ("2026-11-02T17:00", False),
        # Sunday, Thanksgiving, Patriots' Day.
        ("2026-11-29T13:30", False),
        ("2026-11-26T13:30", False),
        ("2026-04-20T12:30", False),
    ],
)
def test_it_is_eight_in_the_morning_in_massachusetts(at: str, is_time: bool) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert digest.is_morning(timezone.localtime(instant)) is is_time


def test_a_day_on_which_the_office_is_closed_has_no_daily_mail(world: World) -> None:
    Closure.objects.create(day=MONDAY.date(), label="Snow")
    assert not digest.is_morning(MONDAY)
    assert digest.is_morning(MONDAY + timedelta(days=1))


def test_what_waits_comes_in_one_mail_by_class_and_then_no_more(world: World) -> None:
    making.choose(world.coordinator, requests="day", queue="day", training="day")
    ticket = assigned(world)
    say(ticket, world.specialist, "One.")
    say(ticket, world.specialist, "Two.")
    making.ask(world.coordinator, "nudge")
    assert [m for m in delivered() if m.to == [world.coordinator.email]] == []
    [message] = morning()
    assert message.to == [world.coordinator.email]
    assert message.subject == "Team Portal: your daily mail"
    body = str(message.body)
    assert f"There is a new reply on request {ticket.number}. (2 times)" in body
    assert f"http://localhost:8000/requests/{ticket.number}/" in body
    assert body.index("Requests and questions") < body.index("Training reminders")
    assert "\n\n\n" not in body
    assert "References" not in message.extra_headers
    assert morning(MONDAY + timedelta(minutes=10)) == []
    assert morning(MONDAY + timedelta(days=1)) == []


def test_nothing_due_is_no_mail_and_no_row(world: World) -> None:
    assert morning() == []
    assert not Effect.objects.filter(kind="mail.carry").exists()


def test_a_request_that_one_may_no_longer_see_drops_out(world: World) -> None:
    making.choose(world.specialist, requests="day")
    gone, kept = assigned(world), assigned(world)
    delivered()
    other = grants.grant(world.reviewer, "specialist", by=None).user
    type(gone).objects.filter(pk=gone.pk).update(assignee=other)
    [message] = morning()
    assert str(kept.number) in message.body
    assert str(gone.number) not in message.body
    rows = MailLog.objects.filter(user_id=world.specialist.pk, about_id=gone.pk)
    assert [row.outcome for row in rows] == ["no_right"]


def test_when_all_of_it_has_dropped_out_there_is_no_mail(world: World) -> None:
    making.choose(world.specialist, requests="day")
    assigned(world)
    delivered()
    grants.end(world.specialist, "specialist", by=world.manager)
    assert morning() == []


def test_who_wants_no_more_or_left_overnight_gets_none(world: World) -> None:
    for person in (world.member, world.other_member):
        making.choose(person, training="day")
        making.ask(person, "nudge", str(person.pk))
    delivered()
    making.choose(world.member, training="none")
    User.objects.filter(pk=world.other_member.pk).update(is_active=False)
    assert morning() == []
    assert making.outcomes() == ["off", "left"]


def test_a_friday_evening_waits_for_monday_and_a_second_day_is_another_mail(world: World) -> None:
    making.choose(world.member, training="day")
    making.ask(world.member, "nudge", "a")
    delivered()
    assert morning(MONDAY - timedelta(days=1)) == []
    assert len(morning(MONDAY)) == 1
    making.ask(world.member, "nudge", "b")
    delivered()
    assert morning(MONDAY + timedelta(hours=1)) == []
    assert len(morning(MONDAY + timedelta(days=1))) == 1


def test_its_link_stops_what_it_brought_and_nothing_else(world: World) -> None:
    from django.test import Client

    making.choose(world.member, training="day", sessions="day")
    making.ask(world.member, "nudge")
    delivered()
    [message] = morning()
    path = message.extra_headers["List-Unsubscribe"][1:-1].removeprefix("http://localhost:8000")
    assert message.extra_headers["List-Id"] == "<training.localhost>"
    assert Client().post(path).status_code == 200
    chosen = dict(world.member.mail_choices.values_list("mail_class", "choice"))
    assert chosen == {"training": "none", "sessions": "day"}


def test_very_many_things_are_counted_and_the_mail_stays_short(world: World) -> None:
    making.choose(world.coordinator, requests="day", queue="day")
    for _ in range(55):
        ticket = sent(world)
        making.ask(world.coordinator, "request_replied", str(ticket.pk), **making.about(ticket))
    delivered()
    [message] = morning()
    assert message.body.count("There is a new reply") == 50
    assert "And 5 more" in message.body
    assert MailLog.objects.filter(user_id=world.coordinator.pk, outcome="sent").count() == 55


def test_new_guidance_is_told_once_to_who_wants_it_and_may_read_it(world: World) -> None:
    making.choose(world.member, guidance="now")
    making.choose(world.other_member, guidance="day")
    page = make_resource(kind="guidance", audience="coordinators")
    public = make_resource("Public", kind="guidance", audience="members")
    make_resource("A checklist", kind="checklist")
    public.save_revision().publish()
    at_once = delivered()
    assert [m.to for m in at_once] == [[world.member.email]]
    assert "Screening" not in str([m.body for m in at_once])
    assert making.outcomes().count("no_right") == 2  # two members, and coordinators' guidance
    told = {m.to[0]: str(m.body) for m in morning()}
    assert world.other_member.email in told
    assert world.reviewer.email not in told
    place = "/resources/?kind=guidance"  # no page's own address, which is made of its title
    assert "(2 times)" in told[world.coordinator.email]
    assert "times)" not in told[world.other_member.email]
    assert all(place in told[user.email] for user in (world.coordinator, world.other_member))
    assert page.url not in "".join(told.values())


def test_whoever_published_guidance_is_left_out(world: World) -> None:
    making.choose(world.manager, guidance="now")
    making.choose(world.deputy, guidance="now")
    page = make_resource(kind="guidance", live=False)
    page.save_revision(user=world.manager).publish(user=world.manager)
    outbox.deliver_all()
    outbox.deliver_all()
    assert [m.to for m in django_mail.outbox] == [[world.deputy.email]]
