"""Which guards of the table a request meets."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from assistance import clock
from assistance.lifecycle import ARCHIVE_AFTER, REOPEN_WITHIN, Facts, Guard, State
from assistance.models import Ticket

SILENCE_DAYS = 10  # business days
NOTICE_DAYS = 7  # business days of silence until we say that silence will close it


def of(ticket: Ticket, *, at: datetime, reason: str = "", target: Ticket | None = None) -> Facts:
    """Return the facts of a request at an instant, with what a form brought along."""
    met = {
        Guard.COMPLETE: is_complete(ticket),
        Guard.ASSIGNED: ticket.assignee_id is not None,
        Guard.FOLLOW_UP_SET: ticket.follow_up_on is not None,
        Guard.REASON_GIVEN: bool(reason.strip()),
        Guard.NO_HOLD: not ticket.is_on_hold,
        **_of_time(ticket, at),
    }
    if ticket.is_open:
        met |= _of_conversation(ticket)
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
    return all(filled) and ticket.topics.exists()


def _of_time(ticket: Ticket, at: datetime) -> Mapping[Guard, bool]:
    ended = ticket.closed_at or ticket.answered_at
    return {
        Guard.WITHIN_30_DAYS: _since(ended, at) <= REOPEN_WITHIN,
        Guard.RESTED_180_DAYS: ended is not None and _since(ended, at) >= ARCHIVE_AFTER,
        Guard.SILENCE: is_silent(ticket, at),
    }


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


def _of_conversation(ticket: Ticket) -> Mapping[Guard, bool]:
    replies = ticket.messages.replies()
    last = replies.order_by("-created_at", "-pk").first()
    ours = replies.filter(is_from_staff=True)
    links = ticket.links.all()
    if ticket.reopened_at:  # what was said before did not help
        ours = ours.filter(created_at__gt=ticket.reopened_at)
        links = links.filter(added_at__gt=ticket.reopened_at)
    return {
        Guard.QUESTION_SENT: last is not None and last.is_from_staff,
        Guard.ANSWER_GIVEN: ours.exists() or links.exists(),
        Guard.TIME_LOGGED: ticket.time_entries.exists(),
    }


def _is_visible_to_requester(ticket: Ticket, target: Ticket) -> bool:
    if target.pk == ticket.pk or target.state == State.DUPLICATE:
        return False
    return Ticket.objects.submitted().visible_to(ticket.requester).filter(pk=target.pk).exists()
