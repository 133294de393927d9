"""Names in the columns of a pasted table, and those who speak in a pasted chat."""

import re
from collections.abc import Iterator

from portal.core.privacy.detectors import Detector, Setting, Span, small
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import contexts, lexicon
from portal.core.privacy.kinds.names import MESSAGE

WHO = (
    r"(?:child|client|youth|kid|minor|patient|pt|student|victim|vict|suspect|susp|parent|mother|mom"
    r"|father|dad|guardian|caregiver|worker|mentor|advocate|sibling|witness|juvenile|contact|staff"
    r"|foster(?: parent)?|nombre|nome|apellidos?|sobrenome|non|nina|nino|madre|padre|mae|pai"
    r"|manman)"
)
HEAD = (
    rf"(?:(?:(?:full|legal|first|last|given|sur|nick|preferred|street|{WHO})(?:'s)?[ ]?)?names?"
    rf"|first|last"
    rf"|{WHO})(?:[ ](?:name|initials))?"
)
SEPARATOR = r"[,;|\t]"
COLUMN = small(
    rf"(?:(?<=\n)|(?<=[,;|\t])|(?<=[,;|] )|^)[ >]{{0,3}}(?P<head>{HEAD})[ ]{{0,3}}"
    rf"(?=(?P<mark>{SEPARATOR})|\n)"
)
CELL = re.compile(r"[^\W\d_][\w'.-]*(?: [\w'.(\"-]+[\")]?){0,4}")
MOST_ROWS, WIDEST = 60, 200
# A word of a sentence, not of a table's head.
LONG_HEAD = re.compile(r"\w+(?: \w+){4,}")


def _rows(match: re.Match[str], setting: Setting) -> Iterator[Span]:
    """The cells under a column's heading, as far as the table goes."""
    text, (start, end) = match.string, match.span("head")
    begin = max(text.rfind("\n", max(0, start - WIDEST), start) + 1, max(0, start - WIDEST))
    stop = text.find("\n", end, end + WIDEST)
    if stop < 0:
        return
    heading = text[begin:stop]
    mark = match["mark"] or next((sign for sign in "\t|;," if sign in heading), None)
    if mark is None or any(LONG_HEAD.search(cell) for cell in heading.split(mark)):
        return
    column, cells = heading[: start - begin].count(mark), heading.count(mark)
    for at, line in _lines(text, stop + 1):
        parts = line.split(mark)
        if abs(len(parts) - 1 - cells) > 1 or len(parts) <= column or len(parts) < 2:
            return
        cell = parts[column]
        if COLUMN.match("\n" + cell.strip() + mark, 1):
            return
        if _is_somebody(cell.strip()):
            place = at + sum(len(part) + 1 for part in parts[:column])
            place += len(cell) - len(cell.lstrip())
            yield place, place + len(cell.strip())


def _lines(text: str, at: int) -> Iterator[tuple[int, str]]:
    for _ in range(MOST_ROWS):
        stop = text.find("\n", at, at + WIDEST)
        end = stop if stop >= 0 else min(len(text), at + WIDEST)
        if end == at:
            return
        if set(text[at:end]) - set("|-:+= \t"):  # no rule under the heading
            yield at, text[at:end]
        if stop < 0:
            return
        at = stop + 1


def _is_somebody(cell: str) -> bool:
    if CELL.fullmatch(cell) is None:
        return False
    words = [word.strip('.()"').lower() for word in cell.split()]
    if any(word in contexts.NOT_A_PERSON for word in words):
        return False
    known = (lexicon.words(), lexicon.places(), lexicon.months(), contexts.PROPER_WORDS)
    listed = [any(word in words_ for words_ in known) for word in words]
    return not all(listed) or any(word in lexicon.given() for word in words)


# "[9:42] Lo: me.", "9:41 PM - Ria: can u come"
TIMED = re.compile(
    r"(?:^|\n)[ >]{0,4}(?:\[\d{1,2}[:/][\d:/, ]{2,16}(?:[AaPp][Mm])?\]"
    r"|(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?,? )?"
    r"\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?)(?: ?[-|] ?| )"
    r"(?P<id>[A-Z][a-z]{1,12}(?: [A-Z][\w'.-]{0,12})?|[a-z]{2,12}): "
)
# "Dee: where r u" and a line of somebody else
SPEAKER = re.compile(r"(?:^|\n)(?P<id>[A-Z][a-z]{1,9}): (?=[a-z])")
OTHER_LINE = re.compile(r"\n[A-Z][a-z]{1,9}: [a-z]")


def _speaks(match: re.Match[str], setting: Setting) -> bool:
    words = match["id"].lower().split()
    known = (lexicon.words(), lexicon.places(), contexts.PROPER_WORDS, contexts.NOT_A_PERSON)
    return words[0] in lexicon.given() or not any(words[0] in each for each in known)


def _answers(match: re.Match[str], setting: Setting) -> bool:
    """In a chat: the line after or before is somebody's as well."""
    text, start, end = match.string, match.start("id"), match.end()
    low = match["id"].lower()
    if low in lexicon.words() or low in contexts.PROPER_WORDS or low in lexicon.places():
        return False
    following = text.find("\n", end, end + 300)
    behind = following >= 0 and OTHER_LINE.match(text, following) is not None
    before = text.rfind("\n", max(0, start - 300), max(0, start - 1))
    line = text[before if before >= 0 else 0 : start]
    return behind or OTHER_LINE.match(line if line.startswith("\n") else "\n" + line) is not None


def _detector(source: re.Pattern[str], **more: object) -> Detector:
    return Detector("name", MESSAGE, source, WARN, **more)  # type: ignore[arg-type]


DETECTORS: tuple[Detector, ...] = (
    _detector(COLUMN, parts=_rows, needs=(",", ";", "|", "\t"), is_small=True),
    _detector(TIMED, is_real=_speaks, needs=(":",)),
    _detector(SPEAKER, is_real=_answers, needs=("\n",)),
)
