"""E-mail addresses, also the disguised ones ("jane (at) example dot org")."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Setting, pattern
from portal.core.privacy.kinds import lexicon

MESSAGE = "Leave out the e-mail address. Those of portal users and of the directory may stay."
LOCAL = r"[^\W_][\w.+%'-]{0,63}+"
HOST = r"[\w-]{1,63}"
ENDING = r"[^\W\d_]{2,24}"
AT = r"\s?[(\[{<]\s?at\s?[)\]}>]\s?"
DOT = r"(?:\s?[(\[{<]\s?dot\s?[)\]}>]\s?|\s?\.\s?)"
# Written without its ending, a host is told by its fame only.
FAMOUS = r"gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast|verizon"

SURELY_MAIL = r"gmail|yahoo|hotmail|icloud|aol|protonmail"
SAID = pattern(
    rf"{LEFT}(?P<id>(?P<local>[^\W_][\w.+-]{{1,40}})(?:\sat\s|_at_"
    rf"|-at-)(?:(?:{SURELY_MAIL})(?![\w.])"
    rf"|(?:{FAMOUS})(?:\.|\sdot\s|_dot_)(?:com|net|org|me)))(?!\w)"
)
NAMED = pattern(
    rf"{LEFT}(?<!-)(?:{SURELY_MAIL})(?:\s(?:address|account|acct))?(?:\s?[:=]|\s(?:is"
    rf"|was))\s(?P<id>(?P<local>[a-z\d][\w.+-]{{3,40}}\w))(?![\w@])"
)


def _is_no_word(match: re.Match[str], setting: Setting) -> bool:
    """ "kaylab10 at gmail", but not "look at gmail"."""
    local = match["local"].lower()
    return local not in lexicon.words() and not local.endswith(("ing", "ed"))


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
            rf"|\s@(?:{FAMOUS})\.{ENDING}(?!\w)"
            rf"|{AT}{HOST}(?:{DOT}{ENDING}){{1,3}}|\sat\s{HOST}(?:\sdot\s{ENDING}){{1,3}})"
        ),
    ),
    Detector(kind="email", message=MESSAGE, pattern=SAID, is_real=_is_no_word),
    Detector(kind="email", message=MESSAGE, pattern=NAMED, is_real=_is_no_word),
)
