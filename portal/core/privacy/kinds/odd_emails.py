"""E-mail addresses with something else than the sign, or with a host alone: asked about."""

import re

from portal.core.privacy.detectors import Detector, Setting, asks, small
from portal.core.privacy.kinds import emails, lexicon

SIGN = r"(?:\s?@\s?|\s?[\[({<]\s?(?:@|a|at)\s?[\])}>]\s?|\s(?:arrobas?|arobas|at\sthe)\s|\#)"
DOT = r"(?:\s?[.,]\s?|\s(?:dot|punto|ponto|pwen)\s)"
ODD = small(
    rf"(?<![\w.@#])(?P<local>[a-z\d][\w.+-]{{2,40}}){SIGN}(?:{emails.FAMOUS})"
    rf"(?:{DOT}?(?:com|net|org|me)|(?!\w))(?!\w)"
)
NAMED = small(
    rf"(?<![\w-])(?:{emails.FAMOUS})(?:\s(?:acct|account|login|email|mail|id|user))?"
    r"(?:\s?[:=]\s?|\s(?:is\s|was\s)?)(?P<id>(?P<local>(?=[a-z.]{0,40}[\d_])[a-z][\w.+-]{3,40}))(?![\w@])"
)

# "kay.baby at example.org"
AT_A_HOST = small(
    r"(?<![\w.@/-])(?P<local>(?=[a-z-]{0,40}[._\d])[a-z][\w.+-]{2,40}\w)\sat\s"
    r"(?:[\w-]{2,40}\.){1,3}(?:org|com|net|edu|us|me|io|example)(?!\w)"
)


def _is_no_word(match: re.Match[str], setting: Setting) -> bool:
    return match["local"].lower() not in lexicon.words()


DETECTORS: tuple[Detector, ...] = tuple(
    asks("email", emails.MESSAGE, source, _is_no_word) for source in (ODD, NAMED, AT_A_HOST)
)
