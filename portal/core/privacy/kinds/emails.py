"""E-mail addresses, also the disguised ones ("jane (at) example dot org")."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Setting, pattern

MESSAGE = "Leave out the e-mail address. Those of portal users and of the directory may stay."
LOCAL = r"[^\W_][\w.+%'-]{0,63}+"
HOST = r"[\w-]{1,63}"
ENDING = r"[^\W\d_]{2,24}"
AT = r"\s?[(\[{<]\s?at\s?[)\]}>]\s?"
DOT = r"(?:\s?[(\[{<]\s?dot\s?[)\]}>]\s?|\s?\.\s?)"
# Written without its ending, a host is told by its fame only.
FAMOUS = r"gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast|verizon"


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    return match[0].lower() in setting.allow


DETECTORS = (
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(rf"(?<!\w)\w[\w.+%'-]{{0,63}}+@(?:{HOST}\.){{1,5}}{ENDING}"),
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}{LOCAL}(?:@(?:{FAMOUS})(?![\w.-])|(?:\s@\s|@\s){HOST}\.{ENDING}(?!\w)"
            rf"|{AT}{HOST}(?:{DOT}{ENDING}){{1,3}}|\sat\s{HOST}(?:\sdot\s{ENDING}){{1,3}})"
        ),
    ),
)
