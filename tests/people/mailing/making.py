"""Mails for tests: asked for directly, of any class, to anybody."""

from typing import Any

from assistance.models import Ticket
from portal.core import mail, mail_registry
from portal.core.models import MailLog
from portal.people.mailing import choices
from portal.people.models import User

# One template of each class that can be chosen, and of each that cannot.
OF_CLASS = {
    "requests": "request_replied",
    "queue": "request_new",
    "training": "nudge",
    "sessions": "session_registered",
    "guidance": "guidance_new",
    "editing": "review_waiting",
    "reports": "report_due",
    "account": "new_device",
    "urgent": "request_new_today",
}
CONTEXT: dict[str, str | int] = {
    "number": "TA-27-0042",
    "url": "http://localhost:8000/requests/TA-27-0042/",
    "path": "/somewhere/",
    "device": "Firefox on Linux",
}


def ask(user: User, template: str, key: str = "k", about: Any = None, **context: Any) -> None:
    mail.queue(user.pk, template, subject_key=key, context={**CONTEXT, **context}, about=about)


def about(ticket: Ticket) -> dict[str, Any]:
    """What a notice of a request is made of."""
    number = ticket.number or ""
    url = f"http://localhost:8000{ticket.get_absolute_url()}"
    return {"about": ticket, "number": number, "url": url}


def choose(user: User, **wanted: str) -> None:
    choices.change(user, wanted, by=user)


def outcomes() -> list[str]:
    return list(MailLog.objects.order_by("pk").values_list("outcome", flat=True))


def optional() -> list[str]:
    return [c.key for c in mail_registry.optional()]
