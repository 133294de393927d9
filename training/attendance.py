"""Who was at a session, and what follows from it. A record is never rewritten: it is replaced.

Until the session is settled its records are what is known; settling makes completions of those
who were there long enough. What is corrected later is followed at once.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from hmac import compare_digest

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people import aliases, roster
from portal.people.models import Center, Discipline, User
from training import completions, intervals, policies
from training.intervals import Stretch
from training.models import Attendance, Completion, CompletionAnnulment, LiveSession

EARLY = timedelta(minutes=30)
Source = Attendance.Source
Reason = Attendance.Reason


class TooEarly(Exception):
    """The session has not begun, or is not over, so that this cannot be said yet."""


class WrongCode(Exception):
    """The code is not this session's, or it is no longer taken."""


class Stale(Exception):
    """The record was replaced meanwhile; `args[0]` is the one that stands."""


def takes_codes(session: LiveSession, at: datetime | None = None) -> bool:
    """Say whether people can check in by the code: from half an hour before until the end."""
    now = at or timezone.now()
    stands = session.cancelled_at is None and not session.is_settled
    return stands and session.starts_at - EARLY <= now <= session.ends_at


@transaction.atomic
def check_in(person: User, session: LiveSession, code: str) -> Attendance:
    """Record that a person is there, from now to the end; a second time changes nothing.

    WrongCode; PermissionDenied for whom the session is not.
    """
    locked = _lock(session)
    if not policies.can_register(person, locked):
        raise PermissionDenied
    now = timezone.now()
    if not (takes_codes(locked, now) and _is_code(locked, code)):
        raise WrongCode
    there = locked.attendances.current().of(person).first()
    if there is not None:
        return there
    stretch = Stretch(max(now, locked.starts_at), locked.ends_at)
    return _write(locked, person, [stretch], source=Source.CODE, by=person)


@transaction.atomic
def mark(session: LiveSession, people: Collection[int], *, by: User) -> int:
    """Record people of the list as there from beginning to end; return how many were new.

    Who has a record already keeps it. TooEarly before it began; ids of others are ignored.
    """
    locked = _led(session, by)
    listed = locked.registrations.standing().filter(person__in=people).select_related("person")
    known = {aliases.resolve(row.person).pk for row in _current(locked)}
    new = 0
    for registration in listed:
        if aliases.resolve(registration.person).pk not in known:
            _write(locked, registration.person, [_whole(locked)], source=Source.LIST, by=by)
            new += 1
    return new


@transaction.atomic
def walk_in(
    session: LiveSession,
    *,
    email: str,
    first_name: str,
    last_name: str,
    discipline: Discipline | None,
    center: Center | None,
    by: User,
    stretches: Sequence[Stretch] | None = None,
) -> Attendance:
    """Record somebody who came without registering, known here or not.

    Who is not known by their work e-mail is put on the roster of `center` without an invitation;
    the center's coordinator sees them there. `stretches` are those of an online meeting; without
    them the person was there from beginning to end. A second time changes nothing.
    """
    locked = _led(session, by)
    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        person = User.objects.create(
            email=email.lower(),
            password=make_password(None),
            first_name=first_name,
            last_name=last_name,
            discipline=discipline,
        )
        events.record("people.walked_in", actor=by, subject=person)
        if center is not None:
            roster.put_on(person, center, by=by)
    person = aliases.resolve(person)
    there = locked.attendances.current().of(person).first()
    if there is not None:
        return there
    source = Source.WALK_IN if stretches is None else Source.IMPORT
    cut = [_whole(locked)] if stretches is None else _cut(locked, stretches)
    new = _write(locked, person, cut, source=source, by=by)
    if locked.is_settled:
        _follow(locked, new, by)
    return new


