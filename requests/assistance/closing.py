"""What time does to a request: silence closes it, and 180 days later its text goes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import attachments, facts, notices, tickets
from assistance.lifecycle import ARCHIVE_AFTER, Action, State
from assistance.models import Ticket
from portal.core import events, nightly
from portal.core.models import Redaction
from portal.core.redaction import showing
from portal.people import retention

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


def rested(at: datetime | None = None) -> QuerySet[Ticket]:
    """Return what ended 180 days ago, is not on hold itself, and has nothing to redact first.

    One that was merged stays readable in the other, and goes after it.
    """
    before = (at or timezone.now()) - ARCHIVE_AFTER
    ended = Ticket.objects.ended().filter(closed_at__lte=before, is_on_hold=False)
    alone = ended.filter(Q(is_merged=False) | Q(duplicate_of__state=State.ARCHIVED))
    waiting = Redaction.objects.open().filter(subject_type=Ticket._meta.label_lower)
    ids = [int(pk) for pk in waiting.values_list("subject_id", flat=True)]
    return alone.exclude(pk__in=[*ids, *showing.hidden_in(Ticket)])


def archive(tickets_: QuerySet[Ticket], at: datetime | None = None) -> int:
    """Archive requests; return how many."""
    archived = 0
    for ticket in tickets_:
        _archive(ticket, at or timezone.now())
        archived += 1
    return archived


retention.register(
    retention.Rule(
        "requests",
        _("What was written in requests that ended"),
        _("180 days, then the record alone"),
        rested,
        archive,
        "requester assignee messages__author attachments__uploaded_by questions__asker",
    )
)


@transaction.atomic
def _archive(ticket: Ticket, at: datetime) -> None:
    """Purge what was written; who, when, type, center and hours stay."""
    row = tickets.apply(ticket, Action.ARCHIVE, by=None, at=at)
    row.subject = row.question = row.reason = ""
    row.save(update_fields=["subject", "question", "reason"])
    row.messages.update(text="")
    attachments.purge(row.attachments.kept())
    row.watchers.all().delete()
    row.follow_ups.update(comment="")
    row.activities.filter(approved_at=None).update(working_notes="")
    row.questions.update(subject="", body="")
    row.questions.exclude(answer="").update(answer=DELETED)
