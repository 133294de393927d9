"""The outbox: no effect exists only in a broker.

Every mail, certificate and index change is a row written in the transaction of the change itself.
The commit wakes the worker; beat delivers what is overdue. A handler runs at least once, so it is
written to be harmless when repeated (a unique row, a stable Message-ID).
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portal.core.models import Effect

Handler = Callable[[Effect], None]
LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)

_handlers: dict[str, Handler] = {}
logger = logging.getLogger(__name__)


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that has the effects of one kind."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def add(
    kind: str,
    subject: str,
    *,
    bucket: str = "",
    payload: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Ask for an effect, in the caller's transaction. The same (kind, subject, bucket) is had once.

    `payload` holds ids and enum values, never text that somebody typed.
    """
    effect = Effect(kind=kind, subject=subject, bucket=bucket, payload=dict(payload or {}))
    effect.due_at = due_at or timezone.now()
    Effect.objects.bulk_create([effect], ignore_conflicts=True)
    transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Tell the worker that something is due. A broker that is down costs time, never the effect."""
    from portal.core.tasks import deliver_due

    try:
        deliver_due.delay()
    except Exception as error:
        logger.warning("The broker did not take a message (%s); beat will.", type(error).__name__)


def open_effects() -> QuerySet[Effect]:
    """Return the effects that are due and that no worker holds."""
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return Effect.objects.filter(free, done_at__isnull=True, due_at__lte=now).order_by("due_at")


def deliver_all(limit: int = 200) -> int:
    """Have every effect that is due; return how many were had."""
    return sum(deliver(pk) for pk in open_effects().values_list("pk", flat=True)[:limit])


def deliver(pk: int) -> bool:
    """Have one effect, unless another worker holds it; say whether it was had now."""
    lease = timezone.now() + LEASE
    if not open_effects().filter(pk=pk).update(leased_until=lease, attempts=F("attempts") + 1):
        return False
    effect = Effect.objects.get(pk=pk)
    try:
        _handlers[effect.kind](effect)
    except Exception as error:
        _put_off(effect, error)
        return False
    Effect.objects.filter(pk=pk).update(done_at=timezone.now(), leased_until=None, last_error="")
    return True


def _put_off(effect: Effect, error: Exception) -> None:
    """Try again later, each time after a longer pause. Only the error's class is kept."""
    pause = min(timedelta(seconds=30) * 2**effect.attempts, LONGEST_PAUSE)
    logger.error("Effect %s %s failed: %s", effect.pk, effect.kind, type(error).__name__)
    Effect.objects.filter(pk=effect.pk).update(
        due_at=timezone.now() + pause, leased_until=None, last_error=type(error).__name__
    )
