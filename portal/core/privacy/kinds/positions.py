"""Where on earth: coordinates in every way of writing, three words, plus codes: asked about."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Setting, asks, small
from portal.core.privacy.kinds import addresses

DEGREES = r"[°º]?\s?"
PAIR = small(
    rf"(?<![\w.])(?P<id>[ns]?\s?(?P<one>[+-]?\d{{1,2}}\.\d{{2,9}}){DEGREES}[ns]?[\s,;/]{{1,3}}"
    rf"[ew]?\s?(?P<other>[+-]?\d{{1,3}}\.\d{{2,9}}){DEGREES}[ew]?)(?!\w|\.\d)"
)
NAMED = small(
    rf"{LEFT}(?:lat(?:itude)?|lon|long|lng|longitude)[\s:=]{{1,3}}(?P<id>[+-]?\d{{1,3}}\.\d{{2,9}})(?!\w|\.\d)"
)
MINUTES = small(
    r"(?<![\w.])\d{1,3}\s?[°º]\s?\d{1,2}(?:\.\d{1,5})?\s?['′]?(?:\s?\d{1,2}(?:\.\d{1,4})?\s?[\"″'])?"
    r"\s?[nsew]?(?:[\s,]{1,3}\d{1,3}\s?[°º]\s?\d{1,2}(?:\.\d{1,5})?\s?['′]?"
    r"(?:\s?\d{1,2}(?:\.\d{1,4})?\s?[\"″'])?\s?[nsew]?)?(?!\w)"
)
THREE_WORDS = small(
    r"(?:///|(?<!\w)(?:w3w|what3words)[\s:/.]{1,4})(?P<id>[a-z]{3,18}\.[a-z]{3,18}\.[a-z]{3,18})(?![\w.])"
)
SHARED = small(
    r"(?<!\w)(?:maps\.app\.goo\.gl|goo\.gl/maps|life360\.com|glympse\.com|find\.apple\.com)/"
    r"(?P<id>[\w-]{4,40})"
)
PLUS_CODE = re.compile(r"(?<![\w+])[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}(?![\w+])")


def _is_near_here(match: re.Match[str], setting: Setting) -> bool:
    """In North America, and marked as west: by a sign, or by a letter."""
    one, other = abs(float(match["one"])), abs(float(match["other"]))
    west = match["other"].startswith("-") or re.search("[NSEWnsew]", match[0]) is not None
    return west and 17 <= one <= 72 and 60 <= other <= 170


DETECTORS: tuple[Detector, ...] = tuple(
    asks("address", addresses.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (PAIR, _is_near_here, (".",)),
        (NAMED, None, ("lat", "lon", "lng")),
        (MINUTES, None, ("°", "º")),
        (THREE_WORDS, None, ("///", "w3w", "what3words")),
        (SHARED, None, (".com/", ".gl/")),
        (PLUS_CODE, None, ("+",)),
    )
)
