"""Drafts: a request before it has a number. Only its writer sees it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import policies, tickets
from assistance.lifecycle import NotAllowed, State
from assistance.models import Ticket
from portal.core import events
from portal.people import retention
from portal.people.models import Center, Discipline, User

KEPT = timedelta(days=30)
COLUMNS = (
    "subject",
    "question",
    "type",
    "center",
    "urgency",
    "wanted_by",
    "setting",
    "age_band",
    "stage",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says. Every text has passed the screen."""

    subject: str = ""
    question: str = ""
    type: str = ""
    center: Center | None = None
    urgency: str = ""
    wanted_by: date | None = None
    setting: str = ""
    age_band: str = ""
    stage: str = ""
    topics: list[str] = field(default_factory=list)
    involved: list[Discipline] = field(default_factory=list)
    discipline: Discipline | None = None


@transaction.atomic
def save(
    asked: Asked,
    *,
    by: User,
    key: UUID,
    follows: Ticket | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Keep a draft under its key, new or again. NotAllowed for another's, or once submitted."""
    if not policies.can_create(by):
        raise NotAllowed("write a request")
    if asked.center is not None and not policies.can_request_for(by, asked.center):
        raise NotAllowed("request for this center")
    at = at or timezone.now()
    draft, made = Ticket.objects.select_for_update().get_or_create(
        uuid=key, defaults={"requester": by, "created_at": at, "follows": follows}
    )
    if draft.requester_id != by.pk or draft.state != State.DRAFT:
        raise NotAllowed("edit")
    for name in COLUMNS:
        setattr(draft, name, getattr(asked, name))
    draft.discipline = asked.discipline or draft.discipline or by.discipline
    draft.edited_at = at
    draft.save()
    draft.topics.set(asked.topics)
    draft.involved.set(asked.involved)
    if made:
        events.record("request.drafted", actor=by, subject=draft, at=at)
    return draft


@transaction.atomic
def send(
    asked: Asked,
    *,
    by: User,
    key: UUID,
    follows: Ticket | None = None,
    overrides: int = 0,
    at: datetime | None = None,
) -> Ticket:
    """Save and submit in one step. A second post of the same key returns the first's request."""
    sent = Ticket.objects.submitted().filter(uuid=key, requester=by).first()
    if sent is not None:
        return sent
    draft = save(asked, by=by, key=key, follows=follows, at=at)
    return tickets.submit(draft, by=by, overrides=overrides, at=at)


@transaction.atomic
def discard(draft: Ticket, *, by: User | None) -> None:
    """Delete a draft for good; `by` is None for the nightly sweep. It leaves an event behind."""
    row = Ticket.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if row is None or (by is not None and row.requester_id != by.pk):
        raise NotAllowed("discard")
    events.record("request.discarded", actor=by, subject=row)
    row.delete()


def untouched() -> QuerySet[Ticket]:
    """Return the drafts that nobody has touched for thirty days."""
    return Ticket.objects.filter(state=State.DRAFT, edited_at__lt=timezone.now() - KEPT)


def sweep(drafts: QuerySet[Ticket] | None = None) -> int:
    """Delete drafts (by default the untouched ones); return how many."""
    swept = 0
    for draft in untouched() if drafts is None else drafts:
        discard(draft, by=None)
        swept += 1
    return swept


retention.register(
    retention.Rule(
        "drafts",
        _("Drafts of requests that nobody touched"),
        _("30 days"),
        untouched,
        sweep,
        "requester",
    )
)