@transaction.atomic
def correct(
    record: Attendance,
    stretches: Sequence[Stretch],
    *,
    reason: str,
    by: User,
    source: str = Source.LIST,
) -> Attendance:
    """Replace a record, and follow that where the session is settled.

    Stale when it was replaced meanwhile. Nothing new is written where nothing differs.
    """
    locked = _led(record.session, by)
    current = locked.attendances.current().filter(person=record.person_id).get()
    if current.pk != record.pk:
        raise Stale(current)
    cut = _cut(locked, stretches)
    if intervals.to_json(cut) == current.intervals:
        return current
    new = _write(
        locked, record.person, cut, source=source, by=by, supersedes=current, reason=reason
    )
    if locked.is_settled:
        _follow(locked, new, by)
    return new


@transaction.atomic
def add(
    session: LiveSession, person: User, stretches: Iterable[Stretch], *, source: str, by: User
) -> Attendance:
    """Record somebody anew who has no record yet. The import's, and that of who was left out."""
    locked = _led(session, by)
    cut = _cut(locked, stretches)
    new = _write(locked, aliases.resolve(person), cut, source=source, by=by)
    if locked.is_settled:
        _follow(locked, new, by)
    return new


@transaction.atomic
def settle(session: LiveSession, *, by: User) -> LiveSession:
    """Make attendance credit: a completion for each who was there long enough. Once.

    TooEarly while it is not over, or was cancelled.
    """
    locked = _led(session, by)
    if locked.is_settled:
        return locked
    if not locked.is_over:
        raise TooEarly
    locked.settled_at, locked.settled_by = timezone.now(), by
    locked.save(update_fields=["settled_at", "settled_by"])
    for record in _current(locked):
        _follow(locked, record, by)
    events.record("training.session_settled", actor=by, subject=locked, center_id=locked.center_id)
    return locked


def is_enough(record: Attendance, session: LiveSession) -> bool:
    return record.minutes >= session.needed_minutes


def _follow(session: LiveSession, record: Attendance, by: User) -> None:
    """Bring the completion in line with the record that stands. The session is locked."""
    ids = aliases.person_ids(aliases.resolve(record.person))
    standing = Completion.objects.standing().filter(attendance__session=session, person__in=ids)
    if not is_enough(record, session):
        for row in standing:
            completions.annul(completion=row, reason=CompletionAnnulment.Reason.ERROR, by=by)
    elif not standing.exists():
        completions.of_attendance(record)


def _write(
    session: LiveSession,
    person: User,
    stretches: Sequence[Stretch],
    *,
    source: str,
    by: User,
    supersedes: Attendance | None = None,
    reason: str = "",
) -> Attendance:
    row = Attendance.objects.create(
        session=session,
        person=person,
        intervals=intervals.to_json(stretches),
        minutes=intervals.minutes(stretches),
        source=source,
        recorded_by=by,
        supersedes=supersedes,
        reason=reason,
    )
    center = session.center_id
    if supersedes is None:
        events.record(
            "training.attendance_recorded", actor=by, subject=row, center_id=center, source=source
        )
    else:
        events.record(
            "training.attendance_corrected", actor=by, subject=row, center_id=center, source=source
        )
    return row


def _lock(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_for_update().get(pk=session.pk)


def _led(session: LiveSession, by: User) -> LiveSession:
    """Lock a session for who leads it, once it has begun and unless it was cancelled."""
    locked = _lock(session)
    if not policies.can_lead(by, locked):
        raise PermissionDenied
    if locked.cancelled_at is not None or locked.starts_at > timezone.now():
        raise TooEarly
    return locked


def _current(session: LiveSession) -> list[Attendance]:
    return list(session.attendances.current().select_related("person").order_by("pk"))


def _cut(session: LiveSession, stretches: Iterable[Stretch]) -> list[Stretch]:
    return intervals.within(stretches, session.starts_at, session.ends_at)


def _whole(session: LiveSession) -> Stretch:
    return Stretch(session.starts_at, session.ends_at)


def _is_code(session: LiveSession, code: str) -> bool:
    said = "".join(sign for sign in code if sign in "0123456789")
    return bool(session.check_in_code) and compare_digest(session.check_in_code, said)
