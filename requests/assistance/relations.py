"""Tying requests together: related, merged into one, split in two.

Both ends are checked: nobody ties a request to one they may not work on, and a merge stays within
a center, since whoever reads the one then reads the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance import lifecycle, notices, policies, tickets, watching
from assistance.lifecycle import Action, NotAllowed, Part, State, Work
from assistance.models import Relation, Ticket
from portal.core import events, gathering
from portal.core.gathering import Rows
from portal.people.models import User

END = ("uuid", "number", "state", "subject")


def wanted(ticket: Ticket, user: User) -> dict[str, Rows]:
    """Return what `related` stands on, to be read in one query with the rest of a page."""
    seen = Relation.objects.of(ticket).visible_to(user)
    return {"relations": Rows(seen, earlier=END, later=END)}


def related(
    ticket: Ticket, *, user: User, found: Mapping[str, Any] | None = None
) -> list[tuple[Relation, Ticket]]:
    """Return each relation with its other end, as far as the person may see that end."""
    if found is None:
        found = gathering.read(**wanted(ticket, user))
    return [(row, row.other(ticket)) for row in found["relations"]]


@transaction.atomic
def relate(ticket: Ticket, *, by: User, to: Ticket, at: datetime | None = None) -> Relation:
    """Say that two requests belong together; saying it twice is harmless."""
    row, other = _both(ticket, to, Work.RELATE, by)
    first, second = sorted((row, other), key=lambda each: each.pk)
    made, is_new = Relation.objects.get_or_create(
        earlier=first, later=second, defaults={"added_by": by, "added_at": at or timezone.now()}
    )
    if is_new:
        for one, two in ((row, other), (other, row)):
            events.record("request.related", actor=by, at=at, **_about(one, two))
    return made


@transaction.atomic
def part(ticket: Ticket, *, by: User, relation: Relation) -> None:
    """Take a relation back. NotAllowed for whoever may not work on both ends."""
    row, other = _both(ticket, relation.other(ticket), Work.RELATE, by)
    if Relation.objects.filter(pk=relation.pk).delete()[0]:
        for one, two in ((row, other), (other, row)):
            events.record("request.unrelated", actor=by, **_about(one, two))


@transaction.atomic
def merge(
    ticket: Ticket,
    *,
    by: User,
    into: Ticket,
    version: int | None = None,
    at: datetime | None = None,
) -> Ticket:
    """End a request as a duplicate whose conversation goes on in another; return the other.

    Nothing that was said moves or is lost: the other's page shows both. Its clocks take the earlier
    end of the two, and whoever asked or watched the merged one watches the other.
    """
    at = at or timezone.now()
    row, target = _both(ticket, into, Work.MERGE, by)
    tickets.check_version(row, version)
    if row.center_id != target.center_id:
        raise NotAllowed("merge across centers")
    row.duplicates.filter(is_merged=True).update(duplicate_of=target)
    reason = _("Merged into %(number)s") % {"number": target.number}
    tickets.move(
        row, Action.MARK_DUPLICATE, by=by, at=at, reason=reason, target=target, is_told=False
    )
    row.is_merged = True
    row.save()
    _take_earlier_ends(target, row)
    target.version += 1
    target.moved_at = at
    target.save()
    for user in [row.requester, *(watcher.user for watcher in row.watchers.all())]:
        watching.follow(target, user, by=by, at=at)
    version = target.version
    events.record("request.merged", actor=by, at=at, version=version, **_about(target, row))
    event = events.record(
        "request.merged_away", actor=by, subject=row, center_id=row.center_id, at=at
    )
    notices.merged(row, event=event, by=by)
    return target


def _take_earlier_ends(target: Ticket, merged: Ticket) -> None:
    """Who asked first is answered by the first end; an answered request keeps its own."""
    if target.is_awaiting_first_reply and merged.first_response_at is None:
        target.respond_by = _earlier(target.respond_by, merged.respond_by)
    target.answer_by = _earlier(target.answer_by, merged.answer_by)


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min((end for end in (first, second) if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class Second:
    """What the request that is split off says. Every text has passed the screen."""

    subject: str
    question: str
    type: str
    topics: list[str] = field(default_factory=list)


@transaction.atomic
def split(
    ticket: Ticket,
    second: Second,
    *,
    by: User,
    key: UUID,
    overrides: int = 0,
    at: datetime | None = None,
) -> Ticket:
    """Make a second request out of one that asks two things; the same key makes one.

    It is the requester's, of the same center, urgency and day, assigned to the same person, with a
    number of its own; the two are related.
    """
    at = at or timezone.now()
    row = tickets.lock(ticket)
    if not lifecycle.may(Work.SPLIT, State(row.state), policies.parts(by, row)):
        raise NotAllowed("split")
    if made := Ticket.objects.filter(uuid=key).first():
        if made.split_from_id != row.pk:
            raise NotAllowed("key of another request")
        return made
    made = _copy(row, second, key, at)
    tickets.move(
        made,
        Action.SUBMIT,
        by=by,
        at=at,
        held=frozenset({Part.OWNER}),
        data={"overrides": overrides},
        is_told=False,
    )
    made.save()
    first, later = sorted((row, made), key=lambda each: each.pk)
    Relation.objects.create(earlier=first, later=later, added_by=by, added_at=at)
    row.version += 1
    row.moved_at = at
    row.save()
    events.record("request.split", actor=by, at=at, version=row.version, **_about(row, made))
    event = events.record(
        "request.split_off", actor=by, subject=made, center_id=made.center_id, at=at
    )
    notices.split_off(made, event=event, by=by)
    return made


def _copy(row: Ticket, second: Second, key: UUID, at: datetime) -> Ticket:
    made = Ticket.objects.create(
        uuid=key,
        split_from=row,
        requester=row.requester,
        center=row.center,
        discipline=row.discipline,
        urgency=row.urgency,
        wanted_by=row.wanted_by,
        setting=row.setting,
        age_band=row.age_band,
        stage=row.stage,
        assignee=row.assignee,
        subject=second.subject,
        question=second.question,
        type=second.type,
        created_at=at,
        edited_at=at,
    )
    made.topics.set(second.topics)
    made.involved.set(row.involved.all())
    return made


def _both(ticket: Ticket, other: Ticket, work: Work, by: User) -> tuple[Ticket, Ticket]:
    """Lock two requests in one order; NotAllowed unless the work is allowed on both."""
    if ticket.pk == other.pk:
        raise NotAllowed(f"{work} with itself")
    found = Ticket.objects.select_for_update().filter(pk__in=[ticket.pk, other.pk])
    rows = {row.pk: row for row in found.order_by("pk")}
    for row in rows.values():
        if not lifecycle.may(work, State(row.state), policies.parts(by, row)):
            raise NotAllowed(work)
    return rows[ticket.pk], rows[other.pk]


def _about(ticket: Ticket, other: Ticket) -> dict[str, Any]:
    return {"subject": ticket, "center_id": ticket.center_id, "other": other.pk}
