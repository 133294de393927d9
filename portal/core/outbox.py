"""The outbox: no effect exists only in a broker.

Every mail, certificate and index change is a row written in the transaction of the change itself.
The commit wakes the worker; beat delivers what is overdue. A handler runs at least once, so it is
written to be harmless when repeated (a unique row, a stable Message-ID), and one that comes late
asks `hold` before it does what cannot be repeated.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.core import effect_kinds
from portal.core.effect_kinds import Lane
from portal.core.models import Effect, EffectQuerySet, MailLog

Handler = Callable[[Effect], None]
LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 16  # with the pauses between them a little less than two days
LOST_AT_ONCE = 4  # attempts at what loses its worker, before it has to wait as well
PORTION, OF_THE_REST = 10, 2  # effects read at once; so many of them are the longest waiting
BUDGET = 20.0  # seconds in which one run begins effects

_handlers: dict[str, Handler] = {}
_gathered: ContextVar[set[Lane] | None] = ContextVar("lanes to wake", default=None)
logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """The lease ran out, and another worker has the effect now."""


class WorkerLost(Exception):
    """The worker that had the effect ended, several times."""


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
    urgency: int | None = None,
) -> None:
    """Ask for an effect, in the caller's transaction. The same (kind, subject, bucket) is had once.

    `payload` holds ids and enum values, never text that somebody typed. `urgency` is that of the
    kind where nothing is said.
    """
    effect = made(kind, subject, bucket=bucket, payload=payload, due_at=due_at, urgency=urgency)
    Effect.objects.bulk_create([effect], ignore_conflicts=True)


def made(
    kind: str,
    subject: str,
    *,
    bucket: str = "",
    payload: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    urgency: int | None = None,
) -> Effect:
    """Return the row of an effect that the caller writes with others, once; the commit wakes."""
    effect = Effect(kind=kind, subject=subject, bucket=bucket, payload=dict(payload or {}))
    effect.due_at = due_at or timezone.now()
    effect.urgency = effect_kinds.find(kind).urgency if urgency is None else urgency
    _wake_after_commit(effect_kinds.lane_of(kind, effect.urgency))
    return effect


def _wake_after_commit(lane: Lane) -> None:
    """Wake once for all effects of a transaction, or of a handler."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.add(lane)
        return
    planned = (entry[1] for entry in connection.run_on_commit)
    if not any(isinstance(p, partial) and p.func is wake and p.args == (lane,) for p in planned):
        transaction.on_commit(partial(wake, lane), robust=True)


@contextmanager
def gathered() -> Iterator[None]:
    """Wake once at the end, however many effects are asked for, each in its own transaction."""
    lanes: set[Lane] = set()
    before = _gathered.set(lanes)
    try:
        yield
    finally:
        _gathered.reset(before)
        for lane in lanes:
            _wake_after_commit(lane)


def wake(lane: Lane = Lane.DUE) -> None:
    """Tell the worker that something is due. A broker that is down costs time, never the effect."""
    from portal.core import tasks

    task = {
        Lane.URGENT: tasks.deliver_urgent,
        Lane.DUE: tasks.deliver_due,
        Lane.MADE: tasks.make_due,
    }[lane]
    try:
        task.delay()
    except Exception as error:
        logger.warning("The broker did not take a message (%s); beat will.", type(error).__name__)


def open_effects(lane: Lane | None = None) -> EffectQuerySet:
    """Return the effects that are due and that no worker holds, of one lane or of all."""
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = Effect.objects.open().filter(free, due_at__lte=now)
    if lane is None:
        return rows
    is_made = Q(kind__in=effect_kinds.made())
    if lane == Lane.MADE:
        return rows.filter(is_made)
    rows = rows.exclude(is_made)
    return rows.filter(urgency=Effect.Urgency.URGENT) if lane == Lane.URGENT else rows


