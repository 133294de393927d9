"""Street addresses: a house number, a name, a word for a street; routes and post boxes."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Judge, Near, Setting, pattern
from portal.core.privacy.kinds import lexicon

MESSAGE = "Leave out the street address. A county or a region is enough."

# Few other phrases end so, in any case of letters.
SURE = r"street|avenue|road|boulevard|highway|turnpike|parkway|lane|st|ave|rd|blvd|ln|hwy|tpke|pkwy"
# Everyday words: only as names in capitals, or beside a word of living somewhere.
UNSURE = (
    r"way|court|ct|drive|dr|place|pl|circle|cir|terrace|ter|square|sq|park|path|trail|row|crossing"
    r"|landing|point|ridge|hill|green|commons|heights|extension|ext|wharf|alley|run|loop|plaza"
    r"|cove|hollow|bluff|bend"
    r"|close|crescent|cres|mews|gardens|manor|estates|farm|pass|walk|quay|view|mall|pike"
    r"|rotary|towers?|village|meadow"
    r"|meadows|glen|knoll|trl|cv|hl|villas?"
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
HOUSE = r"(?<![\w$#])(?<!\d[.,/:-])#?\d{1,5}(?:-\d{1,4}|[ ]?½|[ ]1/2)?[A-Z]?[ \t]{1,3}"
NUMERAL = (
    LEFT
    + r"(?-i:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Fifteen|Twenty)[ \t]"
)
WORD = r"(?:[A-Z][\w'-]{0,19}+[ \t]{1,3}|[A-Z]{1,3}\.[ \t]{1,3}|\d{1,3}(?:st|nd|rd|th)[ \t]{1,3})"
UNIT = (
    r"(?:,?[ \t]{0,2}(?:(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|bldg|building)\b\.?|\#)"
    r"[ \t]?#?[ \t]?\w{1,5}|,?[ \t]\d{1,2}(?:st|nd|rd|th)\sfl(?:oor|r)?\b)?(?:,?[ \t](?:rear"
    r"|front|left|right)\b)?"
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
    + r"(?:(?:p\.?[ ]?o\.?|post[ ]office)[ ]?(?:box|drawer)|pob)[ ]?(?:no\.?[ ]?|\#[ ]?)?\d{1,6}"
    + RIGHT
    + UNIT
)
AT = pattern(r"(?:[\s:,]|\b(?:at|is|on|to|off|near)\b)*")

RURAL = (
    LEFT
    + r"(?:r\.?r\.?|hc|rural\s(?:route|rte))[ ]?(?:no\.?[ ]?|\#)?\d{1,3},?[ ]box[ ]?\#?\d{1,5}"
    + RIGHT
)
BOX = LEFT + r"(?P<id>box[ ]\#?\d{1,5})" + RIGHT
MAIL = pattern(LEFT + r"(?:mail|letters?|check|post|address|lives?)" + RIGHT)
# A street in capitals, named with another one or with a word for where they meet.
NAMED = r"(?-i:[A-Z][\w'-]{1,19}|\d{1,3}(?:st|nd|rd|th))(?:[ ](?-i:[A-Z])[\w'-]{1,19}){0,2}\.?"
CORNER = (
    LEFT
    + r"(?:number[ ]\d{1,5},?[ ](?:at[ ]the[ ]|the[ ])?)?(?:corner|intersection|crossing)[ ]of[ ]"
    rf"{NAMED}[ ](?:and|&|\+|with)[ ]{NAMED}(?!\w)"
)
CROSSING = LEFT + rf"(?P<id>{NAMED}[ ](?:and|&|/)[ ]{NAMED}(?:[ ](?:streets?|sts))?)(?!\w)"
NUMBER_BEHIND = (
    rf"{LEFT}(?P<name>(?:(?-i:[A-Z])[\w'-]{{1,19}}+[ \t]){{1,3}}?)(?P<street>{SURE})\.?,?[ ]"
    r"(?:\#|no\.?[ ]|number[ ])[ ]?\d{1,5}[A-Z]?" + RIGHT
)
# "22 Elm, 2nd floor", "building 4, apt 12"
ROOM = (
    r"(?:apt|apartment|unit|room|rm|bldg|building|trailer|lot|suite|ste|cabin"
    r"|door(?=[ #]*\d))\b\.?[ ]?\#?[ ]?(?=\w{0,3}\d|(?-i:[A-Z])\b)\w{1,5}"
)
WITH_FLOOR = (
    HOUSE + r"(?-i:[A-Z][a-z]{2,19})(?:,[ ]?|[ ])(?:\d{1,2}(?:st|nd|rd|th)[ ]fl(?:oor|r)?|(?:apt"
    r"|apartment|unit)\b\.?[ ]?\#?\w{1,5})" + RIGHT
)
TWO_PARTS = (
    LEFT + r"(?:bldg|building|block|tower)\b\.?[ ]?\#?\w{1,4},?[ ](?:apt|apartment"
    r"|unit)\b\.?[ ]?\#?\w{1,5}" + RIGHT
)
FLOOR_OF = (
    LEFT
    + r"\d{1,2}(?:st|nd|rd|th)[ ]floor[ ](?:of|at)[ ]"
    + HOUSE
    + rf"(?:(?-i:[A-Z])[\w'-]{{1,19}}+[ ]){{1,3}}?(?:{SURE})"
    + RIGHT
)
LODGING = pattern(
    LEFT + r"(?:motels?|hotel|inn|days[ ]inn|super[ ]8|motel[ ]6|red[ ]roof|econo[ ]?lodge"
    r"|knights[ ]inn|extended[ ]stay"
    r"|rooming[ ]house|airbnb|shelter)" + RIGHT
)
DWELLS = pattern(
    LEFT + r"(?:(?:lives?|lived|living|resid(?:es?|ed|ing)|stay(?:s|ed|ing)?|moved|placed|crashing"
    r"|sleeping)"
    r"(?:[ ](?:in|at|to|into|on|with\s\w{1,12}\s(?:in|at)))|address(?:[ ]is|:))" + RIGHT
)
DWELL_GAP = pattern(r"[\s:]{1,2}(?:the\s)?")
HOUSE_ONLY = LEFT + r"(?P<id>(?:number|no\.|\#)[ ]?\d{1,5}(?:[ ](?-i:[A-Z][a-z]{2,19}))?)" + RIGHT
SMALL = HOUSE + r"(?P<name>(?-i:[a-z]{3,19}))" + RIGHT + UNIT
# "calle Sol 45", "rua das Flores, 45"
ROMANCE = (
    LEFT + r"(?:calle|c/|rua|r\.(?=[ ](?:d[aeo]s?[ ])?[A-Z])|avenida|avda?\.?|av\.|travessa"
    r"|callejon|carrera|paseo|rue)"
    r"[ ](?:[\w'.-]{1,19}[ ]){0,4}?[\w'.-]{1,19}?,?[ ](?:\#|no?\.?[ ]|numero[ ])?\d{1,5}" + RIGHT
)
ON_EARTH = r"(?<![\w.])-?\d{1,2}\.\d{4,8}[NS]?,?\s{1,2}-?\d{1,3}\.\d{4,8}[EW]?(?![\w.]\d)"


def _street(number: str, kinds: str) -> re.Pattern[str]:
    dot = r"(?:\.(?=,|[ \t][\w#]))?"
    return pattern(
        rf"{number}(?P<name>{WORD}{{1,5}}?)(?P<street>{kinds}){RIGHT}(?!-[a-z])"
        rf"(?:[ ]Ext(?:ension)?{RIGHT})?{dot}{UNIT}"
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


def _is_two_streets(match: re.Match[str], setting: Setting) -> bool:
    """Two capitalised words beside a word of living somewhere may be two people: never those."""
    names = re.findall(r"[A-Z][\w'-]+", match[0])
    return not any(lexicon.bears(name, lexicon.given()) for name in names)


def _is_unlisted(match: re.Match[str], setting: Setting) -> bool:
    return match["name"] not in lexicon.words() and match["name"] not in NOT_IN_A_NAME


def _is_no_month(match: re.Match[str], setting: Setting) -> bool:
    words = re.findall(r"[A-Z][a-z]+", match[0])
    return not any(word.lower() in lexicon.months() for word in words)


def _is_no_show(match: re.Match[str], setting: Setting) -> bool:
    return NOT_A_STREET.match(_rest(match)) is None


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    return " ".join(match[0].lower().split()) in setting.allow


def _address(
    source: re.Pattern[str],
    is_real: Judge | None = None,
    before: Near | None = None,
    after: Near | None = None,
    needs: tuple[str, ...] = (),
) -> Detector:
    return Detector(
        kind="address",
        message=MESSAGE,
        pattern=source,
        is_real=is_real,
        before=before,
        after=after,
        is_allowed=_is_allowed,
        needs=needs,
    )


BOXES = ("box", "drawer", "pob")
IN_A_HOUSE = (
    "apt", "apartment", "unit", "room", "rm", "bldg", "building", "trailer", "lot", "suite", "ste",
    "cabin", "door",
)  # fmt: skip
ABROAD = ("calle", "c/", "rua", "r.", "av", "travessa", "carrera", "paseo", "rue")


DETECTORS = (
    _address(_street(HOUSE, f"{SURE}|{UNSURE}"), _is_address),
    _address(_street(HOUSE, UNSURE), _is_name, Near(HOME, reach=25)),
    _address(pattern(WITHOUT_NUMBER), _is_street, Near(HOME, reach=10, gap=AT)),
    _address(_street(NUMERAL, SURE), _in_capitals),
    _address(pattern(HOUSE + ROUTE + RIGHT + UNIT), _is_no_show),
    _address(pattern(HOUSE + r"(?-i:[A-Z][a-z]{2,19})" + RIGHT + UNIT), before=Near(HOME, 10, AT)),
    _address(pattern(POST_BOX), needs=BOXES),
    _address(pattern(RURAL), needs=BOXES),
    _address(pattern(BOX), before=Near(MAIL, reach=25), needs=BOXES),
    _address(pattern(CORNER), needs=("corner", "intersection", "crossing")),
    _address(pattern(CROSSING), _is_two_streets, Near(DWELLS, 4, DWELL_GAP)),
    _address(pattern(NUMBER_BEHIND), _is_name),
    _address(pattern(WITH_FLOOR), _is_no_month),
    _address(pattern(TWO_PARTS), needs=("bldg", "building", "block", "tower")),
    _address(pattern(FLOOR_OF), needs=("floor",)),
    _address(pattern(LEFT + ROOM + RIGHT), None, Near(LODGING, 24), Near(LODGING, 24), IN_A_HOUSE),
    _address(pattern(LEFT + ROOM + RIGHT), None, Near(DWELLS, 6, DWELL_GAP), needs=IN_A_HOUSE),
    _address(pattern(HOUSE_ONLY), None, Near(DWELLS, 4, DWELL_GAP), needs=("number", "no.", "#")),
    _address(pattern(SMALL), _is_unlisted, Near(DWELLS, 4, DWELL_GAP)),
    _address(pattern(ROMANCE), needs=ABROAD),
    _address(pattern(ON_EARTH)),
)
