"""Whether beat and the workers are there: each says so once a minute, and the page reads it.

A worker is heard when a call of beat went through the broker to its queue; beat itself when it
asks for anything at all. So one row tells beat, and three tell the queues.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from celery import signals
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from portal import workers
from portal.core.models import Heartbeat

BEAT = "beat"
EVERY = (BEAT, *workers.NAMES)
SILENT_AFTER = timedelta(minutes=5)
NOTED_EVERY = 30.0  # seconds between two notes of beat
logger = logging.getLogger(__name__)
_beat: dict[str, float] = {}


def hear(name: str) -> None:
    """Note that beat, or a worker of the queue of this name, is there."""
    values = {"heard_at": timezone.now()}
    if not Heartbeat.objects.filter(name=name).update(**values):
        row = Heartbeat(name=name, **values)
        Heartbeat.objects.bulk_create([row], ignore_conflicts=True)


def heard() -> QuerySet[Heartbeat]:
    """Return those that were heard lately; all is well when it is every one."""
    since = timezone.now() - SILENT_AFTER
    return Heartbeat.objects.filter(name__in=EVERY, heard_at__gt=since)


def last() -> dict[str, datetime | None]:
    """Return when each was last heard."""
    rows = dict(Heartbeat.objects.values_list("name", "heard_at"))
    return {name: rows.get(name) for name in EVERY}


def _note(names: list[str]) -> None:
    """Note it from a process that keeps no connection; a database that is away is no matter."""
    try:
        for name in names:
            hear(name)
    except Exception as error:
        logger.warning("A heartbeat was not noted: %s", type(error).__name__)
    finally:
        connection.close()


@signals.beat_init.connect
@signals.beat_embedded_init.connect
def beat_began(**kwargs: Any) -> None:
    _beat["noted"] = time.monotonic()
    _note([BEAT])


@signals.before_task_publish.connect
def beat_asked(**kwargs: Any) -> None:
    """In beat's process alone: a web process that asks for a task says nothing of beat."""
    if _beat and time.monotonic() - _beat["noted"] > NOTED_EVERY:
        _beat["noted"] = time.monotonic()
        _note([BEAT])


@signals.worker_ready.connect
def worker_began(sender: Any, **kwargs: Any) -> None:
    """Say so at once, not a minute later."""
    consumed = set(sender.app.amqp.queues.consume_from)
    _note([name for name in workers.NAMES if name in consumed])
