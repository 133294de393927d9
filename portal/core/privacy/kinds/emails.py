"""E-mail addresses, also the disguised ones ("jane (at) example dot org")."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Setting, pattern

MESSAGE = "Leave out the e-mail address. Those of portal users and of the directory may stay."
LOCAL = r"[^\W_][\w.+%'-]{0,63}"
BRACKETED_AT = r"\s?[(\[{<]\s?at\s?[)\]}>]\s?"
DOT = r"(?:\.|\s?[(\[{<]\s?dot\s?[)\]}>]\s?|\s?\.\s?)"


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    return match[0].lower() in setting.allow


DETECTORS = (
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(r"(?<!\w)\w[\w.+%'-]{0,63}+@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}"),
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}{LOCAL}+(?:\s@\s|@\s)[\w-]{{1,63}}\.[^\W\d_]{{2,24}}(?!\w)"),
    ),
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}{LOCAL}+{BRACKETED_AT}[\w-]{{1,63}}(?:{DOT}[^\W\d_]{{2,24}}){{1,3}}"
        ),
    ),
    Detector(
        kind="email",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}{LOCAL}+\sat\s[\w-]{{1,63}}(?:\sdot\s[^\W\d_]{{2,24}}){{1,3}}"),
    ),
)
