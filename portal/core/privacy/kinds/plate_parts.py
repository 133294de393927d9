"""Plates that are not whole, not sure, or stand where no word names them: asked about."""

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
from portal.core.privacy.kinds import plates

REACH = 60
STATE = (
    r"(?:ma|mass\.?|massachusetts|nh|n\.h\.|new\shampshire|ri|r\.i\.|rhode\sisland|ct|conn\.?"
    r"|connecticut|vt|vermont|me|maine|ny|new\syork|nj|new\sjersey|pa|fl)"
)
# Words that speak of a license plate and of nothing else, or nearly so.
SURELY = pattern(
    rf"{LEFT}(?:plates?|partials?|lpr|alpr|(?-i:LP)|vanity|lic(?:ense)?\s?(?:tag|reg|\#)"
    rf"|(?:{STATE}|temp|paper|the|her|his|their|a|car|vehicle|no)\s(?:tags?|regs?)"
    rf"|(?:tags?|reg)(?=\s?(?:\#|no\b|number|:))|number\splate|placa|chapa|matricula){RIGHT}"
)
# No plates: times, sizes, classes, and what a law is cited by.
NOT_IN_PLATES = plates.WORDS_OF_THREE | frozenset(
    "gb mb tb kb hz ghz mhz xl xxl mm cm km kg lb oz ml mg qt yo yr yrs wk wks mo mos pc pcs ct ea "
    "pg pgs pp vol pt fte br ba nec fps dpi mbps cert app doc mac win csec cac ch mrn dob ssn"
    " pin id".split()
)
NOT_BESIDE = pattern(
    r"\b(?:exit|route|rte?|room|rm|unit|apt|gate|level|module|door|suite|section|sec|ch|chapter"
    r"|c|form|grade|version|table|page|step|option|tier|line|track|lot|item)\.?[\s#]{1,2}$"
)


def _is_none(said: str) -> bool:
    letters = re.findall(r"[A-Za-z]+", said)
    return any(part.lower() in NOT_IN_PLATES for part in letters)


def _speaks_of_a_plate(match: re.Match[str], name: str | int = 0) -> bool:
    before, after = around(match, REACH, name)
    if NOT_BESIDE.search(before):
        return False
    within = match[0] if name else ""
    return any(SURELY.search(part) for part in (before, after, within))


# "a plate ending 4KT", "got 2KR of the plate": capitals and figures in two to four signs
PIECE = re.compile(
    rf"{LEFT}(?<![$.#/-])(?=[A-Z]{{0,3}}\d)(?=\d{{0,3}}[A-Z])[A-Z\d]{{2,4}}(?![\w%/-]|\.\d)"
)


# A statute or an order is cited so, a size or a sum is written so.
NO_PIECE = re.compile(r"51[ABCD]|209A|258E|39[KL]|93H|\d+[KDGMT]|\d[AB]|[A-Z]\d")


def _is_piece(match: re.Match[str], setting: Setting) -> bool:
    if NO_PIECE.fullmatch(match[0]):
        return False
    return not _is_none(match[0]) and _speaks_of_a_plate(match)


# "starts with kt", "last three 219", "88 at the end"
PHRASE = pattern(
    rf"{LEFT}(?:(?:start|begin|end|finish)(?:s|ed|ing|ning)?(?:\s(?:in|with|w/|on|by)(?!\w))?"
    r"|(?:first|last)\s(?:part|bit|half|two|three|four|[2-5]|couple|few|numbers?|letters?"
    r"|digits?)|partial(?:ly)?|something\slike"
    r"|had|has|contains|only\s(?:got|saw|caught|read)|combination|medallion|(?:livery"
    r"|dealer)\splate)"
    r"(?:[\s:,.(\"'#-]{1,3}(?:is|are|was|were|of|on|the|a|an|it|that|as|letters|numbers|digits"
    r"|characters|plates?|tags?|number|no|her|his|their|maybe)(?!\w)){0,6}[\s:,.(\"'#-]{1,4}"
    rf"(?P<id>(?=[A-Z]{{0,3}}\d)[A-Z\d]{{2,5}}|(?-i:[A-Z]{{2,4}})){RIGHT}(?![-/%.,:]\d)"
)
LOOSELY = pattern(r"had|has|contains|only|combination|medallion|livery|dealer")
AT_THE_END = pattern(
    rf"{LEFT}(?P<id>(?=[A-Z]{{0,3}}\d)[A-Z\d]{{2,4}}|(?-i:[A-Z]{{2,4}}))\s(?:at|in|on|for|to)\s"
    r"(?:it\b|(?:the\s)?(?:end|start|beginning|front|middle|first|last|back)\b)"
)


