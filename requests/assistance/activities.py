"""Recording what was done: written, changed until it is approved, corrected by a new record."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from taggit.models import Tag

from assistance import hours, lifecycle, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import ActivityRecord, GoalChange, NextStep, Ticket
from portal.core import events
from portal.core.redaction import showing
from portal.people import roles
from portal.people.models import Center, Discipline, Role, User

COLUMNS = ("type", "method", "happened_on", "minutes", "attendees", "goal", "funding")
# Whose hat somebody wears in a snapshot: the first that fits.
HATS = (Role.MANAGER, Role.DEPUTY, Role.SPECIALIST, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Step:
    what: str
    side: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Content:
    """What a record says. Every text has passed the screen."""

    type: str
    method: str
    happened_on: date
    minutes: int
    attendees: int
    participants: list[Discipline]
    topics: list[str]
    goal: str = ""
    working_notes: str = ""
    funding: str = ""
    steps: list[Step] = field(default_factory=list)


@transaction.atomic
def record(
    content: Content,
    *,
    by: User,
    key: UUID,
    ticket: Ticket | None = None,
    center: Center | None = None,
    corrects: ActivityRecord | None = None,
    staff_minutes: int = 0,
    overrides: int = 0,
    at: datetime | None = None,
) -> ActivityRecord:
    """Keep a record, of a request or of a center; the same key makes one.

    `corrects` is an approved record that this one replaces; it brings request and center along.
    `staff_minutes` logs the writer's effort, with the length and the number of people, in the same
    step. NotAllowed by the table for a request, or for whoever is no staff.
    """
    if corrects is not None:
        corrects = _lock(corrects)
        ticket, center = corrects.ticket, corrects.center
    row = tickets.lock(ticket) if ticket is not None else None
    if made := _made(key, by):
        return made
    _check_may_record(by, row)
    if corrects is not None and not _may_correct(corrects, by):
        raise NotAllowed("correct")
    chosen = row.center if row is not None else center
    if chosen is None:
        raise NotAllowed("record without a center")
    values = {
        "ticket": row,
        "center": chosen,
        "recorded_by": by,
        "recorded_at": at or timezone.now(),
        "corrects": corrects,
        "working_notes": content.working_notes,
        **{name: getattr(content, name) for name in COLUMNS},
    }
    made, is_new = ActivityRecord.objects.get_or_create(key=key, defaults=values)
    if not is_new:  # the same form, sent twice at once
        return made
    _set_lists(made, content)
    events.record("activity.recorded", actor=by, at=at, overrides=overrides, **_about(made))
    if staff_minutes:
        hours.log_activity(made, by=by, staff_minutes=staff_minutes, at=at)
    return made


@transaction.atomic
def change(
    record: ActivityRecord,
    content: Content,
    *,
    by: User,
    version: int | None = None,
    staff_minutes: int = 0,
    overrides: int = 0,
) -> ActivityRecord:
    """Write a record anew while it is not approved. NotAllowed after that, Stale when it moved."""
    row = _lock(record)
    _check_version(row, version)
    if not policies.can_change_record(by, row):
        raise NotAllowed("change an approved record")
    _check_may_record(by, row.ticket)
    if _is_looked_at(row):
        raise NotAllowed("change what a second person looks at")
    for name in COLUMNS:
        setattr(row, name, getattr(content, name))
    row.working_notes = content.working_notes
    row.version += 1
    row.save()
    _set_lists(row, content)
    events.record("activity.changed", actor=by, overrides=overrides, **_about(row))
    if staff_minutes and not row.time_entries.exists():
        hours.log_activity(row, by=by, staff_minutes=staff_minutes)
    return row


@transaction.atomic
def approve(
    record: ActivityRecord, *, by: User, version: int | None = None, at: datetime | None = None
) -> ActivityRecord:
    """Lock a record and wipe its working notes. Approving it again changes nothing."""
    row = _lock(record)
    if row.is_approved:
        return row
    _check_version(row, version)
    if not policies.can_approve_record(by, row):
        raise NotAllowed("approve")
    row.working_notes = ""
    row.approved_by, row.approved_at = by, at or timezone.now()
    row.version += 1
    row.save(update_fields=["working_notes", "approved_by", "approved_at", "version"])
    events.record("activity.approved", actor=by, at=at, **_about(row))
    return row


@transaction.atomic
def move_goal(
    record: ActivityRecord,
    *,
    by: User,
    status: str,
    key: UUID,
    reason: str = "",
    at: datetime | None = None,
) -> GoalChange:
    """Say where the goal stands, with the role in which it is said; the same key says it once.

    It goes on after the approval: the record stays as it was approved.
    """
    row = _lock(record)
    if said := GoalChange.objects.filter(key=key, changed_by=by, record=row).first():
        return said
    if not policies.works_on_record(by, row) or not row.goal:
        raise NotAllowed("move the goal")
    change = row.goal_changes.create(
        status=status,
        reason=reason,
        changed_by=by,
        role=hat(by),
        key=key,
        changed_at=at or timezone.now(),
    )
    events.record("activity.goal_moved", actor=by, at=at, status=status, **_about(row))
    return change


@transaction.atomic
def finish(step: NextStep, *, by: User, on: date | None = None) -> NextStep:
    """Say that a step is done; saying it twice keeps the first day."""
    steps = NextStep.objects.select_for_update(of=("self",)).select_related("record__ticket")
    row = steps.get(pk=step.pk)
    if not policies.can_finish_step(by, row):
        raise NotAllowed("finish")
    if row.done_on is None:
        row.done_on, row.done_by = on or timezone.localdate(), by
        row.save(update_fields=["done_on", "done_by"])
        events.record("activity.step_done", actor=by, step=row.pk, **_about(row.record))
    return row


def hat(user: User) -> str:
    """Return the role in which somebody acts today."""
    held = roles.of(user)
    return next((str(role.value) for role in HATS if role in held), str(Role.MEMBER.value))


def _is_looked_at(row: ActivityRecord) -> bool:
    """Say whether a redaction of its words waits to be decided."""
    steps = set(row.steps.values_list("pk", flat=True))
    return row.pk in showing.hidden_in(ActivityRecord) or bool(
        steps & set(showing.hidden_in(NextStep))
    )


def _lock(record: ActivityRecord) -> ActivityRecord:
    rows = ActivityRecord.objects.select_for_update(of=("self",)).select_related("ticket")
    return rows.get(pk=record.pk)


def _check_version(row: ActivityRecord, version: int | None) -> None:
    if version is not None and row.version != version:
        raise tickets.Stale(version, row.version)


def _made(key: UUID, by: User) -> ActivityRecord | None:
    made = ActivityRecord.objects.filter(key=key).first()
    if made is not None and made.recorded_by_id != by.pk:
        raise NotAllowed("key of another record")
    return made


def _check_may_record(by: User, ticket: Ticket | None) -> None:
    if ticket is None:
        may = policies.is_staff(by)
    else:
        may = lifecycle.may(Work.RECORD, State(ticket.state), policies.parts(by, ticket))
    if not may:
        raise NotAllowed("record an activity")


def _may_correct(record: ActivityRecord, by: User) -> bool:
    is_open = record.is_approved and not hasattr(record, "correction")
    return is_open and policies.works_on_record(by, record)


def _set_lists(row: ActivityRecord, content: Content) -> None:
    """Set professions, topics and steps; a step that stays in its place keeps its doing."""
    row.participants.set(content.participants)
    row.topics.set([Tag.objects.get_or_create(name=name)[0] for name in content.topics])
    have = list(row.steps.order_by("pk"))
    for old, new in zip(have, content.steps, strict=False):
        old.what, old.side, old.due_on = new.what, new.side, new.due_on
        old.save()
    for new in content.steps[len(have) :]:
        row.steps.create(what=new.what, side=new.side, due_on=new.due_on)
    for old in have[len(content.steps) :]:
        old.delete()


def _about(row: ActivityRecord) -> dict[str, Any]:
    return {"subject": row, "center_id": row.center_id}
