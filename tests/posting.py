"""Delivering mail in tests, also what waits some minutes to be gathered."""

from typing import Any

from django.core import mail
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect
from portal.people.mailing import carrying


def deliver() -> None:
    """Have everything that is due; what waits to be gathered is had now, not in five minutes."""
    for _round in range(5):
        while outbox.deliver_all(limit=5000):  # each call ends with its budget of time
            pass
        soon = Effect.objects.filter(
            kind=carrying.KIND, done_at=None, payload__goes="soon", due_at__gt=timezone.now()
        )
        soon.update(due_at=timezone.now())


def delivered() -> list[Any]:
    """Deliver, and return the mails that went out meanwhile."""
    mail.outbox.clear()
    deliver()
    found = list(mail.outbox)
    mail.outbox.clear()
    return found


def said(message: Any) -> str:
    """Return the sentence that a mail says."""
    return str(message.body).partition("\n\n")[0]
