"""Time spent on a request."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assistance import lifecycle, policies
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import Ticket, TimeEntry
from portal.core import events
from portal.people.models import User


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
    at: datetime | None = None,
) -> TimeEntry:
    """Log one person's effort in minutes; a negative entry takes back a mistake."""
    if not lifecycle.may(Work.LOG_TIME, State(ticket.state), policies.parts(by, ticket)):
        raise NotAllowed("log time")
    at = at or timezone.now()
    entry = TimeEntry.objects.create(
        ticket=ticket,
        person=by,
        worked_on=worked_on or timezone.localdate(at),
        mode=mode,
        staff_minutes=staff_minutes,
        activity_minutes=activity_minutes,
        attendees=attendees,
        created_at=at,
    )
    events.record(
        "request.time_logged",
        actor=by,
        subject=ticket,
        center_id=ticket.center_id,
        at=at,
        minutes=staff_minutes,
    )
    return entry
