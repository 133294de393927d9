"""The course of a request as one person may see it: words and changes, oldest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Model, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from assistance import policies
from assistance.lifecycle import Action
from assistance.models import Attachment, Message, Ticket
from portal.core import gathering
from portal.core.gathering import Rows
from portal.core.models import Event
from portal.people.models import User

SHOWN = frozenset(
    {
        *(f"request.{action}" for action in Action),
        "request.assigned",
        "request.merged",
        "request.split",
        "request.split_off",
    }
)
REPLIED = "request.replied"
REDACTED = frozenset(f"redaction.{what}" for what in ("asked", "agreed", "declined"))
# Told to whoever had the page open; in its course the files themselves stand.
FILES = frozenset({"request.attached", "request.detached"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, a file by itself, or a change told in one line (`assistance/change.html`).

    `asked` is a request that was merged into this one, with its own question; `origin` the number
    of such a request where the words come from it. `files` came with a message; `file` stands by
    itself, and once more at the moment it was removed.
    """

    at: datetime
    message: Message | None = None
    asked: Ticket | None = None
    files: tuple[Attachment, ...] = ()
    file: Attachment | None = None
    origin: str = ""
    change: str = ""
    by: User | None = None
    to: User | None = None
    other: str = ""

    @property
    def rows(self) -> list[Model]:
        """Return the rows whose words are shown."""
        return [row for row in (self.message, self.asked, self.file, *self.files) if row]


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a version: the changes, and how many replies came."""

    entries: list[Entry]
    replies: int

    def __bool__(self) -> bool:
        return bool(self.entries or self.replies)


MERGED = ("number", "state", "submitted_at", "question")
SAID = ("ticket", "kind", "is_from_staff", "text", "created_at")
NAME = ("first_name", "last_name", "chosen_name")


def wanted(
    ticket: Ticket, user: User, there: Collection[str] = ("merged", "files")
) -> dict[str, Rows]:
    """Return what `of` stands on, to be read in one query with the rest of a page.

    `there` says whether other requests were merged into it, and whether it may have files.
    """
    wanted, here = _course(ticket), Q(ticket=ticket)
    if "merged" in there:
        merged = Ticket.objects.filter(duplicate_of=ticket.pk, is_merged=True).visible_to(user)
        wanted["merged"] = Rows(merged, only=MERGED, requester=NAME)
        both = Ticket.objects.filter(Q(pk=ticket.pk) | Q(duplicate_of=ticket.pk, is_merged=True))
        here = Q(ticket__in=both.values("pk"))
    messages = Message.objects.visible_to(user).filter(here)
    wanted["messages"] = Rows(messages, only=SAID, author=NAME)
    if "merged" in there or "files" in there:
        files = Attachment.objects.visible_to(user).filter(here)
        people = {"uploaded_by": NAME, "removed_by": NAME}
        wanted["files"] = Rows(files, ticket=("number",), **people)
    return wanted


def _course(ticket: Ticket) -> dict[str, Rows]:
    """The events of a request, and the people and the other requests that they name."""
    about = Event.objects.filter(subject_type="assistance.ticket", subject_id=str(ticket.pk))
    events = about.filter(kind__in={*SHOWN, *FILES, *REDACTED, REPLIED})
    assigned = events.annotate(named=Cast(KT("data__assignee"), BigIntegerField()))
    other = events.annotate(named=Cast(KT("data__other"), BigIntegerField()))
    named = events.values("actor_id").union(assigned.values("named"))
    return {
        "events": Rows(events.order_by("at", "pk"), only=("at", "kind", "actor_id", "data")),
        "actors": Rows(User.objects.filter(pk__in=named), only=NAME),
        # Both are of one center, so that nothing is told.
        "others": Rows(Ticket.objects.filter(pk__in=other.values("named")), only=("number",)),
    }


def of(ticket: Ticket, *, user: User, found: Mapping[str, Any] | None = None) -> list[Entry]:
    """Return messages and changes in order; notes only for those who may see them.

    `found` is what `wanted` gave, where it was read already.
    """
    if found is None:
        found = gathering.read(**wanted(ticket, user))
    merged, files = {row.pk: row for row in found["merged"]}, found["files"]
    said = [
        Entry(
            message.created_at,
            message=message,
            files=tuple(file for file in files if file.message_id == message.pk),
            origin=(merged[message.ticket_id].number or "") if message.ticket_id in merged else "",
        )
        for message in found["messages"]
    ]
    asked = [
        Entry(row.submitted_at, asked=row, origin=row.number or "")
        for row in merged.values()
        if row.submitted_at
    ]
    kinds = SHOWN | REDACTED if policies.can_see_notes(user, ticket) else SHOWN
    changes = [e for e in _changes(found, found["events"], kinds) if e.change != Action.SUBMIT]
    return sorted([*asked, *said, *_of_files(files), *changes], key=lambda entry: entry.at)


def _of_files(files: list[Attachment]) -> Iterator[Entry]:
    for file in files:
        if file.message_id is None:
            yield Entry(file.created_at, file=file, by=file.uploaded_by)
        if file.removed_at:
            yield Entry(file.removed_at, change="detached", by=file.removed_by)


def since(ticket: Ticket, version: int) -> News:
    """Return what the requester's version has moved by since `version`."""
    found = gathering.read(**_course(ticket))
    newer = [event for event in found["events"] if event.data.get("version", 0) > version]
    replies = sum(event.kind == REPLIED for event in newer)
    return News(_changes(found, newer, SHOWN | FILES), replies)


def _changes(
    found: Mapping[str, Any], events: Iterable[Event], kinds: frozenset[str]
) -> list[Entry]:
    people = {row.pk: row for row in found["actors"]}
    others = {row.pk: row.number or "" for row in found["others"]}
    return [
        Entry(
            event.at,
            change=event.kind.removeprefix("request."),
            by=people.get(event.actor_id or 0),
            to=people.get(_assignee(event) or 0),
            other=others.get(event.data.get("other") or 0, ""),
        )
        for event in events
        if event.kind in kinds
    ]


def _assignee(event: Event) -> int | None:
    data: dict[str, Any] = event.data
    return data.get("assignee")
