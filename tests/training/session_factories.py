"""Live sessions for tests: statewide, online, in a week, led by whoever is given."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.people.models import Center, User
from training import attendance, sessions
from training.intervals import Stretch
from training.models import Attendance, LiveSession, Registration


def make_session(trainer: User, *, center: str = "", days: float = 7, **fields: Any) -> LiveSession:
    defaults: dict[str, Any] = {
        "title": "Words that protect",
        "summary": "",
        "starts_at": timezone.now() + timedelta(days=days),
        "minutes": 60,
        "mode": LiveSession.Mode.VIRTUAL,
        "center": Center.objects.get(slug=center) if center else None,
        "trainer": trainer,
        "check_in_code": "123456",
    }
    return LiveSession.objects.create(**{**defaults, **fields})


def facts_of(session: LiveSession, **changes: Any) -> sessions.Facts:
    kept = {name: getattr(session, name) for name in sessions.Facts.__dataclass_fields__}
    return sessions.Facts(**{**kept, **changes})


def fill(session: LiveSession, *people: User) -> None:
    for person in people:
        Registration.objects.create(session=session, person=person, placed_at=timezone.now())


def make_held(
    trainer: User, *people: User, minutes: int | None = None, **fields: Any
) -> LiveSession:
    """A session of yesterday at which the people were, all the time unless `minutes` are given."""
    session = make_session(trainer, **{"days": -1, **fields})
    fill(session, *people)
    for person in people:
        be_there(session, person, minutes)
    return session


def be_there(session: LiveSession, person: User, minutes: int | None = None) -> Attendance:
    length = session.minutes if minutes is None else minutes
    stretch = Stretch(session.starts_at, session.starts_at + timedelta(minutes=length))
    return attendance.add(
        session, person, [stretch], source=Attendance.Source.LIST, by=session.trainer
    )
