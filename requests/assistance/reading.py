"""Everything that stands on the page of a request, read in one query."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from assistance import lifecycle, passages, policies, relations, seats, timeline, watching
from assistance.forms.relations import MERGEABLE, others
from assistance.lifecycle import Part, State, Work
from assistance.models import (
    ActivityRecord,
    Attachment,
    FollowUp,
    FollowUpChange,
    NextStep,
    PageLink,
    Relation,
    Ticket,
    Watcher,
)
from portal.core import gathering
from portal.core.gathering import IsThere, Rows
from portal.people import roles
from portal.people.models import User
from portal.people.models.dated import as_of

# What stands on few requests: it is read where `find` saw that there is some.
SELDOM = ("merged", "files", "earlier", "later", "links", "records", "follow_ups", "watchers")
OFTEN_EMPTY = ("steps", "changes", "relations", "tied")
OFFERED = ("people", "colleagues", "passages", "mergeable")
TIME = ("staff_minutes", "activity_minutes", "attendees", "funding")
RECORD = ("type", "method", "happened_on", "minutes", "attendees", "approved_at")
# Of a request, what leads to everything else; the rest of it changes nothing in the statement.
LEADS = ("pk", "center_id", "requester_id", "assignee_id", "duplicate_of_id", "follows_id")
PERSON = (*timeline.NAME, "is_active")
PAGE = ("title", "slug", "url_path", "locale")


def find(number: str, *, user: User) -> tuple[Ticket, frozenset[str]] | None:
    """Return a request that a person may see, and which of SELDOM it has."""
    found = _find(number, *roles.plain(user))
    if not found["ticket"]:
        return None
    return found["ticket"][0], frozenset(name for name in SELDOM if found[name])


@gathering.prepared
def _find(
    number: str, user_id: int, held: tuple[str, ...], centers: list[int]
) -> dict[str, Rows | IsThere]:
    user = roles.holder(user_id, held, centers)
    seen = Ticket.objects.submitted().visible_to(user).filter(number=number).order_by()
    merged = Ticket.objects.filter(duplicate_of__number=number, is_merged=True)
    return {
        "ticket": Rows(seen, center=("name",), requester=PERSON, assignee=PERSON),
        "merged": IsThere(merged),
        "files": IsThere(Attachment.objects.filter(ticket__number=number)),
        "earlier": IsThere(Relation.objects.filter(later__number=number)),
        "later": IsThere(Relation.objects.filter(earlier__number=number)),
        "links": IsThere(PageLink.objects.filter(ticket__number=number)),
        "records": IsThere(ActivityRecord.objects.filter(ticket__number=number)),
        "follow_ups": IsThere(FollowUp.objects.filter(ticket__number=number)),
        "watchers": IsThere(Watcher.objects.filter(ticket__number=number)),
    }


def everything(
    ticket: Ticket, *, user: User, parts: frozenset[Part], there: Collection[str] = SELDOM
) -> dict[str, Any]:
    """Return what the page shows to a person, and what its forms offer, by name."""
    found: dict[str, Any] = {name: [] for name in (*SELDOM, *OFTEN_EMPTY, *OFFERED)}
    found |= _everything(
        *roles.plain(user),
        tuple(sorted(parts)),
        tuple(sorted(there)),
        timezone.localdate(),
        State(ticket.state),
        *(getattr(ticket, name) for name in LEADS),
    )
    for row in found["tied"]:
        if row.pk == ticket.duplicate_of_id:
            ticket.duplicate_of = row
        if row.pk == ticket.follows_id:
            ticket.follows = row
    ticket.topic_names = [tag.name for tag in found["topics"]]
    for record in found["records"]:
        record.next_steps = _of(found["steps"], "record_id", record)
    for said in found["follow_ups"]:
        said.what_changed = _of(found["changes"], "follow_up_id", said)
    return found


@gathering.prepared
def _everything(
    user_id: int,
    held: tuple[str, ...],
    centers: list[int],
    parts: tuple[Part, ...],
    there: tuple[str, ...],
    today: date,
    state: State,
    *leads: int | None,
) -> dict[str, Rows]:
    user = roles.holder(user_id, held, centers)
    ticket = Ticket(state=state, **dict(zip(LEADS, leads, strict=True)))
    with as_of(today):
        return {
            **timeline.wanted(ticket, user, there),
            **_seldom(ticket, user, there),
            **_offered(ticket, user, frozenset(parts)),
            "topics": Rows(ticket.topics.all(), only=("name",)),
            "time": Rows(ticket.time_entries.all(), only=TIME),
        }


def texts(found: Mapping[str, Any]) -> list[Model]:
    """Return the rows with words besides those of the conversation."""
    return [*found["steps"], *found["follow_ups"], *found["mergeable"]]


def _seldom(ticket: Ticket, user: User, there: Collection[str]) -> dict[str, Rows]:
    """What was done, what the requester's side says of it, and what hangs on the request."""
    wanted: dict[str, Rows] = {}
    if "records" in there:
        records = ActivityRecord.objects.visible_to(user).filter(ticket=ticket)
        steps = NextStep.objects.filter(record__in=records.order_by().values("pk"))
        wanted |= {"records": Rows(records, only=RECORD), "steps": Rows(steps)}
    if "follow_ups" in there:
        said = FollowUp.objects.visible_to(user).filter(ticket=ticket)
        changes = FollowUpChange.objects.filter(follow_up__in=said.order_by().values("pk"))
        wanted |= {"follow_ups": Rows(said), "changes": Rows(changes)}
    if "earlier" in there or "later" in there:
        wanted |= relations.wanted(ticket, user)
    if "links" in there:
        wanted["links"] = Rows(ticket.links.all(), page=PAGE)
    if "watchers" in there:
        wanted["watchers"] = Rows(watching.rows(ticket), only=timeline.NAME)
    if ticket.duplicate_of_id or ticket.follows_id:
        tied = Q(pk=ticket.duplicate_of_id or 0) | Q(pk=ticket.follows_id or 0)
        wanted["tied"] = Rows(Ticket.objects.filter(tied), only=relations.END)
    return wanted


def _offered(ticket: Ticket, user: User, parts: frozenset[Part]) -> dict[str, Rows]:
    """What the forms let this person choose from; nothing where there is no such form."""
    state, staff, hosts = State(ticket.state), parts & policies.STAFF, parts & watching.HOSTS
    wanted: dict[str, Rows] = {}
    if lifecycle.may(Work.ASSIGN, state, parts):
        wanted["people"] = Rows(seats.people(), *seats.KNOWN, only=seats.SHOWN)
    if lifecycle.may(Work.WATCH, state, hosts):
        wanted["colleagues"] = Rows(watching.candidates(ticket), only=timeline.NAME)
    if lifecycle.may(Work.REPLY, state, staff):
        wanted["passages"] = Rows(passages.offered(ticket), only=("title",))
    if lifecycle.may(Work.MERGE, state, parts):
        wanted["mergeable"] = Rows(others(ticket, user)[:MERGEABLE], only=relations.END)
    return wanted


def _of(rows: Iterable[Any], name: str, owner: Model) -> list[Any]:
    return [row for row in rows if getattr(row, name) == owner.pk]
