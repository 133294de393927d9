"""Initiatives: what is new, and which milestones are done. The rest is written in the admin."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from portal.search import index
from resources import policies
from resources.models import Initiative, InitiativeUpdate, Milestone
from resources.policies import NotAllowed


@transaction.atomic
def tell(
    initiative: Initiative,
    *,
    text: str,
    by: User,
    key: UUID,
    overrides: int = 0,
    at: datetime | None = None,
) -> InitiativeUpdate:
    """Add an update of screened text; the same key adds one. NotAllowed by policy."""
    row = _lock(initiative, by)
    values = {"initiative": row, "text": text, "written_by": by, "written_at": at or timezone.now()}
    update, is_new = InitiativeUpdate.objects.get_or_create(key=key, defaults=values)
    if is_new:
        events.record(
            "resources.initiative_told", actor=by, subject=row, at=at, overrides=overrides
        )
        index.touch("initiative", row.pk)
    return update


@transaction.atomic
def take_back(update: InitiativeUpdate, *, by: User) -> None:
    """Delete an update: its text is kept nowhere else. NotAllowed by policy."""
    row = _lock(update.initiative, by)
    if InitiativeUpdate.objects.filter(pk=update.pk).delete()[0]:
        events.record("resources.initiative_update_removed", actor=by, subject=row)
        index.touch("initiative", row.pk)


@transaction.atomic
def finish(milestone: Milestone, *, by: User, on: date | None = None) -> Milestone:
    """Say that a milestone is done; saying it twice keeps the first day. NotAllowed by policy."""
    initiative = _lock(milestone.initiative, by)
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.done_on is None:
        row.done_on = on or timezone.localdate()
        row.save(update_fields=["done_on"])
        events.record("resources.milestone_done", actor=by, subject=initiative, milestone=row.pk)
    return row


def _lock(initiative: Initiative, by: User) -> Initiative:
    row = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if not policies.can_work_on(by, row):
        raise NotAllowed
    return row
