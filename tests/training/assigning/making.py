"""Days, and assignments made through the domain function."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.people.models import User
from training import assignments
from training.models import (
    Assignment,
    PathwayPage,
)

NOON = 12


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, NOON))


@contextmanager
def on(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the calendar say another day."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at(day))
        yield


def asked(person: User, pathway: PathwayPage, **more: Any) -> Assignment:
    return assignments.assign(person, pathway, **{"due_on": days(30), "by": person, **more})
