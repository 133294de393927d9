"""Street addresses: a house number, a name, a word for a street; routes and post boxes."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Judge, Near, Setting, pattern

MESSAGE = "Leave out the street address. A county or a region is enough."

# Few other phrases end so, in any case of letters.
SURE = r"street|avenue|road|boulevard|highway|turnpike|parkway|lane|st|ave|rd|blvd|ln|hwy|tpke|pkwy"
# Everyday words: only as names in capitals, or beside a word of living somewhere.
UNSURE = (
    r"way|court|ct|drive|dr|place|pl|circle|cir|terrace|ter|square|sq|park|path|trail|row|crossing"
    r"|landing|point|ridge|hill|green|commons|heights|extension|wharf|alley|run|loop|plaza"
)
SURE_WORD = pattern(SURE)
NOT_IN_A_NAME = frozenset(
    "a an the of to at from in on by for with per or and but as is are was than that this who via "
    "under over into near after before hour hours day days week weeks month months year years "
    "minute minutes min mins mile miles step steps percent people person child children youth kids "
    "girls boys teens families family members staff teams cases agencies beds lane lanes more "
    "other different separate way two-way one-way session sessions modules lessons trainings times "
    "counties am pm hr hrs million thousand hundred dollars google working juvenile district "
    "superior supreme probate drug trial appeals".split()
)
# What follows "road" or "street" where no address is meant.
NOT_A_STREET = pattern(
    r"\s(?:maps?|outreach|work|workers?|tests?|level|corner|names?|smarts?|law|based|safety|shows?"
    r"|trips?|life|lights?|medicine|view|art|closures?|races?|ahead)\b"
)
# A name in capitals is followed by a sign, a small word, another capital, or nothing.
ENDS_HERE = re.compile(
    r"\.?\s*(?:$|\n|[^\w\s]|[A-Z\d])|\s+(?:in|on|at|near|and|with|where|is|was|by|off|to|since|when"
    r"|who|she|he|they|because|but|or|last|then|which|until|w|for|from|apt|unit)\b"
)
HOME = pattern(
    LEFT + r"(?:lives?|lived|living|resid(?:es?|ed|ing)|address(?:es)?|stay(?:s|ed|ing)?|home|house"
    r"|moved|placed|apartment|picked\sup|dropped\soff)" + RIGHT
)
HOUSE = r"(?<![\w$])(?<!\d[.,/:-])\d{1,5}(?:-\d{1,4}|[ ]?½|[ ]1/2)?[A-Z]?[ \t]{1,3}"
NUMERAL = (
    LEFT
    + r"(?-i:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Fifteen|Twenty)[ \t]"
)
WORD = r"(?:[A-Z][\w'-]{0,19}+[ \t]{1,3}|[A-Z]{1,3}\.[ \t]{1,3}|\d{1,3}(?:st|nd|rd|th)[ \t]{1,3})"
UNIT = (
    r"(?:,?[ \t]{0,2}(?:(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|bldg|building)\b\.?|\#)"
    r"[ \t]?#?[ \t]?\w{1,5}|,?[ \t]\d{1,2}(?:st|nd|rd|th)\sfloor)?"
)
ROUTE = (
    r"(?:broadway|(?:the[ ])?fenway|riverway|jamaicaway|arborway|fellsway(?:[ ](?:east|west))?"
    r"|(?:state[ ])?(?:route|rte|rt)\b\.?[ ]?\d{1,3}[A-Z]?)"
)
WITHOUT_NUMBER = (
    rf"{LEFT}(?P<name>(?:(?-i:[A-Z])[\w'-]{{1,19}}+[ \t]){{1,3}}?)(?P<street>{SURE}){RIGHT}"
)
POST_BOX = (
    LEFT
    + r"(?:p\.?[ ]?o\.?|post[ ]office)[ ]?(?:box|drawer)[ ]?(?:no\.?[ ]?|\#[ ]?)?\d{1,6}"
    + RIGHT
)
AT = pattern(r"(?:[\s:,]|\b(?:at|is|on|to|off|near)\b)*")


def _street(number: str, kinds: str) -> re.Pattern[str]:
    dot = r"(?:\.(?=,|[ \t][\w#]))?"
    return pattern(
        rf"{number}(?P<name>{WORD}{{1,5}}?)(?P<street>{kinds}){RIGHT}(?!-[a-z]){dot}{UNIT}"
    )


def _rest(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + 20]


def _is_name(match: re.Match[str], setting: Setting) -> bool:
    words = [word.strip(".").lower() for word in match["name"].split()]
    return NOT_IN_A_NAME.isdisjoint(words)


def _is_street(match: re.Match[str], setting: Setting) -> bool:
    return _is_name(match, setting) and NOT_A_STREET.match(_rest(match)) is None


def _in_capitals(match: re.Match[str], setting: Setting) -> bool:
    """ "7 Maple Court, Lynn", but neither "12 Park Drive folders" nor "24 hour drive"."""
    words = [*match["name"].split(), match["street"]]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in words)
    return capitals and _is_name(match, setting) and ENDS_HERE.match(_rest(match)) is not None


def _is_address(match: re.Match[str], setting: Setting) -> bool:
    sure = SURE_WORD.fullmatch(match["street"]) is not None
    return (_is_street if sure else _in_capitals)(match, setting)


def _is_no_show(match: re.Match[str], setting: Setting) -> bool:
    return NOT_A_STREET.match(_rest(match)) is None


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    return " ".join(match[0].lower().split()) in setting.allow


def _address(
    source: re.Pattern[str], is_real: Judge | None = None, before: Near | None = None
) -> Detector:
    return Detector(
        kind="address",
        message=MESSAGE,
        pattern=source,
        is_real=is_real,
        before=before,
        is_allowed=_is_allowed,
    )


DETECTORS = (
    _address(_street(HOUSE, f"{SURE}|{UNSURE}"), _is_address),
    _address(_street(HOUSE, UNSURE), _is_name, Near(HOME, reach=25)),
    _address(pattern(WITHOUT_NUMBER), _is_street, Near(HOME, reach=10, gap=AT)),
    _address(_street(NUMERAL, SURE), _in_capitals),
    _address(pattern(HOUSE + ROUTE + RIGHT + UNIT), _is_no_show),
    _address(pattern(HOUSE + r"(?-i:[A-Z][a-z]{2,19})" + RIGHT + UNIT), before=Near(HOME, 10, AT)),
    _address(pattern(POST_BOX)),
)
