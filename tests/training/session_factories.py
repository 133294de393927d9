"""Live sessions for tests: statewide, online, in a week, led by whoever is given."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.people.models import Center, User
from training import sessions
from training.models import LiveSession, Registration


def make_session(trainer: User, *, center: str = "", days: float = 7, **fields: Any) -> LiveSession:
    defaults: dict[str, Any] = {
        "title": "Words that protect",
        "summary": "",
        "starts_at": timezone.now() + timedelta(days=days),
        "minutes": 60,
        "mode": LiveSession.Mode.VIRTUAL,
        "center": Center.objects.get(slug=center) if center else None,
        "trainer": trainer,
    }
    return LiveSession.objects.create(**{**defaults, **fields})


def facts_of(session: LiveSession, **changes: Any) -> sessions.Facts:
    kept = {name: getattr(session, name) for name in sessions.Facts.__dataclass_fields__}
    return sessions.Facts(**{**kept, **changes})


def fill(session: LiveSession, *people: User) -> None:
    for person in people:
        Registration.objects.create(session=session, person=person)
