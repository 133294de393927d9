"""Which guards of the table a request meets."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from assistance import clock
from assistance.lifecycle import ARCHIVE_AFTER, REOPEN_WITHIN, Facts, Guard, State
from assistance.models import Message, Ticket
from portal.core import gathering
from portal.core.gathering import Rows

SILENCE_DAYS = 10  # business days
NOTICE_DAYS = 7  # business days of silence until we say that silence will close it
NEVER = datetime.min.replace(tzinfo=UTC)
SAID = ("ticket", "kind", "is_from_staff", "created_at")  # what the guards look at


def of(
    ticket: Ticket,
    *,
    at: datetime,
    reason: str = "",
    target: Ticket | None = None,
    found: Mapping[str, Any] | None = None,
) -> Facts:
    """Return the facts of a request at an instant, with what a form brought along.

    `found` holds what `wanted` names, where it was read already.
    """
    met = {
        Guard.COMPLETE: ticket.state == State.DRAFT and is_complete(ticket),
        Guard.ASSIGNED: ticket.assignee_id is not None,
        Guard.FOLLOW_UP_SET: ticket.follow_up_on is not None,
        Guard.REASON_GIVEN: bool(reason.strip()),
        Guard.NO_HOLD: not ticket.is_on_hold,
        **_of_time(ticket, at),
    }
    if ticket.is_open:
        met |= _of_conversation(ticket, found)
    if target is not None:
        met[Guard.TARGET_VISIBLE] = _is_visible_to_requester(ticket, target)
    return Facts(State(ticket.state), frozenset(guard for guard, holds in met.items() if holds))


def is_complete(ticket: Ticket) -> bool:
    """Say whether a draft has what a submitted request must have."""
    filled = (
        ticket.type,
        ticket.center_id,
        ticket.urgency,
        ticket.wanted_by,
        ticket.subject.strip(),
        ticket.question.strip(),
    )
    return all(filled) and bool(ticket.topic_names)


def _of_time(ticket: Ticket, at: datetime) -> Mapping[Guard, bool]:
    ended = ticket.closed_at or ticket.answered_at
    return {
        Guard.WITHIN_30_DAYS: _since(ended, at) <= REOPEN_WITHIN,
        Guard.RESTED_180_DAYS: ended is not None
        and _since(ended, at) >= ARCHIVE_AFTER
        and _goes_after_its_target(ticket),
        Guard.SILENCE: is_silent(ticket, at),
    }


def _goes_after_its_target(ticket: Ticket) -> bool:
    target = ticket.duplicate_of
    return not ticket.is_merged or target is None or target.state == State.ARCHIVED


def _since(instant: datetime | None, at: datetime) -> timedelta:
    return at - instant if instant else timedelta.max


def is_silent(ticket: Ticket, at: datetime) -> bool:
    """Ten business days without a word, and three since we said that silence will close it."""
    if ticket.notice_at is None:
        return False
    notice_runs = clock.add_days(ticket.notice_at, SILENCE_DAYS - NOTICE_DAYS)
    return max(clock.add_days(ticket.moved_at, SILENCE_DAYS), notice_runs) <= at


def needs_notice(ticket: Ticket, at: datetime) -> bool:
    is_due = clock.add_days(ticket.moved_at, NOTICE_DAYS) <= at
    return ticket.notice_at is None and is_due


def wanted(ticket: Ticket) -> dict[str, Rows]:
    """Return what the guards of the conversation stand on, to be read in one query."""
    return {
        "messages": Rows(ticket.messages.replies(), only=SAID),
        "links": Rows(ticket.links.all(), only=("added_at",)),
        "time": Rows(ticket.time_entries.all()[:1], only=()),
    }


def _of_conversation(ticket: Ticket, found: Mapping[str, Any] | None) -> Mapping[Guard, bool]:
    if found is None:
        found = gathering.read(**wanted(ticket))
    since = ticket.reopened_at or NEVER  # what was said before did not help
    said = [row for row in found["messages"] if row.ticket_id == ticket.pk]
    replies = [row for row in said if row.kind == Message.Kind.REPLY]
    return {
        Guard.QUESTION_SENT: bool(replies) and replies[-1].is_from_staff,
        Guard.ANSWER_GIVEN: any(row.is_from_staff and row.created_at > since for row in replies)
        or any(link.added_at > since for link in found["links"]),
        Guard.TIME_LOGGED: bool(found["time"]),
    }


def _is_visible_to_requester(ticket: Ticket, target: Ticket) -> bool:
    if target.pk == ticket.pk or target.state == State.DUPLICATE:
        return False
    if not ticket.requester.is_active:  # those who now speak for the center see it
        return target.center_id == ticket.center_id
    return Ticket.objects.submitted().visible_to(ticket.requester).filter(pk=target.pk).exists()
