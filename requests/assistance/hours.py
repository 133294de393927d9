"""Time spent on requests: effort, length of activities and contact, in minutes and never mixed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance import lifecycle, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import ActivityRecord, Ticket, TimeEntry
from portal.core import events
from portal.core.funding import Funding
from portal.people.models import User

LONG = 180  # minutes of effort: requests of less, and of as much or more, are counted apart
MODES = {
    ActivityRecord.Method.IN_PERSON: TimeEntry.Mode.VISIT,
    ActivityRecord.Method.VIDEO: TimeEntry.Mode.CALL,
    ActivityRecord.Method.PHONE: TimeEntry.Mode.CALL,
    ActivityRecord.Method.WRITING: TimeEntry.Mode.WRITTEN,
}


@dataclass(frozen=True, slots=True)
class Split:
    """How many requests took less than three hours of effort, and how many three or more."""

    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Funded:
    """What one award pays of a request, in minutes."""

    label: str
    staff: int
    activity: int
    contact: int


@transaction.atomic
def log(
    ticket: Ticket,
    *,
    by: User,
    staff_minutes: int,
    mode: str = TimeEntry.Mode.WRITTEN,
    activity_minutes: int = 0,
    attendees: int = 0,
    worked_on: date | None = None,
    funding: str | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> TimeEntry:
    """Log one person's effort in minutes; a negative entry takes back a mistake.

    Without `funding` it is the request's of today. The same key is logged once.
    """
    row = tickets.lock(ticket)
    if key is not None and (entry := TimeEntry.objects.filter(key=key).first()):
        if (entry.ticket_id, entry.person_id) != (row.pk, by.pk):
            raise NotAllowed("key of another entry")
        return entry
    if not lifecycle.may(Work.LOG_TIME, State(row.state), policies.parts(by, row)):
        raise NotAllowed("log time")
    at = at or timezone.now()
    entry = TimeEntry.objects.create(
        ticket=row,
        person=by,
        worked_on=worked_on or timezone.localdate(at),
        mode=mode,
        staff_minutes=staff_minutes,
        activity_minutes=activity_minutes,
        attendees=attendees,
        funding=row.funding if funding is None else funding,
        key=key,
        created_at=at,
    )
    _tell(entry, row, row.center_id, by, at)
    return entry


def log_activity(
    record: ActivityRecord, *, by: User, staff_minutes: int, at: datetime | None = None
) -> TimeEntry:
    """Log the effort of an activity, its length and who came, as its record says them.

    The caller has checked the right and holds the lock.
    """
    at = at or timezone.now()
    is_training = record.type == ActivityRecord.Type.TRAINING
    mode = TimeEntry.Mode.TRAINING if is_training else MODES[ActivityRecord.Method(record.method)]
    entry = TimeEntry.objects.create(
        ticket=record.ticket,
        activity=record,
        person=by,
        worked_on=record.happened_on,
        mode=mode,
        staff_minutes=staff_minutes,
        activity_minutes=record.minutes,
        attendees=record.attendees,
        funding=record.funding,
        created_at=at,
    )
    _tell(entry, record.ticket or record, record.center_id, by, at)
    return entry


def _tell(
    entry: TimeEntry, about: Ticket | ActivityRecord, center_id: int | None, by: User, at: datetime
) -> None:
    events.record(
        "request.time_logged",
        actor=by,
        subject=about,
        center_id=center_id,
        at=at,
        minutes=entry.staff_minutes,
    )


def of(entries: Iterable[TimeEntry]) -> dict[str, int]:
    """Return minutes: `staff` effort, length of `activity`, `contact` (length x attendees)."""
    rows = list(entries)
    return {
        "staff": sum(row.staff_minutes for row in rows),
        "activity": sum(row.activity_minutes for row in rows),
        "contact": sum(row.contact_minutes for row in rows),
    }


def by_funding(ticket: Ticket, entries: Iterable[TimeEntry] | None = None) -> list[Funded]:
    """Return what each award pays; an entry that names none is paid as the request is."""
    paid: dict[str, list[TimeEntry]] = {}
    for row in ticket.time_entries.all() if entries is None else entries:
        paid.setdefault(row.funding or ticket.funding, []).append(row)
    labels = dict(Funding.choices)
    return [
        Funded(str(labels.get(award, _("No funding set"))), *of(paid[award]).values())
        for award in sorted(paid)
    ]


def split(staff_minutes: Iterable[int]) -> Split:
    """Count requests by their effort, given in minutes, one number a request."""
    spent = list(staff_minutes)
    long = sum(minutes >= LONG for minutes in spent)
    return Split(len(spent) - long, long)
