"""What a detector is: a pattern, what must stand beside it, and what speaks against it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.core.privacy.findings import BLOCK

# An underscore is a separator here, not a letter: file names are screened too. A word or number
# must begin, which spares the long alternatives behind it most of their work.
LEFT = r"(?<![^\W_])(?=\w)"
RIGHT = r"(?![^\W_])"
UNLESS_REACH = 40
# A capital must follow: "d.o.b. 4/12" and "No. 123" do not end a sentence. A bullet does.
SENTENCE_END = re.compile(r"[.!?]\s+[A-Z][a-z]|\n\s{0,8}[-*•]\s")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a judgement may depend on besides the text. `allow` is in lower case."""

    allow: frozenset[str]
    today: date


Judge = Callable[[re.Match[str], Setting], bool]
Span = tuple[int, int]
Parts = Callable[[re.Match[str], Setting], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand in the same sentence, at most `reach` characters away.

    With `gap`, the text between the words and the match must be that and nothing else.
    """

    words: re.Pattern[str]
    reach: int = 40
    gap: re.Pattern[str] | None = None

    def joins(self, between: str) -> bool:
        if SENTENCE_END.search(between):
            return False
        return self.gap is None or self.gap.fullmatch(between) is not None


@dataclass(frozen=True, slots=True)
class Detector:
    """One way in which a kind of identifier is written.

    The group `id` of the pattern, if it has one, is what gets marked; `core`, if it has one, is
    where the words before it must end. `before` or `after` is enough where both are given. `parts`
    says which stretches of a match are meant, where it is neither all of it nor one group.
    """

    kind: str
    message: str
    pattern: re.Pattern[str]
    tier: str = BLOCK
    before: Near | None = None
    after: Near | None = None
    unless: re.Pattern[str] | None = None
    is_real: Judge | None = None
    is_allowed: Judge | None = None
    parts: Parts | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    start: int
    end: int
    detector: Detector
    allowed: bool


def pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def hits(detector: Detector, text: str, setting: Setting) -> Iterator[Hit]:
    """Every span of `text` that the detector holds for an identifier, or knows to be public."""
    matches = [
        match
        for match in detector.pattern.finditer(text)
        if not _speaks_against(detector, text, match)
        and (detector.is_real is None or detector.is_real(match, setting))
    ]
    for match in _in_context(detector, text, matches):
        allowed = detector.is_allowed is not None and detector.is_allowed(match, setting)
        for start, end in _spans(detector, match, setting):
            yield Hit(start, end, detector, allowed)


def _spans(detector: Detector, match: re.Match[str], setting: Setting) -> Iterable[Span]:
    if detector.parts is not None:
        return detector.parts(match, setting)
    return [match.span(_group(match, "id"))]


def _group(match: re.Match[str], name: str) -> str | int:
    return name if name in match.re.groupindex else 0


def _speaks_against(detector: Detector, text: str, match: re.Match[str]) -> bool:
    if detector.unless is None:
        return False
    start = match.start()
    return detector.unless.search(text[max(0, start - UNLESS_REACH) : start]) is not None


def _in_context(detector: Detector, text: str, matches: list[re.Match[str]]) -> list[re.Match[str]]:
    before, after = detector.before, detector.after
    if not matches or (before is None and after is None):
        return matches
    # The words are looked up once for the whole text: looking around each match would be slow
    # on a text made of matches.
    ends = [found.end() for found in before.words.finditer(text)] if before else []
    starts = [found.start() for found in after.words.finditer(text)] if after else []
    return [
        match
        for match in matches
        if (before and _follows(before, ends, text, match))
        or (after and _leads(after, starts, text, match))
    ]


def _follows(near: Near, ends: list[int], text: str, match: re.Match[str]) -> bool:
    start = match.start(_group(match, "core"))
    nearest = bisect_right(ends, start) - 1
    if nearest < 0 or start - ends[nearest] > near.reach:
        return False
    return near.joins(text[ends[nearest] : start])


def _leads(near: Near, starts: list[int], text: str, match: re.Match[str]) -> bool:
    nearest = bisect_left(starts, match.end())
    if nearest == len(starts) or starts[nearest] - match.end() > near.reach:
        return False
    return near.joins(text[match.end() : starts[nearest]])
