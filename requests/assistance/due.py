"""The calendar of what is due: first replies, answers, wanted days and follow-ups, day by day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from assistance.lifecycle import State
from assistance.models import Ticket
from portal.people.models import User

AHEAD = timedelta(days=28)
OURS = (State.SUBMITTED, State.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day (America/New_York). `what` is reply, answer, wanted or follow_up."""

    ticket: Ticket
    what: str
    time: Any = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what is due on it; `is_past` gathers all that is late."""

    day: date
    entries: tuple[Entry, ...]
    is_past: bool = False


def calendar(user: User) -> list[Day]:
    """Return the days of four weeks that have something, what is late first; one query."""
    today = timezone.localdate()
    rows = Ticket.objects.visible_to(user).with_people()
    ours = Q(state__in=OURS)
    asks = Q(state=State.CLOSED, follow_up_on__lte=today + AHEAD, follow_up_on__gt=today - AHEAD)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for ticket in rows.filter(ours | asks).order_by("respond_by", "pk"):
        for day, entry in _entries(ticket):
            if day <= today + AHEAD:
                by_day[day].append(entry)
    past = [entry for day in sorted(by_day) if day < today for entry in by_day[day]]
    days = [Day(day, tuple(by_day[day])) for day in sorted(by_day) if day >= today]
    return [Day(today, tuple(past), is_past=True), *days] if past else days


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
