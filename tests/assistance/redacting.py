"""A request into which details got in spite of the screen, for the tests of redaction."""

from typing import Any
from uuid import uuid4

from django.test import Client

from assistance import redactions
from assistance.models import Message, Ticket
from portal.core.models import Redaction
from portal.people import redactions as deciding
from portal.people.models import User
from tests.assistance import making
from tests.world import World

NAME = "Zebulon Quackenbush-Test"
BORN = "14 March 2009"
LINE = f"Our question concerns {NAME}, who was born on {BORN}."


def leaky(world: World, **changes: Any) -> Ticket:
    """A request of Essex whose subject, question, reply and note hold a made-up name."""
    values = {"subject": f"About {NAME}", "question": f"{LINE} What now?", **changes}
    ticket = making.sent(world, **values)
    making.tickets.assign(ticket, by=world.manager, to=world.specialist)
    making.say(ticket, world.specialist, f"Thank you. {NAME} is not to be named here.")
    note = {"kind": "note", "is_from_staff": True, "text": f"Only in the note: Ottoline. {NAME}"}
    Message.objects.create(ticket=ticket, author=world.specialist, key=uuid4(), **note)
    ticket.refresh_from_db()
    return ticket


def asked(ticket: Ticket, by: User, words: str = NAME, **more: Any) -> Redaction:
    values = {"category": "name", "reason": "typed", "key": uuid4(), "words": words, **more}
    return redactions.ask_on_request(ticket, by=by, **values)


def agreed(ticket: Ticket, world: World, words: str = NAME, **more: Any) -> Redaction:
    return deciding.agree(asked(ticket, world.coordinator, words, **more), by=world.manager)


def form(words: str = NAME, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "where": "words",
        "words": words,
        "category": "name",
        "reason": "typed",
        **changes,
    }


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, path: str) -> str:
    return client_of(user).get(path).content.decode()
