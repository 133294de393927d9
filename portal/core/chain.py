"""The audit's chain: each event is sealed over the one before, so that no change stays unseen.

Sealing runs behind recording, each minute, so that no writer waits for another. What a thief of
the database alone cannot do is seal again: the digest needs AUDIT_KEY. A cut at the very end shows
only against a head that was noted elsewhere (the collector, the paper of the last check).
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from portal.core import events
from portal.core.models import Event, EventSeal

START = "0" * 64
# An event may be committed after a later id was sealed; so far back is looked each minute.
LOOK_BACK = 10_000
PORTION = 1_000


def seal(limit: int = 20_000) -> int:
    """Seal what is not sealed yet; return how many. Another sealer at work means none."""
    try:
        with transaction.atomic():
            return _seal(limit)
    except IntegrityError:
        return 0


def _seal(limit: int) -> int:
    last = EventSeal.objects.select_for_update().order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, START)
    seals = []
    for event in unsealed(since=last.event_id - LOOK_BACK if last else 0).order_by("pk")[:limit]:
        position += 1
        digest = link(digest, position, events.as_line(event))
        seals.append(EventSeal(position=position, event_id=event.pk, digest=digest))
    EventSeal.objects.bulk_create(seals, batch_size=PORTION)
    return len(seals)


def unsealed(since: int = 0) -> QuerySet[Event]:
    sealed = EventSeal.objects.filter(event_id=OuterRef("pk"))
    return Event.objects.filter(~Exists(sealed), pk__gt=since)


def link(before: str, position: int, line: str) -> str:
    """Return the digest of one link."""
    return _digest(f"{before}\n{position}\n{line}")


def _digest(message: str) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def pruning(positions: list[int]) -> dict[str, Any]:
    """Return what the event of a pruning holds: the positions, and the proof that it was ours."""
    return {"positions": sorted(positions), "proof": _proof(sorted(positions))}


def _proof(positions: list[int]) -> str:
    return _digest(f"pruned\n{positions}")


@dataclass(slots=True)
class Verdict:
    """What a check of the chain found. `faults` names each row that is not as it was sealed."""

    sealed: int = 0
    removed: int = 0
    tail: int = 0
    tail_since: datetime | None = None
    head: str = START
    faults: list[str] = field(default_factory=list)


def verify() -> Verdict:
    """Go through the whole chain, and say what is not sealed yet."""
    verdict = Verdict()
    removed = _removed()
    expected = 1
    for seal, event in _pairs():
        if seal.position != expected:
            verdict.faults.append(f"seals {expected} to {seal.position - 1} are missing")
        _check(verdict, seal, event, removed)
        expected = seal.position + 1
        verdict.head, verdict.sealed = seal.digest, verdict.sealed + 1
    tail = unsealed()
    verdict.tail = tail.count()
    verdict.tail_since = tail.order_by("at").values_list("at", flat=True).first()
    return verdict


def holds(digest: str) -> bool:
    """Say whether a digest that was once the head still stands in the chain."""
    return digest == START or EventSeal.objects.filter(digest=digest).exists()


def _check(verdict: Verdict, seal: EventSeal, event: Event | None, removed: set[int]) -> None:
    if event is None:
        if seal.position in removed:
            verdict.removed += 1
        else:
            verdict.faults.append(f"event {seal.event_id} (position {seal.position}) is missing")
    elif seal.digest != link(verdict.head, seal.position, events.as_line(event)):
        verdict.faults.append(
            f"event {seal.event_id} (position {seal.position}, {event.kind}) was changed"
        )


def _pairs() -> Iterator[tuple[EventSeal, Event | None]]:
    seals = EventSeal.objects.order_by("position").iterator(chunk_size=PORTION)
    while portion := list(islice(seals, PORTION)):
        found = Event.objects.in_bulk([seal.event_id for seal in portion])
        yield from ((seal, found.get(seal.event_id)) for seal in portion)


def _removed() -> set[int]:
    """Return the positions that retention has removed; a row that AUDIT_KEY did not make counts
    for nothing.
    """
    removed: set[int] = set()
    for data in Event.objects.filter(kind="audit.pruned").values_list("data", flat=True):
        positions = list(data.get("positions", []))
        if hmac.compare_digest(str(data.get("proof", "")), _proof(positions)):
            removed.update(positions)
    return removed
