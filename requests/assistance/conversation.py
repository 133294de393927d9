"""What is said on a request: replies that the requester sees, notes that stay inside."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assistance import attachments, hours, lifecycle, notices, policies, tickets
from assistance.lifecycle import Action, NotAllowed, Part, State, Work
from assistance.models import Message, Ticket
from portal.core import events
from portal.core.privacy.file_forms import Upload
from portal.people.models import User

# What a reply may do to the state besides being said.
# What a reply changes of the request, unless it is the answer.
SAID = (
    *("version", "moved_at", "notice_at", "first_response_at"),
    *("state", "waiting_at", "paused_minutes", "answer_by"),
)
AFTER_REPLY = frozenset({Action.ASK_BACK, Action.ANSWER})


@transaction.atomic
def reply(
    ticket: Ticket,
    *,
    by: User,
    text: str,
    key: UUID,
    version: int | None = None,
    then: Action | None = None,
    minutes: int = 0,
    overrides: int = 0,
    upload: Upload | None = None,
    at: datetime | None = None,
) -> Message:
    """Say something that both sides see. The same key is said once.

    A first reply of the staff stops the first-response clock and starts an assigned request; a
    word of the requester ends the waiting. `then` asks back or answers in the same step, and
    `minutes` logs the effort.
    """
    at = at or timezone.now()
    row = tickets.lock(ticket)
    if said := _said(row, by, key):
        return said
    tickets.check_version(row, version)
    parts = policies.parts(by, row)
    if not lifecycle.may(Work.REPLY, State(row.state), parts):
        raise NotAllowed("reply")
    is_staff = policies.is_from_staff(row, by, parts)
    message = row.messages.create(
        kind=Message.Kind.REPLY,
        author=by,
        is_from_staff=is_staff,
        text=text,
        key=key,
        created_at=at,
    )
    if minutes:
        hours.log(row, by=by, staff_minutes=minutes, at=at)
    row.version += 1
    row.moved_at = at
    row.notice_at = None
    if is_staff:
        row.first_response_at = row.first_response_at or at
    event = events.record(
        "request.replied",
        actor=by,
        subject=row,
        center_id=row.center_id,
        at=at,
        is_from_staff=is_staff,
        version=row.version,
        overrides=overrides,
    )
    action = then if is_staff else None
    if (following := action or _follows(row, parts, is_staff)) is not None:
        tickets.move(row, following, by=by, at=at, is_told=following == Action.ANSWER)
    row.save(update_fields=None if following == Action.ANSWER else SAID)
    if following != Action.ANSWER:
        notices.replied(row, event=event, by=by, is_from_staff=is_staff)
    if upload is not None:
        attachments.keep(message, upload, key=key, at=at)
    return message


def _said(row: Ticket, by: User, key: UUID) -> Message | None:
    message = Message.objects.filter(key=key).first()
    if message is not None and (message.ticket_id, message.author_id) != (row.pk, by.pk):
        raise NotAllowed("key of another message")
    return message


def _follows(row: Ticket, parts: frozenset[Part], is_staff: bool) -> Action | None:
    if is_staff and row.state == State.SUBMITTED and row.assignee_id:
        return Action.START
    if not is_staff and row.state == State.WAITING:
        return Action.RESUME
    return None


@transaction.atomic
def note(
    ticket: Ticket,
    *,
    by: User,
    text: str,
    key: UUID,
    overrides: int = 0,
    upload: Upload | None = None,
    at: datetime | None = None,
) -> Message:
    """Keep an internal note. It mails nobody, and the requester's version does not move."""
    at = at or timezone.now()
    row = tickets.lock(ticket)
    if said := _said(row, by, key):
        return said
    if not lifecycle.may(Work.NOTE, State(row.state), policies.parts(by, row)):
        raise NotAllowed("note")
    message = row.messages.create(
        kind=Message.Kind.NOTE, author=by, is_from_staff=True, text=text, key=key, created_at=at
    )
    events.record(
        "request.noted",
        actor=by,
        subject=row,
        center_id=row.center_id,
        at=at,
        overrides=overrides,
    )
    if upload is not None:
        attachments.keep(message, upload, key=key, at=at)
    return message
