"""Work by the clock that is begun once in each period, however many beats ask for it.

The row of a job is its lock and its record. Periods are counted from midnight UTC. A holder that
died lets its lock run out; the next period begins the job again.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core.models import JobRun

Work = Callable[[], object]
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
logger = logging.getLogger(__name__)


def slot_of(every: timedelta, at: datetime | None = None) -> datetime:
    """Return the begin of the period in which an instant lies."""
    since = (at or timezone.now()) - EPOCH
    return EPOCH + (since // every) * every


def run(name: str, work: Work, *, every: timedelta, held: timedelta, by_hand: bool = False) -> bool:
    """Do the work and record how it went; say whether it was begun.

    Not begun while somebody else does it, nor twice in a period. By hand it is begun once more in
    the same period, and counts for it. An error is recorded by its class, and raised to nobody.
    """
    began_at = _begin(name, slot_of(every), held, by_hand=by_hand)
    if began_at is None:
        return False
    try:
        work()
    except Exception as error:
        logger.error("Job %s failed: %s", name, type(error).__name__)
        _end(name, began_at, failed_at=timezone.now(), last_error=type(error).__name__)
    else:
        _end(name, began_at, ended_at=timezone.now(), last_error="")
    return True


def is_due(row: JobRun | None, every: timedelta) -> bool:
    """Say whether a job was not begun yet in the period of now."""
    return row is None or row.slot is None or row.slot < slot_of(every)


def at_work() -> QuerySet[JobRun]:
    return JobRun.objects.filter(held_until__gt=timezone.now())


def _begin(name: str, slot: datetime, held: timedelta, *, by_hand: bool) -> datetime | None:
    """Take the lock; return the instant by which this holder is known."""
    now = timezone.now()
    mine = JobRun.objects.filter(Q(held_until=None) | Q(held_until__lt=now), name=name)
    if not by_hand:
        mine = mine.filter(Q(slot=None) | Q(slot__lt=slot))
    # Read first: a call in vain, and most are, writes nothing.
    if not mine.exists() and JobRun.objects.filter(name=name).exists():
        return None
    JobRun.objects.bulk_create([JobRun(name=name)], ignore_conflicts=True)
    return now if mine.update(slot=slot, began_at=now, held_until=now + held) else None


def _end(name: str, began_at: datetime, **values: object) -> None:
    """Let go, unless the lock ran out and is somebody else's now."""
    JobRun.objects.filter(name=name, began_at=began_at).update(held_until=None, **values)