def _is_phrased(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    if said.isalpha() and LOOSELY.match(match[0]):
        return False
    return not _is_none(said) and _speaks_of_a_plate(match, "id")


# "2DXB77", "9GH V41", "6VL-T18", "3GR T7x": the shapes of Massachusetts, wherever they stand
WHOLE = re.compile(
    r"(?<![\w$./#&=-])(?:[1-9][A-Z]{3}[ -]?\d\d|[1-9][A-Z]{2}[ -]?(?:\d{3}|[A-Z]\d[\dx?]))"
    r"(?![\w%/-]|[.,]\d)"
)


def _is_whole(match: re.Match[str], setting: Setting) -> bool:
    before, _after = around(match, 12)
    return not _is_none(match[0]) and NOT_BESIDE.search(before) is None


# "48_ 1_9", "..R 41", "4?K 2?7": with signs that nobody could read
UNREAD = re.compile(
    r"(?<![\w.?*/])(?=[A-Z?*_.x -]{0,6}\d)(?=[A-Z\d -]{0,7}(?:[?*_x]|\.\.))"
    r"[A-Z\d?*_.]{2,7}(?:[ -]?[A-Z\d?*_.x]{2,4})?(?![\w?*])"
)
UNREAD_SIGN = re.compile(r"[?*_]|\.\.|x$")
PARTLY = pattern(r"\b(?:part|partial|partly|half|letters|numbers|unclear|blurry)\b")


def _is_unread(match: re.Match[str], setting: Setting) -> bool:
    said = match[0]
    known = sum(map(str.isalnum, said))
    mixed = re.search("[A-Z]", said) is not None
    if known < 2 or not UNREAD_SIGN.search(said if mixed else said[:-1]):
        return False
    parts = around(match, REACH)
    if NOT_BESIDE.search(parts[0]):
        return False
    return any(
        words.search(part) for part in parts for words in (SURELY, plates.REGISTRATION, plates.CAR)
    ) or any(PARTLY.search(part) for part in parts)


# "NH tag 481 2297", "ct combination 48B.CD2", "MA/PC/4RK219"
OF_A_STATE = small(
    rf"{LEFT}{STATE}[\s./]{{1,2}}(?:(?:temp|paper|veteran|commercial|livery|dealer|passenger"
    r"|combination|comm)[\s./]{1,2})?(?:plates?|tags?|reg(?:istration)?s?|lic(?:ense)?|pc|pan|pas"
    r"|co|cmb|combination)\.?[\s:#/.]{1,3}(?:(?:no|number|is|was)[\s.:]{1,2}){0,2}"
    rf"(?P<id>(?=[a-z]{{0,4}}[ .-]?\d)[a-z\d]{{1,7}}(?:[ .-][a-z\d]{{2,5}})?){RIGHT}(?![-/%.]\d)"
)
TEMPORARY = small(
    rf"{LEFT}(?:(?:temp|temporary|paper)\s(?:plate|tag|reg)s?|(?:taxi|hackney)\s(?:medallion|no)"
    rf"|placard|medallion)(?:\sfrom\s{STATE})?[\s:,#.]{{1,3}}(?:is\s|no\s|number\s)?"
    rf"(?P<id>(?=[a-z]{{0,3}}\d)[a-z\d]{{2,8}}(?:[ -][a-z\d]{{3,6}})?){RIGHT}(?![-/%.]\d)"
)


def _is_numbered(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    return sum(map(str.isdigit, said)) > 2 and not _is_none(said)


VANITY = pattern(
    rf"{LEFT}(?:(?:vanity|custom|personali[sz]ed|specialty)(?:\s(?:plates?|tags?))?|plates?)"
    r"(?:\s(?:is|was|says?|said|reads?|that|of|with|spells?|saying)){0,3}[\s:,]{1,2}"
    r"(?:[\"'](?P<quoted>(?-i:[A-Z\d]{2,7}(?:\s[A-Z\d]{1,6})?))[\"']"
    rf"|(?P<id>(?-i:[A-Z][A-Z\d]{{3,7}}){RIGHT}))"
)


def _is_vanity(match: re.Match[str], setting: Setting) -> bool:
    return match["quoted"] is not None or re.match("plate", match[0], re.IGNORECASE) is None


# "the blue bmw ends in K90", "something like 3K?-921", "his whip ends 88T", "last three 7XK"
OF_A_CAR = pattern(
    rf"{LEFT}(?:(?P<sure>(?:starts?|begins?|ends?|ending|starting|beginning)(?:\s(?:in|with|w/?"
    rf"|on))?|(?:last|first)\s"
    r"(?:two|three|four|few|part|half|[2-5])(?:\s(?:is|are|was|were|of\sit))?)|something\slike"
    r"|looked\slike|maybe|part(?:ial)?"
    r"|part\sof\s(?:it|the)[^.\n]{0,44}?\s?[-:,]|(?:had|has)(?:\sa)?|(?:only\s)?(?:got|saw|caught"
    r"|read)|reads|with)[\s:,\"'-]{1,4}"
    r"(?:(?:an?|the)\s)?(?P<id>(?=[A-Z?*]{0,3}\d)(?=[\d?*]{0,4}[A-Z?*])[A-Z\d?*]{2,7}"
    r"(?:[- ]?(?=[A-Z?*]{0,2}\d)[A-Z\d?*]{2,4})?"
    r"|(?<=in\s)\d{2,3}|(?<=with\s)\d{2,3}|(?<=w\s)\d{2,3})"
    r"(?=[\"']?(?:[\s]?(?:[.,;!?)\n-]|$)|\s(?:and|but|or|on|in|w|with|she|he|it|i|not|like|before|when|maybe|something"
    r"|then|at|ny|nh|ri|ct|ma|mass)\b))"
    r"(?![.,:/]\d)"
)
RIDE = pattern(
    rf"{LEFT}(?:whips?|rides?|trucks?|vans?|tags?|beemer|beamer|benz|tahoe|suburban|nissans?"
    rf"|equinox|yukon|escalade"
    rf"|maxima|pathfinder|rogue|wrangler|challenger|mustang|silverado|f-?150|tacoma|tundra"
    rf"|u-?haul|box\struck){RIGHT}"
)
HOUR = re.compile(
    r"\d{1,4}(?:a|p|am|pm|h|hrs?|k|m|g|gb|mb|x|s|st|nd|rd|th|yo|y|d|w|in|ft|lbs?|mi|mph|min|%)"
    r"|51[a-d]|209a|39[kl]",
    re.I,
)


def _is_of_a_car(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    if HOUR.fullmatch(said) and not (said[-1].isupper() and match["sure"]):
        return False
    if NO_PIECE.fullmatch(said) and not match["sure"] and not re.match("ha[sd] a|.*of ", match[0]):
        return False
    before, after = around(match, REACH)
    return not _is_none(said) and any(
        words.search(part)
        for part in (before, match[0], after[:40])
        for words in (plates.CAR, RIDE)
    )


# "Partial on 2nd car: 77K", and a cell "8LD..."
PARTIAL_ON = small(
    rf"{LEFT}partials?\s(?:plate\s)?(?:(?:on|of|for|from|the|a|his|her|1st|2nd|3rd|first|second|third"
    r"|other|plate|tag|\w{3,9})\s){0,4}(?:cars?|trucks?|vans?|suvs?|sedans?|jeeps?|vehicles?|plates?"
    r"|tags?|one)\s?[:=-]\s?"
    rf"(?P<id>(?=[a-z]{{0,4}}\d)[a-z\d]{{2,7}}){RIGHT}(?![-/%.:]\d)"
)
CUT_OFF = re.compile(
    r"(?:[|\t]|[ ]{2})[ ]{0,40}(?P<id>(?=[A-Z]{0,4}\d)(?=\d{0,4}[A-Z])[A-Z\d]{2,6}"
    r"(?:\.{2,5}|\?{1,4}|\*{1,4}|_{2,4}|-{2,4}))[ ]{0,40}(?=[|\t\n]|[ ]{2}|$)"
)

DETECTORS: tuple[Detector, ...] = tuple(
    asks("plate", plates.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (PIECE, _is_piece, ()),
        (PHRASE, _is_phrased, ()),
        (AT_THE_END, _is_phrased, ()),
        (OF_A_CAR, _is_of_a_car, ()),
        (WHOLE, _is_whole, ()),
        (UNREAD, _is_unread, ("?", "*", "_", "..", "x")),
        (PARTIAL_ON, None, ("partial",)),
        (CUT_OFF, None, ("..", "?", "*", "__", "--")),
        (OF_A_STATE, _is_numbered, ()),
        (TEMPORARY, _is_numbered, ("temp", "paper", "taxi", "hackney", "placard", "medallion")),
        (VANITY, _is_vanity, ("vanity", "custom", "personali", "specialty", "plate")),
    )
)
