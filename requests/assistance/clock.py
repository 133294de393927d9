"""The clocks of requests: business time with the office's closures, and targets by urgency.

A clock that runs keeps the targets and closures of the moment in which it was set.
"""

from datetime import date, datetime

from assistance import calendar
from assistance.models import Closure, Target, Ticket
from portal.core import gathering, reference
from portal.core.gathering import Rows

DAY = calendar.DAY_MINUTES
# urgency: minutes of business time to the first reply, and to the answer
DEFAULTS = {"today": (4 * 60, DAY), "week": (DAY, 5 * DAY), "routine": (2 * DAY, 10 * DAY)}


@reference.loader(order=40)
def load_targets() -> None:
    for urgency, (first, answer) in DEFAULTS.items():
        values = {"first_minutes": first, "answer_minutes": answer}
        Target.objects.get_or_create(urgency=urgency, defaults=values)


def closed() -> frozenset[date]:
    return frozenset(Closure.objects.values_list("day", flat=True))


def dues(urgency: str, at: datetime) -> tuple[datetime, datetime]:
    """Return by when a first reply and an answer are due, in one query."""
    found = _terms(urgency)
    [target], closures = found["targets"], frozenset(row.day for row in found["closures"])
    first = calendar.add_minutes(at, target.first_minutes, closures)
    return first, calendar.add_minutes(at, target.answer_minutes, closures)


@gathering.prepared
def _terms(urgency: str) -> dict[str, Rows]:
    targets = Target.objects.filter(urgency=urgency)
    return {"targets": Rows(targets), "closures": Rows(Closure.objects.all())}


def first_reply_due(urgency: str, at: datetime) -> datetime:
    return dues(urgency, at)[0]


def answer_due(urgency: str, at: datetime) -> datetime:
    return dues(urgency, at)[1]


def minutes_between(start: datetime, end: datetime) -> int:
    return calendar.minutes_between(start, end, closed())


def add_days(start: datetime, days: int) -> datetime:
    return calendar.add_days(start, days, closed())


def end_pause(ticket: Ticket, at: datetime) -> None:
    """Count the wait on the requester, and put the answer off by it. The caller saves the row."""
    if ticket.waiting_at is None:
        return
    closures = closed()
    waited = calendar.minutes_between(ticket.waiting_at, at, closures)
    ticket.paused_minutes += waited
    ticket.waiting_at = None
    if ticket.answer_by is not None:
        ticket.answer_by = calendar.add_minutes(ticket.answer_by, waited, closures)
