"""What time does to a request: silence closes it, and 180 days later its text goes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assistance import facts, notices, tickets
from assistance.lifecycle import ARCHIVE_AFTER, Action, State
from assistance.models import Ticket
from portal.core import events, nightly

DELETED = "-"  # an answered question has an answer, says its constraint


@nightly.job
def close_silent(at: datetime | None = None) -> int:
    """Tell after seven business days of silence, close after ten; return how many closed."""
    at = at or timezone.now()
    closed = 0
    for ticket in Ticket.objects.filter(state=State.ANSWERED):
        if facts.needs_notice(ticket, at):
            _give_notice(ticket, at)
        elif facts.is_silent(ticket, at):
            tickets.apply(ticket, Action.CLOSE_SILENT, by=None, at=at)
            closed += 1
    return closed


@transaction.atomic
def _give_notice(ticket: Ticket, at: datetime) -> None:
    row = tickets.lock(ticket)
    if row.state != State.ANSWERED or not facts.needs_notice(row, at):
        return
    row.notice_at = at
    row.save(update_fields=["notice_at"])
    event = events.record("request.notice", actor=None, subject=row, center_id=row.center_id, at=at)
    notices.closing_soon(row, event=event)


@nightly.job
def archive_rested(at: datetime | None = None) -> int:
    """Archive what ended 180 days ago and is not on hold; return how many."""
    at = at or timezone.now()
    rested = Ticket.objects.ended().filter(closed_at__lte=at - ARCHIVE_AFTER, is_on_hold=False)
    archived = 0
    for ticket in rested:
        _archive(ticket, at)
        archived += 1
    return archived


@transaction.atomic
def _archive(ticket: Ticket, at: datetime) -> None:
    """Purge what was written; who, when, type, center and hours stay."""
    row = tickets.apply(ticket, Action.ARCHIVE, by=None, at=at)
    row.subject = row.question = row.reason = ""
    row.save(update_fields=["subject", "question", "reason"])
    row.messages.update(text="")
    row.questions.update(subject="", body="")
    row.questions.exclude(answer="").update(answer=DELETED)
