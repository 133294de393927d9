"""Live sessions: making one, calling it off, taking a place and giving it back."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.core import events, mail
from portal.people.models import Center, User
from training import policies
from training.models import LiveSession, ModulePage, Registration

# What those registered must hear of when it changes.
TOLD = ("starts_at", "minutes", "mode", "place")


class SessionFull(Exception):
    """Every place is taken."""


class SessionClosed(Exception):
    """The session has begun or was cancelled."""


class TooFewPlaces(Exception):
    """More people are registered than the new capacity holds; `args[0]` is how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What its trainer says of a session. Text has passed the screen; `starts_at` is UTC."""

    title: str
    summary: str
    module: ModulePage | None
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    center: Center | None
    trainer: User
    capacity: int | None


@transaction.atomic
def register(person: User, session: LiveSession) -> Registration:
    """Take a place, once; a second call returns the first registration.

    SessionFull when none is left, SessionClosed once it has begun or was cancelled,
    PermissionDenied for whom the session is not.
    """
    locked = _lock(session)
    if not policies.can_register(person, locked):
        raise PermissionDenied
    taken = locked.registrations.open()
    if mine := taken.of(person).first():
        return mine
    if not locked.is_open:
        raise SessionClosed
    if locked.capacity is not None and taken.count() >= locked.capacity:
        raise SessionFull
    registration = Registration.objects.create(session=locked, person=person)
    _record("registered", locked, by=person)
    _mail(person.pk, "session_registered", locked, f"session_registered:{registration.pk}")
    return registration


@transaction.atomic
def withdraw(person: User, session: LiveSession) -> None:
    """Give the place back; harmless without one. SessionClosed once it has begun."""
    locked = _lock(session)
    mine = locked.registrations.open().of(person)
    if not mine.exists():
        return
    if not locked.is_open:
        raise SessionClosed
    mine.update(cancelled_at=timezone.now())
    _record("withdrawn", locked, by=person)


@transaction.atomic
def create(facts: Facts, *, by: User) -> LiveSession:
    """Make a session. PermissionDenied when a trainer makes one for somebody else."""
    session = LiveSession(**_fields(facts))
    if not (policies.can_make_sessions(by) and policies.can_lead(by, session)):
        raise PermissionDenied
    session.save()
    _record("made", session, by=by)
    return session


@transaction.atomic
def change(session: LiveSession, facts: Facts, *, by: User) -> LiveSession:
    """Change a session and, where day, length or place change, tell those registered.

    TooFewPlaces when the capacity would fall below the places taken, SessionClosed once it has
    begun or was cancelled.
    """
    locked = _lock(session)
    fields = _fields(facts)
    if not policies.can_lead(by, locked) or not policies.can_lead(by, LiveSession(**fields)):
        raise PermissionDenied
    if not locked.is_open:
        raise SessionClosed
    taken = locked.registrations.open().count()
    if facts.capacity is not None and facts.capacity < taken:
        raise TooFewPlaces(taken)
    must_tell = any(getattr(locked, name) != fields[name] for name in TOLD)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save()
    _record("changed", locked, by=by)
    if must_tell:
        _tell(locked, "session_changed")
    return locked


@transaction.atomic
def cancel(session: LiveSession, *, by: User) -> None:
    """Call a session off and tell those registered; harmless when repeated."""
    locked = _lock(session)
    if not policies.can_lead(by, locked):
        raise PermissionDenied
    if locked.cancelled_at is not None:
        return
    if not locked.is_open:
        raise SessionClosed
    locked.cancelled_at = timezone.now()
    locked.revision += 1
    locked.save(update_fields=["cancelled_at", "revision"])
    _record("cancelled", locked, by=by)
    _tell(locked, "session_cancelled")


def _lock(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_for_update().get(pk=session.pk)


def _fields(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _record(happened: str, session: LiveSession, *, by: User) -> None:
    events.record(
        f"training.session_{happened}", actor=by, subject=session, center_id=session.center_id
    )


def _tell(session: LiveSession, template: str) -> None:
    """Mail everyone registered, once for each revision of the session."""
    for person_id in session.registrations.open().values_list("person_id", flat=True):
        _mail(person_id, template, session, f"{template}:{session.pk}:{session.revision}")


def _mail(person_id: int, template: str, session: LiveSession, key: str) -> None:
    context = {"path": reverse("session", args=[session.pk])}
    mail.queue(person_id, template, subject_key=key, context=context)
