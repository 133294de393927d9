"""The screen: one text in, its findings out. Nothing is stored, nothing is logged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import accumulate

from portal.core.privacy.detectors import Detector, Hit, Reading, Setting, hits
from portal.core.privacy.findings import BLOCK, WARN, Finding
from portal.core.privacy.kinds import DETECTORS
from portal.core.privacy.plain import Plain, normalise
from portal.core.privacy.public import without_public
from portal.core.privacy.rows import set_apart
from portal.core.privacy.spoken import read_again
from portal.core.privacy.wrapped import unwrapped


def screen(
    text: str, *, allow: frozenset[str] = frozenset(), today: date | None = None
) -> list[Finding]:
    """Spans of `text` that may identify somebody, in order and without overlap.

    `allow` holds, in lower case, what may stand there all the same: full names, e-mail addresses,
    phone numbers (however written), handles and street addresses of portal users and the
    directory. A first name alone is never allowed: it would hide a child of the same name.
    `today` decides which dates can be a young person's birth date. It is a help, no guarantee.
    """
    plain = set_apart(unwrapped(normalise(text)))
    setting = Setting(allow, today or date.today())
    found = _read(plain, DETECTORS, setting)
    again = read_again(plain)
    if again is not None:
        said = _read(again.plain, _that_ask(), setting)
        found += [hit for hit in said if again.meets(hit.start, hit.end)]
    kept = _without_overlaps(_without_allowed(found))
    return [Finding(hit.start, hit.end, hit.detector.kind, hit.detector.tier) for hit in kept]


def _read(plain: Plain, detectors: Iterable[Detector], setting: Setting) -> list[Hit]:
    """What is found in one way of reading, at its places in the original."""
    reading = Reading(without_public(plain.text))
    return [
        Hit(*plain.original(hit.start, hit.end), hit.detector, hit.allowed)
        for detector in detectors
        for hit in hits(detector, reading, setting)
    ]


@cache
def _that_ask() -> tuple[Detector, ...]:
    """All kinds but names, for a reading that nobody typed so."""
    return tuple(replace(detector, tier=WARN) for detector in DETECTORS if detector.kind != "name")


def _without_allowed(found: list[Hit]) -> list[Hit]:
    """Drop what is allowed, and with it every other reading of the same characters.

    A cited author or a law's name clears names alone: no number passes inside one.
    """
    numbers = [hit for hit in found if hit.detector.kind != "name"]
    names = [hit for hit in found if hit.detector.kind == "name"]
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
