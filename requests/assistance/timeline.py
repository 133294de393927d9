"""The course of a request as one person may see it: words and changes, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistance.lifecycle import Action
from assistance.models import Message, Ticket
from portal.core.models import Event
from portal.people.models import User

SHOWN = frozenset({*(f"request.{action}" for action in Action), "request.assigned"})
REPLIED = "request.replied"


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, or a change told in one line (`templates/assistance/change.html`)."""

    at: datetime
    message: Message | None = None
    change: str = ""
    by: User | None = None
    to: User | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a version: the changes, and how many replies came."""

    entries: list[Entry]
    replies: int

    def __bool__(self) -> bool:
        return bool(self.entries or self.replies)


def of(ticket: Ticket, *, user: User) -> list[Entry]:
    """Return messages and changes in order; notes only for those who may see them."""
    messages = Message.objects.visible_to(user).filter(ticket=ticket).select_related("author")
    said = [Entry(message.created_at, message=message) for message in messages]
    changes = [entry for entry in _changes(_events(ticket)) if entry.change != Action.SUBMIT]
    return sorted([*said, *changes], key=lambda entry: entry.at)


def since(ticket: Ticket, version: int) -> News:
    """Return what the requester's version has moved by since `version`."""
    newer = [event for event in _events(ticket) if event.data.get("version", 0) > version]
    replies = sum(event.kind == REPLIED for event in newer)
    return News(_changes([e for e in newer if e.kind != REPLIED]), replies)


def _events(ticket: Ticket) -> list[Event]:
    events = Event.objects.filter(subject_type="assistance.ticket", subject_id=str(ticket.pk))
    return list(events.filter(kind__in={*SHOWN, REPLIED}).order_by("at", "pk"))


def _changes(events: list[Event]) -> list[Entry]:
    events = [event for event in events if event.kind in SHOWN]
    people = User.objects.in_bulk({pk for event in events for pk in _people(event)})
    return [
        Entry(
            event.at,
            change=event.kind.removeprefix("request."),
            by=people.get(event.actor_id or 0),
            to=people.get(_assignee(event) or 0),
        )
        for event in events
    ]


def _assignee(event: Event) -> int | None:
    data: dict[str, Any] = event.data
    return data.get("assignee")


def _people(event: Event) -> list[int]:
    return [pk for pk in (event.actor_id, _assignee(event)) if pk]
