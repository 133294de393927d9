"""The state of what the portal stands on: "ok", or what is wrong in two or three words."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from portal.core import insert_only, virus_scan
from portal.core.models import Effect
from portal.search import choosing

DEGRADED = "the database searches"
LATE = timedelta(minutes=15)


def states(connection: BaseDatabaseWrapper) -> dict[str, str]:
    found = {
        "database": state_of(lambda: connection.ensure_connection()),
        "cache": state_of(lambda: cache.add("readyz", 1, 5)),
        "facts": state_of(_triggers_stand),
        "outbox": state_of(_outbox_moves),
    }
    if settings.CLAMD_URL:
        found["scanner"] = state_of(lambda: virus_scan.check(settings.CLAMD_URL))
    if choosing.uses_elasticsearch():
        health = choosing.engine().health()
        found["elasticsearch"] = "ok" if health == "ok" else f"{DEGRADED} ({health})"
    return found


def is_ready(states: dict[str, str]) -> bool:
    """Say whether the portal can serve; without Elasticsearch it searches in the database."""
    return all(state == "ok" or state.startswith(DEGRADED) for state in states.values())


def state_of(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:
        return type(error).__name__
    return "ok"


def _triggers_stand() -> None:
    if insert_only.missing():
        raise MissingTriggers


def _outbox_moves() -> None:
    late = timezone.now() - LATE
    if Effect.objects.filter(done_at__isnull=True, due_at__lt=late, attempts=0).exists():
        raise OutboxLate


class MissingTriggers(Exception):
    """An insert-only table stands without its triggers."""


class OutboxLate(Exception):
    """An effect has been due for a quarter of an hour and no worker took it."""
