"""The state of what the portal stands on: "ok", or what is wrong in two or three words."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from portal.core import insert_only
from portal.core.models import Effect

LATE = timedelta(minutes=15)


def states(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {
        "database": _state(lambda: connection.ensure_connection()),
        "cache": _state(lambda: cache.set("readyz", 1, 5)),
        "facts": _state(_triggers_stand),
        "outbox": _state(_outbox_moves),
    }


def _state(check: Callable[[], object]) -> str:
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
