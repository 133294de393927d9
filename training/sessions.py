"""Live sessions: making one, calling it off, taking a place or waiting for one, giving it back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.people.models import Center, User
from training import policies, session_credit
from training.models import LiveSession, ModulePage, Registration

# What those registered must hear of when it changes.
TOLD = ("starts_at", "minutes", "mode", "place")
mail_registry.put(
    "sessions",
    "session_registered",
    "session_waiting",
    "session_placed",
    "session_reminder",
    "session_changed",
    "session_cancelled",
)
ENDLESS = 10_000  # places, where no limit is said
REMINDED = timedelta(hours=24)
HELPS_KEPT = timedelta(days=30)


@mail_registry.thing("training.livesession")
def is_registered(person: User, pk: int) -> bool:
    return Registration.objects.standing().of(person).filter(session=pk).exists()


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
def register(person: User, session: LiveSession, *, helps: Sequence[str] = ()) -> Registration:
    """Take a place, or wait for one where none is left; a second call returns the first.

    Whoever waits is moved up by themselves, first come first. `helps` is what would help the
    person take part. SessionClosed once it has begun or was cancelled, PermissionDenied for whom
    the session is not.
    """
    locked = _lock(session)
    if not policies.can_register(person, locked):
        raise PermissionDenied
    if mine := locked.registrations.standing().of(person).first():
        return mine
    if not locked.is_open:
        raise SessionClosed
    now = timezone.now()
    # Nobody passes by those who wait already.
    is_free = _places_left(locked) > 0 and not locked.registrations.waiting().exists()
    registration = Registration.objects.create(
        session=locked,
        person=person,
        registered_at=now,
        placed_at=now if is_free else None,
        helps=[each for each in Registration.Help.values if each in helps],
    )
    happened, template = (
        ("registered", "session_registered")
        if is_free
        else (
            "queued",
            "session_waiting",
        )
    )
    _record(happened, locked, by=person)
    _mail(person.pk, template, locked, f"{template}:{registration.pk}")
    return registration


@transaction.atomic
def withdraw(person: User, session: LiveSession) -> None:
    """Give the place back, or cease to wait; harmless without. SessionClosed once it has begun.

    The first who waits moves up in the same transaction.
    """
    locked = _lock(session)
    mine = locked.registrations.standing().of(person)
    if not mine.exists():
        return
    if not locked.is_open:
        raise SessionClosed
    mine.update(cancelled_at=timezone.now(), helps=[])
    _record("withdrawn", locked, by=person)
    _move_up(locked)


def _places_left(locked: LiveSession) -> int:
    if locked.capacity is None:
        return ENDLESS
    return max(locked.capacity - locked.registrations.open().count(), 0)


def _move_up(locked: LiveSession) -> None:
    """Give free places to those who wait, the first of them first, and tell them. Locked."""
    if not locked.is_open:
        return
    now = timezone.now()
    for row in locked.registrations.waiting()[: _places_left(locked)]:
        row.placed_at = now
        row.save(update_fields=["placed_at"])
        _record("placed", locked, by=None)
        _mail(row.person_id, "session_placed", locked, f"session_placed:{row.pk}")


@transaction.atomic
def create(facts: Facts, *, by: User) -> LiveSession:
    """Make a session. PermissionDenied when a trainer makes one for somebody else."""
    session = LiveSession(**_fields(facts), check_in_code=_new_code())
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
    session_credit.follow_day(locked)
    _move_up(locked)
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


@nightly.frequent
def remind() -> int:
    """Remind those with a place once, a day before; again where the session was moved since."""
    now = timezone.now()
    soon = LiveSession.objects.standing().filter(starts_at__gt=now, starts_at__lte=now + REMINDED)
    count = 0
    for session in soon:
        rows = session.registrations.open().filter(placed_at__lte=session.starts_at - REMINDED)
        for pk, person_id in rows.values_list("pk", "person_id"):
            moment = session.starts_at.strftime("%Y%m%d%H%M")
            _mail(person_id, "session_reminder", session, f"session_reminder:{pk}:{moment}")
            count += 1
    return count


@nightly.job
def forget_helps() -> int:
    """Empty what would have helped people take part, thirty days after the session."""
    past = LiveSession.objects.filter(starts_at__lt=timezone.now() - HELPS_KEPT)
    rows = Registration.objects.filter(session__in=past.values("pk")).exclude(helps=[])
    return rows.update(helps=[])


def _new_code() -> str:
    return f"{secrets.randbelow(10**6):06}"


def _lock(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_for_update().get(pk=session.pk)


def _fields(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _record(happened: str, session: LiveSession, *, by: User | None) -> None:
    events.record(
        f"training.session_{happened}", actor=by, subject=session, center_id=session.center_id
    )


def _tell(session: LiveSession, template: str) -> None:
    """Mail everyone registered, and who waits, once for each revision of the session."""
    for person_id in session.registrations.standing().values_list("person_id", flat=True):
        _mail(person_id, template, session, f"{template}:{session.pk}:{session.revision}")


def _mail(person_id: int, template: str, session: LiveSession, key: str) -> None:
    context = {"path": reverse("session", args=[session.pk])}
    mail.queue(person_id, template, subject_key=key, context=context, about=session)
