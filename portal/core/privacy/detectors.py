"""What a detector is: a pattern, what must stand beside it, and what speaks against it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from portal.core.privacy.findings import BLOCK, WARN

# An underscore is a separator here, not a letter: file names are screened too. A word or number
# must begin, which spares the long alternatives behind it most of their work.
LEFT = r"(?<![^\W_])(?=\w)"
RIGHT = r"(?![^\W_])"
UNLESS_REACH = 40
# A capital must follow: "d.o.b. 4/12" and "No. 123" do not end a sentence. A bullet does.
SENTENCE_END = re.compile(r"[.!?]\s+[A-Z][a-z]|\n\s{0,8}[-*•]\s")
# What cuts a text into stretches that speak of one thing: lines and sentences.
STRETCH_END = re.compile(r"\n|[.!?]\s+(?=[A-Z][a-z])")


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

    They are looked for in the text's small letters, so that `words` has no capitals.

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
    # A text in small letters that holds none of these is not read: most texts are done with faster.
    needs: tuple[str, ...] = ()
    # Whether the pattern (of `small`) and the judgement read the text in small letters.
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    start: int
    end: int
    detector: Detector
    allowed: bool


def pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


# The patterns for text in small letters.
_small: set[re.Pattern[str]] = set()


def small(source: str) -> re.Pattern[str]:
    """Return a pattern for text in small letters: several times as fast as one for any case."""
    made = re.compile(source)
    _small.add(made)
    return made


def asks(
    kind: str,
    message: str,
    source: re.Pattern[str],
    is_real: Judge | None = None,
    **more: Any,
) -> Detector:
    """Return a detector that asks instead of blocking: the writer knows whose it is.

    With a pattern of `small`, `is_real` reads the text in small letters as well.
    """
    is_small = source in _small
    return Detector(kind, message, source, WARN, is_real=is_real, is_small=is_small, **more)


@cache
def _for_small_letters(words: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(words.pattern, words.flags & ~re.IGNORECASE)


def around(match: re.Match[str], reach: int, name: str | int = 0) -> tuple[str, str]:
    """Return what stands before and behind, `reach` characters at most, in the same sentence."""
    text, (start, end) = match.string, match.span(name)
    before = STRETCH_END.split(text[max(0, start - reach) : start])[-1]
    return before, STRETCH_END.split(text[end : end + reach])[0]


class Reading:
    """One text and what each pattern matches in it: several detectors ask the same pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = text.lower()
        if len(self.small) != len(text):  # a letter that becomes two
            self.small = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        self._matches: dict[int, list[re.Match[str]]] = {}

    def matches(self, source: re.Pattern[str], *, is_small: bool) -> list[re.Match[str]]:
        found = self._matches.get(id(source))
        if found is None:
            text = self.small if is_small else self.text
            found = self._matches[id(source)] = list(source.finditer(text))
        return found

    def words(self, near: Near) -> list[re.Match[str]]:
        return self.matches(_for_small_letters(near.words), is_small=True)


def hits(detector: Detector, reading: Reading, setting: Setting) -> Iterator[Hit]:
    """Every span of a text that the detector holds for an identifier, or knows to be public."""
    if detector.needs and not any(word in reading.small for word in detector.needs):
        return
    text = reading.text
    matches = [
        match
        for match in reading.matches(detector.pattern, is_small=detector.is_small)
        if not _speaks_against(detector, text, match)
        and (detector.is_real is None or detector.is_real(match, setting))
    ]
    for match in _in_context(detector, reading, matches):
        allowed = detector.is_allowed is not None and detector.is_allowed(match, setting)
        for start, end in _spans(detector, match, setting):
            yield Hit(start, end, detector, allowed)


def _spans(detector: Detector, match: re.Match[str], setting: Setting) -> Iterable[Span]:
    if detector.parts is not None:
        return detector.parts(match, setting)
    start, end = match.span(_group(match, "id"))
    return [(start, end) if start >= 0 else match.span()]


def _group(match: re.Match[str], name: str) -> str | int:
    return name if name in match.re.groupindex else 0


def _speaks_against(detector: Detector, text: str, match: re.Match[str]) -> bool:
    if detector.unless is None:
        return False
    start = match.start()
    return detector.unless.search(text[max(0, start - UNLESS_REACH) : start]) is not None


def _in_context(
    detector: Detector, reading: Reading, matches: list[re.Match[str]]
) -> list[re.Match[str]]:
    before, after, text = detector.before, detector.after, reading.text
    if not matches or (before is None and after is None):
        return matches
    # The words are looked up once for the whole text: looking around each match would be slow
    # on a text made of matches.
    ends = [found.end() for found in reading.words(before)] if before else []
    starts = [found.start() for found in reading.words(after)] if after else []
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
