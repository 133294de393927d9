"""Social Security numbers, whole, masked or by their last four digits."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

MESSAGE = "Leave out the Social Security number. Nobody needs it to answer."
SEPARATOR = r"(?:\s?[-./_]\s?|\s)"
WORDS = pattern(
    LEFT + r"(?:ssn|s\.\s?s\.\s?n\.?|soc(?:ial)?\s?sec(?:urity)?|ss\s?#|itin|seguro social"
    # Not "social services 1234", not "social 2026".
    r"|social(?=\s?[#:=]|\s(?:is|was|number|no|num|ending|ends)\b|\s(?!20|19)\d))" + RIGHT
)
SHORT_GAP = pattern(
    r"[\s:=#.,()'_-]*(?:(?:is|was|number|last|four|4|digits|ending|ends|in|of)[\s:=.,()-]*){0,5}"
)


def _is_no_year(match: re.Match[str], setting: Setting) -> bool:
    """A row of figures ends like "120 14 2026"; a number with signs between is no such row."""
    return not re.fullmatch(r"\d{3}\s\d\d\s(?:19|20)\d\d", match[0])


DETECTORS = (
    Detector(
        kind="ssn",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?<![.$-])\d{{3}}{SEPARATOR}\d\d{SEPARATOR}\d{{4}}{RIGHT}(?!-)"),
        is_real=_is_no_year,
    ),
    Detector(
        kind="ssn",
        message=MESSAGE,
        pattern=pattern(rf"(?<![^\W_])[x*#]{{3}}[-\s._]?[x*#]{{2}}[-\s._]?\d{{4}}{RIGHT}(?!-)"),
    ),
    Detector(
        kind="ssn",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}\d{{3}}[-\s._]{{0,3}}\d\d[-\s._]{{0,3}}\d{{4}}{RIGHT}"),
        before=Near(WORDS, reach=40),
        after=Near(WORDS, reach=12),
    ),
    Detector(
        kind="ssn",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}\d{{4}}{RIGHT}"),
        before=Near(WORDS, reach=30, gap=SHORT_GAP),
    ),
)
