"""The audit of what happened: `record` is the one way in."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import models, transaction

from portal.core.models import Event

Plain = str | int | bool | None | list[int] | list[str]
collector = logging.getLogger("portal.audit")


@dataclass(frozen=True, slots=True)
class Kind:
    """What the audit page says of a kind. Access kinds are kept two years, the others seven."""

    label: Any
    is_access: bool = False


_kinds: dict[str, Kind] = {}


def describe(labels: Mapping[str, Any], *, is_access: bool = False) -> None:
    """Say in words what an app's kinds of events are."""
    _kinds.update({kind: Kind(label, is_access) for kind, label in labels.items()})


def kinds() -> dict[str, Kind]:
    return dict(sorted(_kinds.items()))


def kind_of(name: str) -> Kind:
    return _kinds.get(name, Kind(name))


def record(
    kind: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    center_id: int | None = None,
    at: datetime | None = None,
    **data: Plain,
) -> Event:
    """Append one event in the caller's transaction; a collector is told after the commit.

    `actor` is a person or None. `data` takes ids and enum values, never text that somebody typed.
    `at` is UTC and defaults to now; only the loaders of demo data give it.
    """
    event = made(kind, actor=actor, subject=subject, center_id=center_id, at=at, **data)
    event.save(force_insert=True)
    tell(event)
    return event


def made(
    kind: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    center_id: int | None = None,
    at: datetime | None = None,
    **data: Plain,
) -> Event:
    """Return the row of an event that the caller writes with others; `tell` comes after it."""
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
    return event


def record_all(happened: Sequence[Event]) -> None:
    """Append several events in one statement, in their order, as `record` does one."""
    Event.objects.bulk_create(happened)
    for event in happened:
        tell(event)


def tell(event: Event) -> None:
    """Tell a collector after the commit of what was written."""
    transaction.on_commit(partial(_tell_collector, event), robust=True)


def as_line(event: Event) -> str:
    """Return what an event says as one line of JSON, the same on every engine."""
    said = {
        "id": event.pk,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "actor": event.actor_id,
        "subject_type": event.subject_type,
        "subject": event.subject_id,
        "center": event.center_id,
        "data": event.data,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _tell_collector(event: Event) -> None:
    collector.info("%s", as_line(event))
