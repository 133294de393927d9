"""Drafts: a request before it has a number. Only its writer sees it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from assistance import policies, tickets
from assistance.lifecycle import NotAllowed, State
from assistance.models import Ticket
from portal.core import events
from portal.people import retention
from portal.people.models import Center, Discipline, User

NEVER = ""  # what a form carries as `seen` that was not saved before
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


class SavedElsewhere(Exception):
    """The draft was saved, or sent, since its form was made: `row` is what stands now."""

    def __init__(self, row: Ticket) -> None:
        super().__init__(row.pk)
        self.row = row


def differing(asked: Asked, row: Ticket) -> list[str]:
    """Return the names of what a form says otherwise than a row."""
    names = [name for name in COLUMNS if getattr(asked, name) != getattr(row, name)]
    if set(asked.topics) != set(row.topics.names()):
        names.append("topics")
    if {each.pk for each in asked.involved} != set(row.involved.values_list("pk", flat=True)):
        names.append("involved")
    return names


@transaction.atomic
def save(
    asked: Asked,
    *,
    by: User,
    key: UUID,
    follows: Ticket | None = None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Keep a draft under its key, new or again. NotAllowed for another's, or once submitted.

    `seen` is when the draft had been saved as its form was made ("" for a new one). Where it was
    saved since with other words, SavedElsewhere, and nothing is changed.
    """
    _check(asked, by)
    at = at or timezone.now()
    draft = _locked(key)
    if draft is None:
        try:
            with transaction.atomic():
                draft = _make(asked, by=by, key=key, follows=follows, at=at)
                events.record("request.drafted", actor=by, subject=draft, at=at)
                return draft
        except IntegrityError:  # the same form, sent twice at once: the other was first
            if (draft := _locked(key)) is None:
                raise
    return _save(draft, asked, by=by, seen=seen, at=at)


def _check(asked: Asked, by: User) -> None:
    if not policies.can_create(by):
        raise NotAllowed("write a request")
    if asked.center is not None and not policies.can_request_for(by, asked.center):
        raise NotAllowed("request for this center")


def _locked(key: UUID) -> Ticket | None:
    return Ticket.objects.select_for_update().filter(uuid=key).order_by().first()


def _make(asked: Asked, *, by: User, key: UUID, follows: Ticket | None, at: datetime) -> Ticket:
    draft = Ticket(
        uuid=key,
        requester=by,
        follows=follows,
        created_at=at,
        edited_at=at,
        **{name: getattr(asked, name) for name in COLUMNS},
    )
    draft.discipline_id = asked.discipline.pk if asked.discipline else by.discipline_id
    draft.save(force_insert=True)
    _give_topics(draft, asked.topics)
    if asked.involved:
        draft.involved.add(*asked.involved)
    return draft


def _give_topics(draft: Ticket, topics: list[str]) -> None:
    """Give a new draft its topics; one by one only where a topic is nobody's yet."""
    known = list(Tag.objects.filter(name__in=topics))
    if len(known) < len(set(topics)):
        draft.topics.set(topics)
        return
    kind = ContentType.objects.get_for_model(Ticket)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, content_type=kind, object_id=draft.pk) for tag in known
    )


def _save(draft: Ticket, asked: Asked, *, by: User, seen: str | None, at: datetime) -> Ticket:
    if draft.requester_id != by.pk:
        raise NotAllowed("edit")
    if seen is not None and seen != stamp(draft) and differing(asked, draft):
        raise SavedElsewhere(draft)
    if draft.state != State.DRAFT:
        raise NotAllowed("edit")
    for name in COLUMNS:
        setattr(draft, name, getattr(asked, name))
    draft.discipline = asked.discipline or draft.discipline or by.discipline
    draft.edited_at = at
    draft.save()
    draft.topics.set(asked.topics)
    draft.involved.set(asked.involved)
    return draft


def stamp(draft: Ticket) -> str:
    """Return when a draft was last saved, as a form carries it (UTC)."""
    return draft.edited_at.astimezone(UTC).isoformat()


@transaction.atomic
def send(
    asked: Asked,
    *,
    by: User,
    key: UUID,
    follows: Ticket | None = None,
    seen: str | None = None,
    overrides: int = 0,
    at: datetime | None = None,
) -> Ticket:
    """Save and submit in one step. A second post of the same key returns the first's request."""
    at = at or timezone.now()
    # A form that was never saved is nobody's yet, unless it is sent twice.
    row = None if seen == NEVER else _locked(key)
    if row is None:
        _check(asked, by)
        try:
            with transaction.atomic():
                draft = _make(asked, by=by, key=key, follows=follows, at=at)
                draft.topic_names = asked.topics
                return tickets.submit_new(draft, by=by, overrides=overrides, at=at)
        except IntegrityError:  # the same form, sent twice at once: the other was first
            if (row := _locked(key)) is None:
                raise
    if row.state != State.DRAFT and row.requester_id == by.pk:
        if seen is not None and differing(asked, row):
            raise SavedElsewhere(row)
        return row
    draft = save(asked, by=by, key=key, follows=follows, seen=seen, at=at)
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
