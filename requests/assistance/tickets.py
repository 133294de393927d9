"""Changing a request: every change goes through the table of `lifecycle` under a locked row."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assistance import clock, facts, lifecycle, notices, numbers, policies
from assistance.lifecycle import ENDED, Action, Guard, NotAllowed, Part, State, Work
from assistance.models import Message, Ticket
from portal.core import events
from portal.core.models import Event
from portal.core.prepared import prepared
from portal.people.models import User
from portal.search import index

FOLLOW_UP = timedelta(days=60)
SYSTEM = frozenset({Part.SYSTEM})


class Stale(Exception):
    """The request has moved since the form was made; nothing was changed."""

    def __init__(self, seen: int, now: int) -> None:
        super().__init__(f"version {seen}, now {now}")
        self.seen = seen


class Unmet(Exception):
    """The transition exists, and guards are not met: `guards` names them."""

    def __init__(self, guards: tuple[Guard, ...]) -> None:
        super().__init__(", ".join(guards))
        self.guards = guards


def lock(ticket: Ticket, *, version: int | None = None) -> Ticket:
    """Return the row as it stands now, locked until the commit. Stale when it has moved on."""
    for row in _locked(ticket.pk):
        check_version(row, version)
        return row
    raise Ticket.DoesNotExist


@prepared
def _locked(pk: int) -> QuerySet[Ticket]:
    return Ticket.objects.select_for_update().filter(pk=pk)


def check_version(row: Ticket, version: int | None) -> None:
    if version is not None and row.version != version:
        raise Stale(version, row.version)


@transaction.atomic
def submit(ticket: Ticket, *, by: User, overrides: int = 0, at: datetime | None = None) -> Ticket:
    """Take a number and hand the draft in. A second call for the same draft changes nothing.

    `overrides` counts the warnings of the screen that the writer settled.
    """
    row = lock(ticket)
    if row.state != State.DRAFT and row.requester_id == by.pk:
        return row
    return _apply(row, Action.SUBMIT, by=by, at=at, data={"overrides": overrides})


def submit_new(draft: Ticket, *, by: User, overrides: int, at: datetime) -> Ticket:
    """Hand in a draft that the caller's transaction has made, and say of both.

    Search is told by the notice of it, so that nobody waits for that.
    """
    drafted = events.made("request.drafted", actor=by, subject=draft, at=at)
    data = {"overrides": overrides}
    move(draft, Action.SUBMIT, by=by, at=at, data=data, before=[drafted])
    with index.left_out():
        draft.save()
    return draft


@transaction.atomic
def apply(
    ticket: Ticket,
    action: Action,
    *,
    by: User | None,
    version: int | None = None,
    reason: str = "",
    target: Ticket | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Take one transition of the table. `by` is None for the nightly jobs.

    NotAllowed when the table has none for this person, Unmet when a guard fails, Stale when
    `version` is not the request's. `target` is what a duplicate duplicates.
    """
    row = lock(ticket, version=version)
    return _apply(row, action, by=by, at=at, reason=reason, target=target)


def _apply(
    row: Ticket,
    action: Action,
    *,
    by: User | None,
    at: datetime | None,
    reason: str = "",
    target: Ticket | None = None,
    data: dict[str, int] | None = None,
) -> Ticket:
    move(row, action, by=by, at=at or timezone.now(), reason=reason, target=target, data=data)
    row.save()
    return row


def move(
    row: Ticket,
    action: Action,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    target: Ticket | None = None,
    data: dict[str, int] | None = None,
    is_told: bool = True,
    held: frozenset[Part] | None = None,
    before: Sequence[Event] = (),
) -> None:
    """Take one transition on a locked row; the caller saves it. `is_told=False` mails nobody.

    `before` are events to record with its own: the row is new then. `held` are the parts under
    which the caller lets `by` act, by default those that `by` has.
    """
    if held is None:
        held = policies.parts(by, row) if by is not None else SYSTEM
    known = facts.of(row, at=at, reason=reason, target=target)
    transition = lifecycle.find(known, action, held)
    if unmet := lifecycle.missing(transition, known):
        raise Unmet(unmet)
    source, row.state = row.state, transition.target
    row.version += 1
    row.moved_at = at
    _leave(row, State(source), at)
    _enter(row, action, by=by, at=at, reason=reason, target=target)
    event = events.made(
        f"request.{action}",
        actor=by,
        subject=row,
        center_id=row.center_id,
        at=at,
        source=source,
        target=str(row.state),
        version=row.version,
        **(data or {}),
    )
    events.record_all([*before, event])
    if is_told:
        notices.about_action(row, action, event=event, by=by, is_new=bool(before))


def _leave(row: Ticket, source: State, at: datetime) -> None:
    if source == State.WAITING and row.waiting_at:
        clock.end_pause(row, at)


def _enter(
    row: Ticket,
    action: Action,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    target: Ticket | None,
) -> None:
    if action == Action.SUBMIT:
        row.number = numbers.take(at)
        row.submitted_at = at
        row.respond_by, row.answer_by = clock.dues(row.urgency, at)
    elif action == Action.ASK_BACK:
        row.waiting_at = at
    elif action == Action.ANSWER:
        _answer(row, by, at)
    elif action == Action.REOPEN and by is not None:
        _reopen(row, by, at, reason)
    if row.state in ENDED:
        row.closed_at = at
    if row.state in lifecycle.REASONED:
        row.reason, row.duplicate_of = reason, target


def _answer(row: Ticket, by: User | None, at: datetime) -> None:
    row.answered_at = at
    row.assignee = row.assignee or by
    row.first_response_at = row.first_response_at or at
    row.follow_up_on = row.follow_up_on or timezone.localdate(at) + FOLLOW_UP
    row.notice_at = None


def _reopen(row: Ticket, by: User, at: datetime, reason: str) -> None:
    """The reason is said in the conversation, where the next answer will look for it."""
    is_staff = by.pk != row.requester_id and policies.can_see_notes(by, row)
    row.messages.create(
        kind=Message.Kind.REPLY,
        author=by,
        is_from_staff=is_staff,
        text=reason,
        key=uuid.uuid4(),
        created_at=at,
    )
    row.answer_by = clock.answer_due(row.urgency, at)
    row.reopened_count += 1
    row.reopened_at = at
    row.answered_at = row.closed_at = row.notice_at = row.follow_up_on = None


@transaction.atomic
def assign(
    ticket: Ticket, *, by: User, to: User, version: int | None = None, at: datetime | None = None
) -> Ticket:
    """Give a request to a specialist or a manager. NotAllowed for anybody else."""
    row = lock(ticket, version=version)
    if not lifecycle.may(Work.ASSIGN, State(row.state), policies.parts(by, row)):
        raise NotAllowed("assign")
    if not policies.assignable().filter(pk=to.pk).exists():
        raise NotAllowed("assign to")
    if row.assignee_id == to.pk:
        return row
    row.assignee = to
    row.version += 1
    row.save()
    event = events.record(
        "request.assigned",
        actor=by,
        subject=row,
        center_id=row.center_id,
        at=at,
        assignee=to.pk,
        version=row.version,
    )
    notices.assigned(row, event=event, by=by)
    return row


def assign_many(tickets: list[Ticket], *, by: User, to: User) -> int:
    """Give several requests to one person; return how many. Those that cannot be given stay."""
    given = 0
    for ticket in tickets:
        try:
            assign(ticket, by=by, to=to)
        except NotAllowed:
            continue
        given += 1
    return given
