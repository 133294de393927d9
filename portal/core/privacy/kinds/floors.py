"""Where somebody is, by floor and room, or by what is under, behind or beside it: asked about."""

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
from portal.core.privacy.kinds import addresses

LODGING = (
    r"(?:motels?|hotels?|inns?|lodges?|suites?|(?:motor|budget|airport)\s(?:inn|lodge|court|suites)"
    r"|(?:super|studio|motel)\s[68]|days\sinn|red\sroof|extended\sstay|homewood|residence\sinn"
    r"|rooming\shouse|guest\s?house|boarding\shouse|hostel|shelter|airbnb|sober\s(?:house|home)"
    r"|hampton|marriott|hilton|holiday\sinn|best\swestern|la\squinta|knights|econo|travelodge"
    r"|rodeway)"
)
LODGES = pattern(rf"{LEFT}{LODGING}{RIGHT}")
STAYS = pattern(
    rf"{LEFT}(?:s?he'?s|(?:s?he|they|i)\s(?:is|was|are|am)|i'?m|they'?re|liv(?:e|es|ed|ing)"
    r"|stay(?:s|ed|ing)?|crash\w{0,3}|sleep\w{0,3}|slept|hid(?:es|ing)?|kept|keep(?:s|ing)?|held"
    r"|moved|rents?"
    r"|renting|her|his|their|my|mom'?s|dad'?s|aunt'?s|home|house|apt|apartment|decker|text(?:ed|s)?"
    r"|bring\w{0,3}|brought|took|takes|pick\w{0,3}|drop\w{0,4}|come|knock\w{0,3}|youth|girl|boy"
    r"|kid|teen"
    rf"|vive|mora|apartamento|triple){RIGHT}"
)
OFFICE = pattern(
    rf"{LEFT}(?:conf(?:erence)?|meeting|mtg|trainings?|session|workshop|court(?:house|room)?"
    rf"|office|suite"
    r"|library|auditorium|elevators?|hospital|hall|campus|school|building|bldg|presentation|salon"
    r"|ballroom|mdt|cac|clinic|department|dept|station|headquarters|hq|ashburton|washington"
    rf"|breakout|plenary|registration|parking|garage|ramp|agenda|zoom|visitors?){RIGHT}"
)
FLOOR = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|top|ground)\s(?:floor"
    r"|fl|flr|flo?)\b\.?"
    r"|basement|attic|upstairs|downstairs)"
)
PLACE = r"(?:room|rm|apt|apartment|unit|door|no|\#)\.?\s?\#?\s?"
# "3rd floor 312", "4th fl, 412", "2nd flr rm 7", "third floor left"
ON_A_FLOOR = small(
    rf"{LEFT}(?=[\dfstgbaud]){FLOOR}[\s,]{{1,2}}(?:in\s|to\s|at\s|of\s)?"
    rf"(?:{PLACE}(?=\w{{0,3}}\d|[a-z]\b)\w{{1,4}}|\#?\d{{1,4}}[a-z]?|(?:left|right|rear|front"
    rf"|back)(?:\s(?:apt|side|door|unit))?)"
    rf"{RIGHT}(?![/:.]\d|\s(?:years?|people|staff|seats|and\scenter|of\sthe))"
)
# "rm 214, 2nd floor"
FLOOR_BEHIND = small(
    rf"{LEFT}(?:room|rm|apt|unit|\#)\.?\s?\#?\d{{1,4}}[a-z]?,?\s(?:on\s(?:the\s)?)?{FLOOR}"
)
# "the inn by the rotary rm 214", "the lodge on 9, 208"
IN_A_LODGING = small(
    rf"{LEFT}(?=[mhilsbdreagkt]){LODGING}{RIGHT}[^.\n]{{0,44}}?(?<![\w$/:.-])"
    rf"(?P<id>(?:(?:room|rm|unit|cabin|door|no|num|number)\.?\s?\#?\s?|\#\s?)\d{{1,4}}[a-z]?"
    rf"|(?:(?<=in )|(?<=is )|(?<=, )|(?<=like )|(?<=inn )|(?<=tel )|(?<=dge )|(?<=tes )|(?<=mm"
    rf" )|(?<=to ))[1-9]\d\d)"
    r"(?=\s?(?:[.;,)!?\"\n]|$|(?:and|w|with|til|until|again|tonight|now|till|but|if|pls|please)\b))"
)
BEFORE_A_LODGING = small(
    rf"{LEFT}(?P<id>(?:room|rm|unit|cabin)\.?\s?\#?\d{{1,4}}[a-z]?|\#\d{{1,4}})"
    rf"[\s,(]{{1,2}}(?:at|of|in|from|@)\s(?:the\s|a\s|this\s|some\s"
    rf"|that\s)?(?:\w{{2,12}}\s){{0,3}}{LODGING}{RIGHT}"
)
# "room two fourteen"
WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|oh|zero|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
ROOM_IN_WORDS = small(
    rf"{LEFT}(?:room|rm|apt|apartment|unit)\s(?:number\s)?{WORDS}(?:[\s-]{WORDS}){{1,2}}{RIGHT}"
)
# "Oak Terrace Apartments #12C"
OF_A_COMPLEX = pattern(
    r"(?<!\w)(?-i:[A-Z])[\w'-]{2,19}\s(?:apartments|apts|apt|village|manor|estates|towers?|homes"
    r"|commons|gardens|condos|terrace|court)\.?,?\s(?:\#\s?|no\.?\s|unit\s|apt\.?\s)"
    r"(?=\w{0,2}\d)\w{1,5}(?!\w)"
)
BESIDE = (
    r"(?:over|above|behind|under|below|across\s(?:from|the\sstreet\sfrom)|next\s(?:to|door\sto)"
    r"|upstairs\s(?:from|of)"
    r"|on\stop\sof|in\sback\sof|beside|opposite|arriba\sde|encima\sde|em\scima\sd[ao]|anwo"
    r"|atras\sd[ae])"
)
SHOP = r"(?:the|a|an|that|this|el|la)\s(?:(?:old|corner|\w{2,10})\s)?[a-z'&]{3,16}"
# "apt over the laundromat", "the room behind the bodega"
OVER_A_SHOP = small(
    rf"{LEFT}(?=[afusbthpred])(?P<id>(?:apt|apartment|apartamento|flat|unit(?:\s\w{{1,3}})?"
    rf"|studio|(?:basement|attic|upstairs|third\sfloor|"
    rf"second\sfloor|top\sfloor)(?:\s(?:apt|unit|room))?|house|place|room|rooms|trailer"
    rf"|efficiency)\s(?:right\s|just\s)?"
    rf"{BESIDE}\s{SHOP}(?:\son\s[a-z]{{3,15}}(?:\s(?:st|ave|rd|street|road))?)?){RIGHT}"
)
SURE = pattern(
    r"(?:apt|apartment|apartamento|flat|basement|attic|upstairs|efficiency|studio|trailer)\b"
)
# "basement apt on Hildreth", "attic apartment off Main"
PART_OF_A_HOUSE = pattern(
    rf"{LEFT}(?:basement|attic|in-?law|upstairs|downstairs|rear|{FLOOR})\s(?:apt|apartment|unit"
    rf"|flat)\s"
    r"(?:on|off|at|in)\s(?-i:[A-Z][a-z]{2,15})(?![\w'-])"
)
# "lives over the laundromat"
LIVES_OVER = small(
    rf"{LEFT}(?:liv(?:es|ed|ing)|stay(?:s|ed|ing)?|sleep(?:s|ing)?|crash(?:es|ing)?|house\sis"
    rf"|home\sis|building\sis)\s"
    rf"(?:right\s|just\s|in\sthe\s\w{{3,10}}\s)?(?P<id>{BESIDE}\s{SHOP}){RIGHT}"
)
# "Pilgrim Inn 2nd floor end room", "Motel 6 back building", "Motor Court cabin 4"
PART_OF_A_LODGING = small(
    rf"{LEFT}(?=[mhilsbdreagkt]){LODGING}{RIGHT},?\s(?:(?:the|in|on)\s){{0,2}}(?P<id>(?:{FLOOR}"
    rf"|(?:back|rear|front"
    r"|far|end|last|corner|side)\s(?:building|bldg|units?|rooms?|rm|cabin|door|side|end)"
    r"|(?:cabin|bungalow|cottage"
    rf"|bldg|building|efficiency|villa)\s\#?\d{{1,3}})){RIGHT}"
)
# "behind the Shell on Rte 9", "above the Dunkin on Cabot"
BY_A_SHOP = pattern(
    rf"{LEFT}(?P<id>{BESIDE}\s(?:the\s)?(?-i:[A-Z][\w'&]{{2,15}}(?:\s[A-Z][\w'&]{{1,15}})?)\s(?:on|off|by)\s(?:the\s)?"
    rf"(?:(?:rte|rt|route)?\.?\s?\d{{1,3}}|(?-i:[A-Z][a-z]{{2,15}})(?:\s(?:st|ave|rd|street"
    rf"|road)\b)?)){RIGHT}"
)
DWELLS = pattern(
    r"\b(?:house|room|apt|apartment|floor|unit|trailer|tent|camp\w*|basement|building)\b"
)
REACH = 70


