"""Requests for tests, made through the domain functions."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from assistance import attachments, conversation, drafts, tickets
from assistance.drafts import Asked
from assistance.lifecycle import Action
from assistance.models import Attachment, Ticket
from portal.core.privacy.file_forms import Upload
from portal.people.models import Center, User
from tests.core.privacy.uploads import CALM, pdf
from tests.world import World

QUESTION = "How do other teams keep the agenda of a meeting to 45 minutes?"


def asked(center: str = "essex", **changes: Any) -> Asked:
    values: dict[str, Any] = {
        "subject": "Agenda that fits 45 minutes",
        "question": QUESTION,
        "type": "practice",
        "center": Center.objects.get(slug=center),
        "urgency": "routine",
        "wanted_by": timezone.localdate() + timedelta(days=14),
        "topics": ["facilitation"],
    }
    return Asked(**{**values, **changes})


def draft(by: User, center: str = "essex", **changes: Any) -> Ticket:
    return drafts.save(asked(center, **changes), by=by, key=uuid4())


def sent(world: World, *, at: datetime | None = None, **changes: Any) -> Ticket:
    """A submitted request of Essex, assigned to nobody."""
    return drafts.send(asked(**changes), by=world.coordinator, key=uuid4(), at=at)


def assigned(world: World, *, to: User | None = None, at: datetime | None = None) -> Ticket:
    ticket = sent(world, at=at)
    return tickets.assign(ticket, by=world.manager, to=to or world.specialist, at=at)


def answered(world: World, *, at: datetime | None = None) -> Ticket:
    ticket = assigned(world, at=at)
    say(
        ticket,
        world.specialist,
        "Put the safety items first.",
        then=Action.ANSWER,
        minutes=30,
        at=at,
    )
    ticket.refresh_from_db()
    return ticket


def closed(world: World, *, at: datetime | None = None) -> Ticket:
    return tickets.apply(answered(world, at=at), Action.CONFIRM, by=world.coordinator, at=at)


def say(ticket: Ticket, by: User, text: str = "Thank you.", **more: Any) -> Any:
    return conversation.reply(ticket, by=by, text=text, key=uuid4(), **more)


def upload(text: str = CALM, **changes: Any) -> Upload:
    return Upload(**{"name": "agenda.pdf", "kind": "pdf", "data": pdf(text), **changes})


def attached(ticket: Ticket, by: User, *, key: UUID | None = None, **more: Any) -> Attachment:
    return attachments.add(ticket, more.pop("file", upload()), by=by, key=key or uuid4(), **more)


def form_data(**changes: Any) -> dict[str, Any]:
    """What a browser posts for a whole request."""
    values: dict[str, Any] = {
        "key": str(uuid4()),
        "type": "practice",
        "topics": ["facilitation"],
        "subject": "Agenda that fits 45 minutes",
        "question": QUESTION,
        "center": Center.objects.get(slug="essex").pk,
        "urgency": "week",
        "wanted_by": (date.today() + timedelta(days=20)).isoformat(),
        "send": "1",
    }
    return {**values, **changes}
