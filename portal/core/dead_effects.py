"""What was given up after all attempts: tried again, or set aside, by a manager.

The caller has checked that `by` manages.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core import effect_kinds, events, outbox
from portal.core.models import Effect, EffectQuerySet, MailLog

Outcome = MailLog.Outcome


class NothingDead(Exception):
    """It was decided already, or it went after all."""


@transaction.atomic
def try_again(rows: EffectQuerySet, *, by: Any) -> int:
    """Have effects tried anew, with all attempts before them; return how many. NothingDead."""
    found = _lock(rows)
    pks = [effect.pk for effect in found]
    now = timezone.now()
    Effect.objects.filter(pk__in=pks).update(dead_at=None, due_at=now, attempts=0)
    given_up = MailLog.objects.filter(sent_by__in=pks, outcome=Outcome.GIVEN_UP)
    given_up.update(outcome=Outcome.TRYING)
    _record("outbox.tried_again", found, by)
    for lane in {effect_kinds.lane_of(effect.kind, effect.urgency) for effect in found}:
        transaction.on_commit(partial(outbox.wake, lane), robust=True)
    return len(pks)


@transaction.atomic
def set_aside(rows: EffectQuerySet, *, reason: str, by: Any) -> int:
    """Try effects no more, for a reason of `Effect.Aside`; return how many. NothingDead."""
    found = _lock(rows)
    pks = [effect.pk for effect in found]
    values = {"set_aside_at": timezone.now(), "set_aside_as": Effect.Aside(reason)}
    Effect.objects.filter(pk__in=pks).update(**values)
    MailLog.objects.filter(sent_by__in=pks, outcome=Outcome.GIVEN_UP).update(context={})
    _record("outbox.set_aside", found, by, reason=reason)
    return len(pks)


def _lock(rows: EffectQuerySet) -> list[Effect]:
    found = list(rows.dead().select_for_update().order_by("pk"))
    if not found:
        raise NothingDead
    return found


def _record(what: str, found: list[Effect], by: Any, **data: str) -> None:
    """One event for each kind; for one effect alone its number stands there."""
    for kind in sorted({effect.kind for effect in found}):
        of_kind = [effect for effect in found if effect.kind == kind]
        subject = of_kind[0] if len(of_kind) == 1 else None
        more: dict[str, Any] = {"effect_kind": kind, "effects": len(of_kind), **data}
        if what == "outbox.tried_again":
            events.record("outbox.tried_again", actor=by, subject=subject, **more)
        else:
            events.record("outbox.set_aside", actor=by, subject=subject, **more)
