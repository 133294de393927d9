"""The screen: one text in, its findings out. Nothing is stored, nothing is logged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from portal.core.privacy.detectors import Hit, Setting, hits
from portal.core.privacy.findings import BLOCK, Finding
from portal.core.privacy.kinds import DETECTORS
from portal.core.privacy.plain import normalise
from portal.core.privacy.public import without_public


def screen(
    text: str, *, allow: frozenset[str] = frozenset(), today: date | None = None
) -> list[Finding]:
    """Spans of `text` that may identify somebody, in order and without overlap.

    `allow` holds, in lower case, what may stand there all the same: full names, e-mail addresses,
    phone numbers (however written), handles and street addresses of portal users and the
    directory. A first name alone is never allowed: it would hide a child of the same name.
    `today` decides which dates can be a young person's birth date. It is a help, no guarantee.
    """
    plain = normalise(text)
    setting = Setting(allow, today or date.today())
    readable = without_public(plain.text)
    found = [hit for detector in DETECTORS for hit in hits(detector, readable, setting)]
    kept = _without_overlaps(_without_allowed(found))
    return [_finding(hit, *plain.original(hit.start, hit.end)) for hit in kept]


def _finding(hit: Hit, start: int, end: int) -> Finding:
    return Finding(start, end, hit.detector.kind, hit.detector.tier)


def _without_allowed(found: list[Hit]) -> list[Hit]:
    """Drop what is allowed, and with it every other reading of the same characters.

    A cited author or a law's name clears names alone: no number passes inside one.
    """
    numbers = [hit for hit in found if hit.detector.tier == BLOCK]
    names = [hit for hit in found if hit.detector.tier != BLOCK]
    return [*_uncleared(numbers, by=numbers), *_uncleared(names, by=found)]


def _uncleared(hits: list[Hit], *, by: list[Hit]) -> Iterator[Hit]:
    allowed = sorted((hit for hit in by if hit.allowed), key=lambda hit: hit.start)
    starts = [hit.start for hit in allowed]
    # How far what begins here or before reaches: one allowed stretch may hold another.
    reach = list(accumulate((hit.end for hit in allowed), max))
    for hit in hits:
        before = bisect_right(starts, hit.start)
        if not before or reach[before - 1] < hit.end:
            yield hit


def _without_overlaps(found: Iterable[Hit]) -> list[Hit]:
    """Blocking before warning, then the longest, then the order of the detectors."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.detector.tier != BLOCK, hit.start - hit.end)):
        at = bisect_left(kept, hit.start, key=lambda other: other.start)
        clear_before = at == 0 or kept[at - 1].end <= hit.start
        if clear_before and (at == len(kept) or hit.end <= kept[at].start):
            kept.insert(at, hit)
    return kept
