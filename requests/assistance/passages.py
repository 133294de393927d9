"""Short texts that replies use again: kept by the manager, inserted by whoever replies."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils import timezone

from assistance import policies
from assistance.lifecycle import NotAllowed
from assistance.models import Passage, Ticket
from portal.core import events
from portal.people.models import User


@transaction.atomic
def keep(
    *,
    by: User,
    key: UUID,
    title: str,
    text: str,
    topics: Sequence[str] = (),
    position: int = 0,
    is_active: bool = True,
    overrides: int = 0,
) -> Passage:
    """Keep a passage under its key, new or again. The caller has screened title and text."""
    if not policies.can_keep_desk(by):
        raise NotAllowed("keep a passage")
    values = {
        "title": title,
        "text": text,
        "position": position,
        "is_active": is_active,
        "changed_by": by,
        "changed_at": timezone.now(),
    }
    row, _made = Passage.objects.update_or_create(key=key, defaults=values)
    row.topics.set(topics)
    events.record("passage.kept", actor=by, subject=row, overrides=overrides)
    return row


def offered(ticket: Ticket) -> QuerySet[Passage]:
    """Return the active passages, those on the request's topics first."""
    near = Passage.objects.filter(topics__in=ticket.topics.all().values("pk")).values("pk")
    rank = Case(When(pk__in=near, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Passage.objects.filter(is_active=True).order_by(rank, "position", "title")


def insert(passage: Passage, typed: str) -> str:
    """Return the typed text with the passage after it, and count that it was used."""
    Passage.objects.filter(pk=passage.pk).update(used_count=F("used_count") + 1)
    return f"{typed.rstrip()}\n\n{passage.text}" if typed.strip() else passage.text