def _is_stayed_in(match: re.Match[str], setting: Setting) -> bool:
    before, after = around(match, REACH)
    if OFFICE.search(before) or OFFICE.search(after):
        return False
    parts = (before, after, match[0])
    return any(words.search(part) for part in parts for words in (STAYS, LODGES))


def _is_by_a_shop(match: re.Match[str], setting: Setting) -> bool:
    before, after = around(match, 50)
    return any(words.search(part) for part in (before, after) for words in (STAYS, DWELLS))


def _is_no_office(match: re.Match[str], setting: Setting) -> bool:
    parts = (*around(match, 40), match[0])
    return not any(OFFICE.search(part) for part in parts)


def _is_over_a_shop(match: re.Match[str], setting: Setting) -> bool:
    if SURE.match(match["id"]):
        return True
    before, _after = around(match, 30)
    return STAYS.search(before) is not None and not OFFICE.search(before)


IN_FLOORS = ("floor", " fl", "flo ", "basement", "attic", "stairs")
IN_LODGINGS = (
    "motel", "hotel", " inn", "\ninn", "lodge", "suite", "motor ", "super ", "studio ", "roof",
    "extended", "homewood", "rooming", "guest", "boarding", "hostel", "shelter", "airbnb", "sober",
    "hampton", "marriott", "hilton", "western", "quinta", "knights", "econo", "rodeway",
)  # fmt: skip
IN_PARTS = ("apt", "apartment", "unit", "flat")
IN_HOUSES = (
    "over ", "above ", "behind ", " under ", " below ", " across ", " next to ", " next door",
    "upstairs", " on top ", " in back ", " beside ", " opposite ", "rriba ", "ncima ", " cima ",
    " anwo ", " atras ",
)  # fmt: skip

DETECTORS: tuple[Detector, ...] = tuple(
    asks("address", addresses.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (ON_A_FLOOR, _is_stayed_in, IN_FLOORS),
        (FLOOR_BEHIND, _is_stayed_in, IN_FLOORS),
        (IN_A_LODGING, _is_no_office, IN_LODGINGS),
        (BEFORE_A_LODGING, _is_no_office, IN_LODGINGS),
        (PART_OF_A_LODGING, _is_no_office, IN_LODGINGS),
        (BY_A_SHOP, _is_by_a_shop, IN_HOUSES),
        (OF_A_COMPLEX, None, ("#", " no", "unit ", "apt")),
        (ROOM_IN_WORDS, None, ("room ", "rm ", *IN_PARTS)),
        (OVER_A_SHOP, _is_over_a_shop, IN_HOUSES),
        (PART_OF_A_HOUSE, None, IN_PARTS),
        (LIVES_OVER, None, IN_HOUSES),
    )
)
