"""The calendar of what is due: first replies, answers, wanted days, follow-ups and next steps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assistance.lifecycle import OUR_TURN, State
from assistance.models import FollowUp, NextStep, Ticket
from portal.core.redaction import showing
from portal.people.models import User

AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day (America/New_York): of a request, or a next step of an activity.

    `what` is reply, answer, wanted, follow_up or step.
    """

    ticket: Ticket | None
    what: str
    time: Any = None
    step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what is due on it; `is_past` gathers all that is late."""

    day: date
    entries: tuple[Entry, ...]
    is_past: bool = False


def calendar(user: User) -> list[Day]:
    """Return the days of four weeks that have something, what is late first; four queries."""
    today = timezone.localdate()
    rows = Ticket.objects.visible_to(user).with_people()
    ours = Q(state__in=OUR_TURN)
    asked = FollowUp.objects.filter(ticket=OuterRef("pk"), round=OuterRef("reopened_count"))
    near = Q(follow_up_on__lte=today + AHEAD, follow_up_on__gt=today - AHEAD)
    asks = Q(~Exists(asked), near, state=State.CLOSED)
    found = list(rows.filter(ours | asks).order_by("respond_by", "pk"))
    showing.prepare(found)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for ticket in found:
        for day, entry in _entries(ticket):
            if day <= today + AHEAD:
                by_day[day].append(entry)
    coming = NextStep.objects.visible_to(user).open().filter(due_on__lte=today + AHEAD)
    steps = list(coming.select_related("record__ticket", "record__center"))
    showing.prepare(steps)
    for step in steps:
        by_day[step.due_on].append(Entry(step.record.ticket, "step", step=step))
    past = [entry for day in sorted(by_day) if day < today for entry in by_day[day]]
    days = [Day(day, tuple(by_day[day])) for day in sorted(by_day) if day >= today]
    return [Day(today, tuple(past), is_past=True), *days] if past else days


def steps_of_centers(user: User, *, within: timedelta) -> QuerySet[NextStep]:
    """Return what the centers do next within some days, or should have done, in order."""
    rows = NextStep.objects.visible_to(user).open().filter(side=NextStep.Side.CENTER)
    near = rows.filter(due_on__lte=timezone.localdate() + within)
    return near.select_related("record__center").order_by("due_on", "pk")


def _entries(ticket: Ticket) -> list[tuple[date, Entry]]:
    if ticket.state == State.CLOSED:
        day = ticket.follow_up_on
        return [(day, Entry(ticket, "follow_up"))] if day else []
    found = []
    if ticket.is_awaiting_first_reply and ticket.respond_by:
        found.append(_at(ticket, "reply", ticket.respond_by))
    if ticket.answer_by:
        found.append(_at(ticket, "answer", ticket.answer_by))
    if ticket.wanted_by:
        found.append((ticket.wanted_by, Entry(ticket, "wanted")))
    return found


def _at(ticket: Ticket, what: str, instant: Any) -> tuple[date, Entry]:
    return timezone.localdate(instant), Entry(ticket, what, instant)
