"""Starting a module."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people import audience
from portal.people.models import User
from training import assignments, releases
from training.models import Assignment, Completion, Enrolment, ModulePage


class NotOpen(Exception):
    """The module is in preparation, withdrawn, or not for this person."""


@transaction.atomic
def enrol(*, person: User, module: ModulePage, at: datetime | None = None) -> Enrolment:
    """Start a module at its current release, or return the enrolment that stands.

    Parallel starts make one row. After an annulled completion, and where an assignment asks for
    the module once more, a new cycle begins. NotOpen when nothing is released, the page is
    withdrawn, or the person may not read it.
    """
    standing = find(person, module)
    if standing is not None and not begins_anew(standing):
        return standing
    release = releases.current(module)
    if release is None or not module.live or not audience.can_read(person, module):
        raise NotOpen
    enrolment, made = Enrolment.objects.get_or_create(
        person=person,
        module=module,
        cycle=standing.cycle + 1 if standing else 1,
        defaults={"number": release.number, "started_at": at or timezone.now()},
    )
    if made:
        events.record("training.enrolled", actor=person, subject=enrolment, at=at)
    return enrolment


def find(person: User, module: ModulePage) -> Enrolment | None:
    """Return the person's enrolment in a module, that of a merged account included."""
    rows = Enrolment.objects.of(person).filter(module=module)
    return rows.select_related("person", "module").first()


def begins_anew(enrolment: Enrolment) -> bool:
    """Say whether a completed module may be taken once more: annulled, or asked for anew."""
    if enrolment.completed_at is None:
        return False
    return _is_annulled(enrolment) or assigned_again(enrolment) is not None


def assigned_again(enrolment: Enrolment) -> Assignment | None:
    """Return the assignment that asks for a completed module once more."""
    if enrolment.completed_at is None:
        return None
    day = timezone.localdate(enrolment.completed_at)
    return assignments.asks_again(enrolment.person_id, enrolment.module_id, completed_on=day)


def _is_annulled(enrolment: Enrolment) -> bool:
    return not Completion.objects.standing().filter(enrolment=enrolment).exists()
