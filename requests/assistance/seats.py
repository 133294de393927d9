"""Who covers which topics, so that a request finds the person who knows the matter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance import policies
from assistance.lifecycle import NotAllowed
from assistance.models import SpecialistSeat, Ticket
from assistance.models.choices import topic_label
from portal.core import events
from portal.core.gathering import CountUpTo, JSONRows
from portal.people import anonymising
from portal.people.models import User
from portal.people.models.dated import end_dated

KNOWN = ("load", "covered")  # what `people` adds to each
SHOWN = ("first_name", "last_name", "chosen_name")
MOST_LOAD = 1000  # open requests of one person; nobody counts further


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a request may be given to: what they cover of it, and how much they have."""

    user: User
    covers: tuple[str, ...]
    load: int

    @property
    def label(self) -> str:
        load = ngettext("%(n)d open", "%(n)d open", self.load) % {"n": self.load}
        if not self.covers:
            return f"{self.user.name} ({load})"
        said = {"name": self.user.name, "topics": ", ".join(self.covers), "load": load}
        return _("%(name)s (covers: %(topics)s; %(load)s)") % said


def people() -> Any:
    """Return who may be given requests, each with `load`, how many open ones they have, and
    `covered`, the names of the topics that they cover today."""
    mine = Ticket.objects.open().filter(assignee=OuterRef("pk"))
    seats = SpecialistSeat.objects.active().filter(user=OuterRef("pk"), topics__isnull=False)
    covered = seats.order_by().values(found=JSONObject(name="topics__name"))
    return policies.assignable().annotate(
        load=CountUpTo(MOST_LOAD, mine), covered=JSONRows(covered)
    )


def candidates(topics: Collection[str] | None = None, *, among: Any = None) -> list[Candidate]:
    """Return who may be given requests: who covers the topics first, then the least busy.

    Without `topics` everything that each covers is named, by name. `among` are the rows of
    `people`, where they were read already.
    """
    found = []
    for user in people() if among is None else among:
        names = sorted({each["name"] for each in user.covered})
        kept = names if topics is None else [name for name in names if name in topics]
        found.append(Candidate(user, tuple(topic_label(n) for n in kept), user.load))
    found.sort(key=lambda each: (each.user.last_name, each.user.first_name))
    if topics is not None:
        found.sort(key=lambda each: (-len(each.covers), each.load))
    return found


def choices(found: Sequence[Candidate]) -> list[Any]:
    """Return choices for a list, those who cover a topic in a group of their own on top."""
    nearer = [(each.user.pk, each.label) for each in found if each.covers]
    others = [(each.user.pk, each.label) for each in found if not each.covers]
    if not nearer:
        return [("", "---------"), *others]
    groups = [(_("Covers these topics"), nearer), (_("Others"), others)]
    return [("", "---------"), *[group for group in groups if group[1]]]


@transaction.atomic
def give(
    *,
    by: User,
    user: User,
    topics: Sequence[str],
    key: UUID,
    starts_on: date,
    ends_on: date | None = None,
    capacity: str = "",
    overrides: int = 0,
) -> SpecialistSeat:
    """Say what somebody covers, once per key. NotAllowed for whoever may not be assigned to."""
    if not policies.can_keep_desk(by) or not policies.assignable().filter(pk=user.pk).exists():
        raise NotAllowed("give a seat")
    seat, made = SpecialistSeat.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "capacity": capacity,
        },
    )
    if made:
        seat.topics.set(topics)
        events.record("seat.given", actor=by, subject=seat, person=user.pk, overrides=overrides)
    return seat


@transaction.atomic
def end(seat: SpecialistSeat, *, by: User) -> None:
    """End a seat with yesterday as its last day."""
    if not policies.can_keep_desk(by):
        raise NotAllowed("end a seat")
    events.record("seat.ended", actor=by, subject=seat, person=seat.user_id)
    end_dated(SpecialistSeat.objects.filter(pk=seat.pk))


@anonymising.also
def _forget(ids: list[int]) -> None:
    SpecialistSeat.objects.filter(user__in=ids).update(capacity="")