def deliver_all(limit: int = 200, lane: Lane | None = None) -> int:
    """Have the effects that are due, at most `limit`, begun within the budget; return how many.

    What is due is read in portions, so that what became urgent meanwhile is next.
    """
    had = tried = 0
    until = time.monotonic() + BUDGET
    while tried < limit and time.monotonic() < until:
        portion = next_due(lane)[: limit - tried]
        if not portion:
            break
        had += sum(deliver(pk) for pk in portion)
        tried += len(portion)
    return had


def next_due(lane: Lane | None = None) -> list[int]:
    """Return what comes next: the most urgent, and two of the less urgent that wait longest, so
    that these go on however much there is of the others.
    """
    rows = open_effects(lane)
    by_urgency = rows.order_by("urgency", "due_at", "pk").values_list("pk", "urgency")[:PORTION]
    first = list(by_urgency)
    ahead = first[: PORTION - OF_THE_REST]
    if len(first) < PORTION:
        return [pk for pk, _urgency in first]
    rest = rows.filter(urgency__gt=ahead[-1][1]).order_by("due_at", "pk")
    waiting = list(rest.values_list("pk", flat=True)[:OF_THE_REST])
    chosen = [pk for pk, _urgency in ahead] + waiting + [pk for pk, _urgency in first]
    return list(dict.fromkeys(chosen))[:PORTION]


def deliver(pk: int) -> bool:
    """Have one effect, unless another worker holds it; say whether it was had now."""
    effect = _take(pk)
    if effect is None:
        return False
    try:
        with gathered():
            _handlers[effect.kind](effect)
    except Overtaken:
        return False
    except Exception as error:
        _put_off(effect, error)
        return False
    done = {"done_at": timezone.now(), "leased_until": None, "last_error": "", "dead_at": None}
    Effect.objects.filter(pk=pk, set_aside_at=None).update(**done)
    return True


def _take(pk: int) -> Effect | None:
    """Take the lease; None where somebody else was quicker, or where it has to wait."""
    effect = open_effects().filter(pk=pk).first()
    if effect is None:
        return None
    lease = timezone.now() + LEASE
    mine = open_effects().filter(pk=pk, attempts=effect.attempts)
    if not mine.update(leased_until=lease, attempts=F("attempts") + 1):
        return None
    was_lost = effect.leased_until is not None
    effect.attempts, effect.leased_until = effect.attempts + 1, lease
    if was_lost and effect.attempts > LOST_AT_ONCE:
        _put_off(effect, WorkerLost())
        return None
    return effect


def hold(effect: Effect) -> None:
    """Hold an effect a while longer. Overtaken where it is no longer the caller's."""
    mine = Effect.objects.filter(pk=effect.pk, attempts=effect.attempts, done_at=None)
    if not mine.update(leased_until=timezone.now() + LEASE):
        raise Overtaken


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts; a tenth more or less, so that what failed
    together does not come back together.
    """
    whole: timedelta = min(timedelta(seconds=30) * 2**attempts, LONGEST_PAUSE)
    return whole * random.uniform(0.9, 1.1)  # noqa: S311  no secret hangs on it


def _put_off(effect: Effect, error: Exception) -> None:
    """Try again later, or give up after the last attempt. Only the error's class is kept.

    Who lost the lease meanwhile changes nothing.
    """
    name = type(error).__name__
    logger.error("Effect %s %s failed: %s", effect.pk, effect.kind, name)
    values: dict[str, Any] = {"leased_until": None, "last_error": name}
    is_last = effect.attempts >= MOST_ATTEMPTS
    values |= (
        {"dead_at": timezone.now()}
        if is_last
        else {"due_at": timezone.now() + pause(effect.attempts)}
    )
    mine = Effect.objects.filter(pk=effect.pk, attempts=effect.attempts, done_at=None)
    if mine.update(**values) and is_last:
        logger.error("Effect %s %s was given up.", effect.pk, effect.kind)
        # What is on its way counts against the person's hour; this is no longer.
        rows = MailLog.objects.filter(sent_by=effect.pk, outcome=MailLog.Outcome.TRYING)
        rows.update(outcome=MailLog.Outcome.GIVEN_UP)
