"""A room, a flat, a bed, a box: where in a house somebody is. Asked about."""

import re

from portal.core.privacy.detectors import (
    LEFT,
    RIGHT,
    Detector,
    Setting,
    around,
    asks,
    pattern,
    small,
)
from portal.core.privacy.kinds import addresses, lexicon

LODGING = (
    r"(?:motels?|hotel|inn|days\sinn|super\s8|motel\s6|red\sroof|econo\s?lodge|extended\sstay"
    r"|rooming\shouse|airbnb|travelodge|rodeway)"
)
# "Motel 6, #214", "in 214 at the motel", "key card for room 214"
ROOM = small(
    rf"{LEFT}(?:{LODGING}[^.\n\d]{{0,10}}(?:[^.\n\d]{{0,4}}\d{{1,3}})?(?:\s?\#\s?|,\s"
    rf"|\sin\s)(?P<id>\d{{2,4}})(?=\s?(?:[.;,)\n]|$))"
    rf"|in\s\#?\d{{3}}\s(?:at|of)\s(?:the\s|a\s)?(?:\w{{2,12}}\s)?{LODGING}"
    rf"|key(?:\s?card)?[^.\n]{{0,14}}\b(?:room|rm)\.?\s?\#?\d{{1,4}}[a-z]?"
    rf"|(?:room|rm)\.?\s?\#?\d{{1,4}}[a-z]?,[^.\n]{{0,30}}\b{LODGING}"
    r"|(?:rents?|rented|renting|subletting|sublets)\s(?:a\s|the\s)?(?:room"
    r"|unit)\s\#?(?=\w{0,3}\d)\w{1,4}"
    rf"|(?:shelter|dorm(?:itory)?),?\s(?:bed|room|rm)\.?\s?\#?\d{{1,4}}[a-z]?){RIGHT}"
)
FLAT = small(
    rf"{LEFT}(?:(?:apt|apartment)\b\.?\s?\#?\s?(?=\w{{0,3}}\d)\w{{1,5}}"
    r"|(?:bldg|building)\b\.?\s\#?\w{1,4},?\s(?:\#|apt\b|unit\b)\.?\s?\w{1,5}"
    r"|(?:trailer|campsite)\s?\#?\s?\d{1,4}|lot\s\#?\d{1,4}(?=[^.\n]{0,20}\b(?:trailer|park)\b))"
    rf"{RIGHT}"
)
BOX = small(
    rf"{LEFT}(?:(?:p\.?\s?o\.?\s?(?:bx|b)\.?|pmb|apartado)\s?\#?\d{{1,6}}"
    rf"|box\s\#?\d{{1,5}},\s(?P<town>[a-z]{{3,15}})){RIGHT}"
)
ZIP_FOUR = small(
    rf"{LEFT}(?:liv(?:es|ed|ing)\sin|zip(?:\+4|\scode|\+four)?|home"
    rf"|from)\s(?:is\s)?(?P<id>0\d{{4}}-\d{{4}}){RIGHT}"
)
# "#14", "unit B", "no. 3": a flat alone, where the house was named before
ALONE = small(
    r"(?<![\w#&/-])(?P<id>\#\s?\d{1,4}[a-z]?|(?:apt|apartment|unit|number|no\.|door|flat|bldg"
    r"|building)"
    r"\.?\s?\#?\s?(?:\d{1,4}[a-z]?|[a-z]))(?![\w$%]|[-/.,:]\d|'[a-z])"
)
HOUSE = pattern(
    rf"(?<![\w$.])\d{{1,5}}[a-z]?\s(?:[a-z][\w'.-]{{1,19}}\s){{1,3}}?(?:{addresses.SURE}|court"
    rf"|ct|drive|dr"
    r"|place|pl|circle|cir|terrace|ter|way|square|sq|park|pike)\b"
)
IN = pattern(
    r"\b(?:in|into|to|at|from|of|is|has|have|near|by|for|neighbor\w*|lady|man|guy|woman|tenant"
    r"|people|family"
    r"|outside|inside|next\sdoor,?|knocks?\son|door|now|upstairs|downstairs|and|or"
    r"|&)[\s:,(]{1,3}(?:the\s)?$"
)
HOMELY = pattern(
    rf"{LEFT}(?:neighbou?rs?|liv(?:es?|ed|ing)|stay(?:s|ed|ing)?|door|upstairs|downstairs"
    rf"|landlord|tenants?"
    rf"|knock\w{{0,3}}|apartments?|buildings?|moved|aunt\w{{0,3}}|house|homes?|keys?"
    rf"|buzz\w{{0,3}}|slept|sleeps){RIGHT}"
)
NUMBERED = pattern(
    r"\b(?:item|question|page|step|form|slide|section|field|agenda|option|tip|bullet|goal|list"
    r"|module"
    r"|curriculum|meeting|training|line|copies|invoice|ranked|priority|lesson|policy)s?\b"
)
LISTED = pattern(r"\s(?:on|in|of)\s(?:the|our|that|this|page)\s?(?:list|agenda|docket|page|\d)")
HOUSE_REACH = 420


def _is_in_a_house(match: re.Match[str], setting: Setting) -> bool:
    text, start = match.string, match.start("id")
    before, after = around(match, 60)
    if NUMBERED.search(before[-24:]) or NUMBERED.match(after.lstrip(" ,")) or LISTED.match(after):
        return False
    if IN.search(before) is None and HOMELY.search(before + after) is None:
        return False
    return HOUSE.search(text[max(0, start - HOUSE_REACH) : start]) is not None


def _is_box(match: re.Match[str], setting: Setting) -> bool:
    return match["town"] is None or match["town"].lower() in lexicon.places()


DETECTORS: tuple[Detector, ...] = tuple(
    asks("address", addresses.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (ROOM, None, ()),
        (FLAT, None, ()),
        (
            ALONE,
            _is_in_a_house,
            ("#", "apt", "apartment", "unit", "number", "no.", "door", "flat", "bldg", "building"),
        ),
        (BOX, _is_box, ()),
        (ZIP_FOUR, None, ("-",)),
    )
)
