"""How a request is filed: topics, discipline, funding, follow-up day, legal hold."""

from datetime import date

from django.db import transaction

from assistance import lifecycle, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import Ticket
from portal.core import events
from portal.people.models import Discipline, User


@transaction.atomic
def classify(
    ticket: Ticket,
    *,
    by: User,
    funding: str | None = None,
    follow_up_on: date | None = None,
    is_on_hold: bool | None = None,
    topics: list[str] | None = None,
    discipline: Discipline | None = None,
) -> Ticket:
    """Set what reports and the retention job read; what is None stays as it is.

    The requester's version does not move.
    """
    row = tickets.lock(ticket)
    if not lifecycle.may(Work.CLASSIFY, State(row.state), policies.parts(by, row)):
        raise NotAllowed("classify")
    row.funding = row.funding if funding is None else funding
    row.is_on_hold = row.is_on_hold if is_on_hold is None else is_on_hold
    row.follow_up_on = follow_up_on or row.follow_up_on
    row.discipline = discipline or row.discipline
    row.save(update_fields=["funding", "follow_up_on", "is_on_hold", "discipline"])
    if topics is not None:
        row.topics.set(topics)
    events.record(
        "request.classified",
        actor=by,
        subject=row,
        center_id=row.center_id,
        funding=row.funding,
        is_on_hold=row.is_on_hold,
    )
    return row
