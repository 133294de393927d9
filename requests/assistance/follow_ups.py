"""Asking, some weeks after an answer, whether it helped and what changed.

Days are America/New_York. Each closed request is asked about once, reminded of once, and rests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from assistance import clock, lifecycle, notices, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import FollowUp, FollowUpChange, Ticket
from assistance.models.ticket import TicketQuerySet
from portal.core import events, nightly
from portal.core.redaction import showing
from portal.people.models import User

EARLIEST, LATEST = timedelta(days=30), timedelta(days=90)  # after the answer
REMIND_AFTER = 10  # business days
TOO_LATE = timedelta(days=30)  # a day that passed longer ago, as in a pause, is asked no more
LOOKS_BACK = timedelta(days=365)
AHEAD = timedelta(days=28)


def is_in_window(day: date, answered_at: datetime | None) -> bool:
    """Say whether a follow-up may be on a day: 30 to 90 days after the answer, or after today."""
    since = timezone.localdate(answered_at or timezone.now())
    return EARLIEST <= day - since <= LATEST


def _unasked() -> TicketQuerySet:
    asked = FollowUp.objects.filter(ticket=OuterRef("pk"), round=OuterRef("reopened_count"))
    return Ticket.objects.filter(~Exists(asked), state=State.CLOSED)


def ask(at: datetime | None = None) -> int:
    """Ask about the closed requests whose day has come; return how many."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    due = _unasked().filter(follow_up_on__lte=today, follow_up_on__gt=today - TOO_LATE)
    return sum(_ask(ticket, at) for ticket in due)


@transaction.atomic
def _ask(ticket: Ticket, at: datetime) -> bool:
    row = tickets.lock(ticket)
    if row.state != State.CLOSED:
        return False
    _found, is_new = FollowUp.objects.get_or_create(
        ticket=row, round=row.reopened_count, defaults={"asked_at": at}
    )
    if is_new:
        event = events.record("request.follow_up_asked", actor=None, at=at, **_about(row))
        notices.follow_up(row, event=event)
    return is_new


def remind(at: datetime | None = None) -> int:
    """Remind once of what was asked ten business days ago; return how many."""
    at = at or timezone.now()
    open_ = FollowUp.objects.waiting().filter(
        reminded_at=None, ticket__state=State.CLOSED, round=F("ticket__reopened_count")
    )
    waited = (row for row in open_ if clock.add_days(row.asked_at, REMIND_AFTER) <= at)
    return sum(_remind(row, at) for row in waited)


@transaction.atomic
def _remind(found: FollowUp, at: datetime) -> bool:
    ticket = tickets.lock(found.ticket)
    waiting = FollowUp.objects.filter(pk=found.pk, answered_at=None, reminded_at=None)
    if ticket.state != State.CLOSED or not waiting.update(reminded_at=at):
        return False
    event = events.record("request.follow_up_reminded", actor=None, at=at, **_about(ticket))
    notices.follow_up(ticket, event=event)
    return True


nightly.job(ask)
nightly.job(remind)


def current(ticket: Ticket) -> FollowUp | None:
    """Return the asking of a request since it was last reopened."""
    return ticket.follow_ups.filter(round=ticket.reopened_count).first()


@transaction.atomic
def answer(
    ticket: Ticket,
    *,
    by: User,
    helped: str,
    rating: int,
    changes: Iterable[str],
    comment: str = "",
    overrides: int = 0,
    at: datetime | None = None,
) -> FollowUp:
    """Keep what the requester's side says, or says otherwise within fourteen days. NotAllowed."""
    row = tickets.lock(ticket)
    found = current(row)
    may = lifecycle.may(Work.FOLLOW_UP, State(row.state), policies.parts(by, row))
    if found is None or not may or not found.is_changeable:
        raise NotAllowed("answer the follow-up")
    if found.pk in showing.hidden_in(FollowUp):  # a redaction of its words waits to be decided
        raise NotAllowed("answer the follow-up")
    at = at or timezone.now()
    found.helped, found.rating, found.comment = helped, rating, comment
    found.answered_by, found.answered_at = by, found.answered_at or at
    found.save()
    found.changes.all().delete()
    found.changes.bulk_create(
        [FollowUpChange(follow_up=found, what=what) for what in dict.fromkeys(changes)]
    )
    events.record(
        "request.follow_up_answered",
        actor=by,
        at=at,
        helped=helped,
        rating=rating,
        overrides=overrides,
        **_about(row),
    )
    return found


@dataclass(frozen=True, slots=True)
class Report:
    """A year of follow-ups. `rate` is per cent of those asked, `mean` of the ratings given."""

    asked: int
    answered: int
    rate: int | None
    mean: float | None
    helped: list[tuple[str, int]]
    changes: list[tuple[str, int]]


def report(at: datetime | None = None) -> Report:
    """Return what the follow-ups of the last twelve months say, in three queries."""
    since = (at or timezone.now()) - LOOKS_BACK
    rows = FollowUp.objects.filter(asked_at__gte=since)
    helped = {value: Count("pk", filter=Q(helped=value)) for value in FollowUp.Helped.values}
    sums: dict[str, Any] = rows.aggregate(
        asked=Count("pk"), answered=Count("answered_at"), mean=Avg("rating"), **helped
    )
    said: Any = FollowUpChange.objects.filter(follow_up__in=rows).order_by().values_list("what")
    counts = dict(said.annotate(n=Count("pk")))
    asked, answered = sums["asked"], sums["answered"]
    return Report(
        asked,
        answered,
        round(100 * answered / asked) if asked else None,
        round(sums["mean"], 1) if sums["mean"] is not None else None,
        [(str(label), sums[value]) for value, label in FollowUp.Helped.choices],
        [(str(label), counts.get(value, 0)) for value, label in FollowUpChange.What.choices],
    )


def coming() -> QuerySet[Ticket]:
    """Return the closed requests that are asked about within four weeks, the next one first."""
    today = timezone.localdate()
    soon = _unasked().filter(follow_up_on__gt=today - TOO_LATE, follow_up_on__lte=today + AHEAD)
    return soon.with_people().order_by("follow_up_on", "pk")


def of_a_year() -> QuerySet[FollowUp]:
    """Return what was asked in twelve months, what waits first, then the newest answer."""
    rows = FollowUp.objects.filter(asked_at__gte=timezone.now() - LOOKS_BACK)
    return rows.select_related("ticket__center").order_by(
        F("answered_at").desc(nulls_first=True), "-asked_at", "-pk"
    )


def _about(row: Ticket) -> dict[str, Any]:
    return {"subject": row, "center_id": row.center_id}
