"""How long a type of request usually needs: said while somebody asks, never a refusal."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from assistance import calendar, clock
from assistance.models import TypeNote
from portal.core import reference

# type: business days
DEFAULTS = {
    "information": 2,
    "review": 7,
    "protocol": 10,
    "training": 15,
    "practice": 3,
    "data": 7,
    "partner": 7,
    "policy": 10,
    "wellness": 5,
    "portal": 2,
}


@reference.loader(order=40)
def load_lead_times() -> None:
    for name, days in DEFAULTS.items():
        TypeNote.objects.get_or_create(type=name, defaults={"lead_days": days})


def that_say_something(rows: Iterable[TypeNote]) -> dict[str, TypeNote]:
    """Return the notes by type, without those that are empty."""
    return {note.type: note for note in rows if note.lead_days or note.note}


def earliest(note: TypeNote, closed: frozenset[date] | None = None) -> date:
    """Return the day that lies the usual business days after now (America/New_York).

    `closed` are the days on which the office is closed, where they were read already.
    """
    closed = clock.closed() if closed is None else closed
    return timezone.localdate(calendar.add_days(timezone.now(), note.lead_days, closed))
