"""What was dictated, spelled out or misread, as it would have been typed.

"big underscore zay", "zero two eight dash sixty six", "seven74", "0 2 8 - 6 6", "O5/16/2O1O": the
stretches around such writing are read a second time. Whatever is found there is asked about.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from portal.core.privacy.plain import Edit, Plain

# How much is read again on either side, and how many blanks keep two stretches apart.
REACH = 120
UNITS = {
    word: str(value)
    for value, word in enumerate("zero one two three four five six seven eight nine".split())
} | {"oh": "0"}
TEENS = {
    word: str(value)
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        start=10,
    )
}
TENS = {
    word: str(value)
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SIGNS = {
    "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-", "dot": ".", "point": ".",
    "period": ".", "slash": "/",
}  # fmt: skip
NUMBER = "|".join(sorted([*TEENS, *TENS, *UNITS], key=len, reverse=True))
TOKEN = re.compile(rf"{NUMBER}|{'|'.join(SIGNS)}|double|triple|\d+")
BETWEEN = r"(?:[ \t]{0,2}[,.-]?[ \t]{0,2})"
PART = rf"(?:{NUMBER}|\d{{1,4}})"
SIGN = r"(?:underscore|dash|hyphen|minus|dot|point|period|slash|double|triple)"
# Number words in a row, figures among them; "last four" is no part of what follows it.
RUN = (
    rf"(?<![^\W_])(?<!last )(?<!first )(?<!final )(?=(?:\d{{1,4}}{BETWEEN}){{0,3}}(?:{NUMBER}"
    rf"|double|triple))"
    rf"(?:{PART}|double[ ]|triple[ ])"
    rf"(?:{BETWEEN}(?:{SIGN}{BETWEEN})?{PART}){{1,24}}+(?![^\W_])"
)
# "big underscore zay", "kay dot kay dot oh four", "underscore kay"
SIGNED = r"(?<![^\W_])(?:underscore|dash|hyphen|dot|slash)(?![^\W_])[ ]?(?=\w)"
BEHIND_A_SIGN = (
    r"(?:(?<=underscore )|(?<=dot )|(?<=dash )|(?<=docket )|(?<=case ))"
    rf"(?:{NUMBER})(?:[ ](?:{NUMBER})){{0,3}}(?![^\W_])"
)
DOLLAR = r"(?<![^\W_])dollar[ ]sign[ ](?=\w)"
POINTS = r"[ ]\.[ ](?<=\w[ ]\.[ ])(?=[a-z\d])"
MAIL = r"(?<![^\W_])g[ ]mail(?![^\W_])"
AT_SIGN = r"(?<![^\W_])at[ ]sign(?![^\W_])[ ]?"
# "0 2 8 - 6 6 - 1 9 4 7": single figures, each apart
FIGURES = (
    r"(?<![\w.,])(?<!\d[ ])\(?\d(?:[ ](?:[-./][ ])?|[ ]?\)[ ]?)\d(?:(?:[ ](?:[-./][ ])?"
    r"|[ ]?\)[ ]?)\d)"
    r"{4,16}(?![\w%]|[ ]?\d|[.,]\d)"
)
# Letters that look like figures, among figures: "O4/12/2O10", "6l7-555-0l36"
FOUR_FIGURES = r"(?=(?:[oli/. -]{0,4}\d){4})"
MISREAD = (
    rf"(?=[\d/. -]{{0,14}}[oli]){FOUR_FIGURES}[\doli]{{1,4}}(?:[-/. ][\doli]{{1,4}}){{2}}(?![^\W_])"
)
SAID = re.compile(
    rf"(?<![^\W_])(?=[\d(a-z])(?:(?P<misread>{MISREAD})|(?P<figures>{FIGURES})"
    rf"|(?P<after>{BEHIND_A_SIGN})|(?P<run>{RUN})|(?P<signed>{SIGNED})|(?P<dollar>{DOLLAR})"
    rf"|(?P<mail>{MAIL})|(?P<at>{AT_SIGN}))|(?P<points>{POINTS})"
)
LETTERS = str.maketrans("oli", "011")
COUNTED = ("0123456789", "9876543210")


@dataclass(frozen=True, slots=True)
class Again:
    """The stretches that hold such writing, rewritten, a line each, and where they were."""

    plain: Plain
    rewritten: list[tuple[int, int]]

    def meets(self, start: int, end: int) -> bool:
        """Whether places of the original were rewritten."""
        at = bisect_right(self.rewritten, start, key=lambda one: one[1])
        return at < len(self.rewritten) and self.rewritten[at][0] < end


def read_again(plain: Plain) -> Again | None:
    """What is to be read again; none where nobody wrote so."""
    edits = [
        (_begin(match), match.end(), new)
        for match in SAID.finditer(plain.text.lower())
        if (new := _typed(match)) is not None
    ]
    if not edits or len(plain.text.lower()) != len(plain.text):
        return None
    rewritten: list[str] = []
    places: list[int] = []
    for start, end, inside in _stretches(edits, len(plain.text)):
        part = plain.part(start, end).edited(
            (one - start, other - start, new) for one, other, new in inside
        )
        rewritten.append(part.text + "\n")
        places += [*part.places, part.places[-1]]
    originals = [plain.original(start, end) for start, end, _new in edits]
    return Again(Plain("".join(rewritten), places), originals)


def _begin(match: re.Match[str]) -> int:
    """Where the writing begins; a sign takes the blank before it as well."""
    glued = (
        match.lastgroup in ("signed", "at")
        and match.string[max(0, match.start() - 1) : match.start()] == " "
    )
    return match.start() - glued


def _stretches(edits: list[Edit], size: int) -> Iterator[tuple[int, int, list[Edit]]]:
    inside: list[Edit] = []
    for edit in edits:
        if inside and edit[0] - inside[-1][1] > 2 * REACH:
            yield max(0, inside[0][0] - REACH), inside[-1][1] + REACH, inside
            inside = []
        inside.append(edit)
    yield max(0, inside[0][0] - REACH), min(size, inside[-1][1] + REACH), inside


def _typed(match: re.Match[str]) -> str | None:
    said, kind = match[0], match.lastgroup
    if kind == "misread":
        return said.translate(LETTERS)
    if kind == "figures":
        close = said.replace(" ", "")
        return None if any(close.strip("()") in count for count in COUNTED) else close
    if kind == "signed":
        return SIGNS[said.strip()]
    if kind in ("run", "after"):
        return _in_figures(said, even_two=kind == "after")
    return {"dollar": "$", "points": ".", "mail": "gmail", "at": "@"}[str(kind)]


def _in_figures(said: str, *, even_two: bool) -> str | None:
    """The run in figures: four at least, of three words or of words grown together with figures."""
    tokens = list(TOKEN.finditer(said))
    words = sum(token[0] in UNITS or token[0] in TEENS or token[0] in TENS for token in tokens)
    joined = any(
        one.end() == other.start() and not (one[0].isdigit() and other[0].isdigit())
        for one, other in pairwise(tokens)
    )
    if not (words and joined) and words < (1 if even_two else 3):
        return None
    typed, before = "", None
    times = 1
    for token in tokens:
        word = token[0]
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        gap = said[before.end() : token.start()] if before else ""
        both_said = before is not None and not (before[0].isdigit() or word.isdigit())
        if before is not None and before[0] not in SIGNS and word not in SIGNS:
            typed += _kept(gap, both_said=both_said)
        if (
            before is not None
            and before[0] in TENS
            and word in UNITS
            and word not in ("zero", "oh")
        ):
            typed = typed.removesuffix("0") if both_said and not gap.strip(" -") else typed
        typed += times * _figure(word)
        before, times = token, 1
    return typed if even_two or sum(map(str.isdigit, typed)) > 3 else None


def _kept(gap: str, *, both_said: bool) -> str:
    """What stays between two numbers: nothing between words but a point, figures stay apart."""
    sign = gap.strip(" \t,")
    return "" if both_said else (sign or (" " if gap else ""))


def _figure(word: str) -> str:
    if word in SIGNS:
        return SIGNS[word]
    if word in TENS:
        return TENS[word] + "0"
    return UNITS.get(word) or TEENS.get(word) or word
