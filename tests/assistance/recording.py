"""Activity records for tests, made through the domain functions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from assistance import activities
from assistance.activities import Content, Step
from assistance.models import ActivityRecord, Ticket
from portal.people.models import Center, Discipline, User


def content(**changes: Any) -> Content:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "type": "assistance",
        "method": "video",
        "happened_on": today,
        "minutes": 90,
        "attendees": 12,
        "participants": list(Discipline.objects.all()[:2]),
        "topics": ["facilitation"],
        "goal": "Every meeting ends with one list of tasks",
        "working_notes": "Zebrafinch: ask again about the timer.",
        "funding": "voca",
        "steps": [
            Step("Send the agenda", "staff", today + timedelta(days=3)),
            Step("Try it at the next meeting", "center", today + timedelta(days=10)),
        ],
    }
    return Content(**{**values, **changes})


def recorded(by: User, ticket: Ticket | None = None, **changes: Any) -> ActivityRecord:
    """A record of a request, or of the Essex center."""
    center = None if ticket else Center.objects.get(slug="essex")
    return activities.record(content(**changes), by=by, key=uuid4(), ticket=ticket, center=center)


def record_form(**changes: Any) -> dict[str, Any]:
    """What a browser posts for a whole record of a request."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "key": str(uuid4()),
        "type": "training",
        "method": "in_person",
        "happened_on": today.isoformat(),
        "minutes": "120",
        "attendees": "15",
        "participants": [d.pk for d in Discipline.objects.all()[:2]],
        "topics": ["facilitation"],
        "goal": "Every meeting ends with one list of tasks",
        "working_notes": "Bring the timer next time.",
        "funding": "voca",
        "staff_minutes": "200",
        "step1_what": "Send the agenda",
        "step1_side": "staff",
        "step1_due_on": (today + timedelta(days=5)).isoformat(),
    }
    return {**values, **changes}
