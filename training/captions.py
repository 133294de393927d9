"""Captions in WebVTT: read, checked and screened before they are stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.privacy import screen

LARGEST = 1024 * 1024  # bytes; the captions of a whole day are smaller
TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?$")
ARROW = "-->"
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")

Block = tuple[int, list[str]]  # number of its first line, its lines


class Faulty(ValueError):
    """What is wrong with captions, and in which line."""

    def __init__(self, line: int, reason: Any) -> None:
        super().__init__(f"line {line}")
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption; `start` and `end` in milliseconds, `line` where its times stand."""

    line: int
    start: int
    end: int
    text: str


def parse(content: bytes) -> list[Cue]:
    """Return the captions of a WebVTT file in their order. Faulty names the first fault."""
    lines = _lines(content)
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise Faulty(1, _("A WebVTT file begins with the word WEBVTT."))
    header, *rest = _blocks(lines)
    if any(ARROW in line for line in header[1]):
        raise Faulty(2, _("Leave a blank line after WEBVTT."))
    cues = [_cue(number, block) for number, block in rest if not ASIDE.match(block[0])]
    if not cues:
        raise Faulty(len(lines), _("There is no caption in this file."))
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            raise Faulty(cue.line, _("This caption begins before the one above it."))
    return cues


def validate_captions(value: Any) -> None:
    """Refuse captions that a player could not show, and what may identify somebody."""
    if not value.is_new:
        return
    if value.extension != ".vtt":
        raise ValidationError(_("Choose captions in the format WebVTT (.vtt)."))
    if value.size > LARGEST:
        raise ValidationError(_("This file is too large for captions."))
    value.file.seek(0)
    content = value.file.read()
    value.file.seek(0)
    try:
        parse(content)
        _screen(content)
    except Faulty as fault:
        raise ValidationError(
            _("Line %(line)s: %(reason)s"), params={"line": fault.line, "reason": fault.reason}
        ) from fault


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Faulty(line, _("This is not UTF-8. Save the file as UTF-8.")) from error
    if (at := text.find("\0")) >= 0:
        raise Faulty(text[:at].count("\n") + 1, _("This is not text."))
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield what stands between blank lines."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue:
    """Read one caption: perhaps a name of its own, then its times, then its text."""
    at = 0 if ARROW in block[0] else 1
    line = number + at
    if len(block) <= at or ARROW not in block[at]:
        raise Faulty(number, _("A caption needs its times: 00:00:01.000 --> 00:00:04.000"))
    times = TIMING.match(block[at].strip())
    if times is None:
        raise Faulty(line, _("These times cannot be read. Write 00:00:01.000 --> 00:00:04.000"))
    start, end = _milliseconds(*times.groups()[:4]), _milliseconds(*times.groups()[4:])
    if end <= start:
        raise Faulty(line, _("This caption ends before it begins."))
    text = block[at + 1 :]
    if not text:
        raise Faulty(line, _("This caption has no text."))
    for further, said in enumerate(text, start=line + 1):
        if ARROW in said:
            raise Faulty(further, _("Leave a blank line between two captions."))
    return Cue(line, start, end, "\n".join(text))


def _milliseconds(hours: str | None, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def _screen(content: bytes) -> None:
    """Everything but the times is screened, notes and names of captions as well."""
    lines = ["" if ARROW in line else line for line in _lines(content)]
    text = "\n".join(lines)
    for finding in screen(text):
        if finding.tier == "block":
            line = text[: finding.start].count("\n") + 1
            raise Faulty(
                line, _("This looks like %(what)s. Take it out.") % {"what": finding.label}
            )
