"""The audit of what happened: `record` is the one way in."""

from datetime import datetime
from typing import Any

from django.db import models

from portal.core.models import Event

Plain = str | int | bool | None | list[int] | list[str]


def record(
    kind: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    center_id: int | None = None,
    at: datetime | None = None,
    **data: Plain,
) -> Event:
    """Append one event in the caller's transaction.

    `actor` is a person or None. `data` takes ids and enum values, never text that somebody typed.
    `at` is UTC and defaults to now; only the loaders of demo data give it.
    """
    event = Event(
        kind=kind,
        actor_id=actor.pk if actor is not None else None,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        center_id=center_id,
        data=data,
    )
    if at is not None:
        event.at = at
    event.save(force_insert=True)
    return event
