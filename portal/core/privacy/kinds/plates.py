"""License plates, beside a word for one; a plate's shape alone only beside a car."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

MESSAGE = "Leave out the license plate."

# 1ABC23, 123 ABC, 123AB4, 12AB34, ABC 1234, 1234 AB, and what other states have.
SHAPES = (
    r"\d[A-Z]{2,3}[ -]?\d{2,3}|\d{2,4}[ -]?[A-Z]{2,3}\d{0,2}|\d{2}[A-Z]{2}[ -]?\d{2}"
    r"|\d[A-Z]{2}[ -]?[A-Z]\d\d|[A-Z]{2,3}[ -]?\d{3,5}|[A-Z]\d{2}[ -]?[A-Z]{3}"
    r"|[A-Z]{3}[ -]?\d[A-Z]\d{2}|[A-Z]\d{5}"
)
OTHERS = r"\d{5,7}|\d{3}[ -]\d{3,4}|(?-i:(?=[A-Z]{1,6}\d)[A-Z\d]{5,7})"
WORDS_OF_THREE = frozenset(
    "the and for was has had her his she not but are who our per all any its via due may can new "
    "one two six ten day am pm to of in on at by is it as or if an no so we he up do hrs min ma "
    "cfr usc cmr fy ffy cac cacs".split()
)
PLATE = pattern(
    LEFT
    + r"(?:(?-i:LP)|(?:licen[sc]e|lic\.?|number|ma|mass\.?|vehicle|car)\s(?:plates?|tags?)|plates?"
    r"|placa|chapa)" + RIGHT
)
REGISTRATION = pattern(LEFT + r"(?:regs?|regis|registration|registered|tags?)" + RIGHT)
CAR = pattern(
    LEFT
    + r"(?:car|vehicle|van|truck|sedan|suv|pick-?up|driv(?:es|ing|er)|drove|honda|toyota|nissan"
    r"|ford|chevy|bmw|jeep|hyundai|kia|acura|lexus|mercedes|uber|lyft)" + RIGHT
)
GAP = pattern(
    r"(?:[\s#:=,.()\"'/_-]|(?:no|num|number|is|was|of|the|a|ma|mass|massachusetts|ri|nh|ct|ny|me|vt"
    r"|reg|registration|registered|read|reads|reading|ending|in|with|plates?|tags?|came|back|as|to"
    r"|partial|full|state|on|car|vehicle)\b){0,14}"
)


def _is_plate(match: re.Match[str], setting: Setting) -> bool:
    """No number with a word behind it: "plate 214 was", "tag 12 and"."""
    letters = re.findall(r"[A-Za-z]+", match[0])
    return not any(part.lower() in WORDS_OF_THREE for part in letters)


def _is_solid(match: re.Match[str], setting: Setting) -> bool:
    """In one piece, or in capitals: "registration 100 per" is neither."""
    solid = not re.search(r"[ -]", match[0]) and len(match[0]) > 4
    return _is_plate(match, setting) and (solid or match[0].isupper())


def _plate(source: str, near: re.Pattern[str], gap: re.Pattern[str] | None) -> Detector:
    reach = 40 if gap is None else 30
    return Detector(
        kind="plate",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?<![$.-]){source}{RIGHT}(?!%|-\w)"),
        before=Near(near, reach=reach, gap=gap),
        is_real=_is_plate if near is PLATE else _is_solid,
    )


DETECTORS = (
    _plate(rf"(?:{SHAPES}|{OTHERS})", PLATE, GAP),
    _plate(rf"(?:{SHAPES})", REGISTRATION, GAP),
    _plate(r"(?-i:[1-9][A-Z]{3}\d\d|[1-9][A-Z]{2}\d{3}|\d{3}[A-Z]{2}\d)", CAR, None),
)
