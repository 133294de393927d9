"""License plates, beside a word for one; a plate's shape alone only beside a car."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

MESSAGE = "Leave out the license plate."

# 1ABC23, 123 ABC, 123AB4, 12AB34, ABC 1234, 1234 AB, AB 123C, and what other states have.
SHAPES = (
    r"\d[A-Z]{2,3}[ -]?\d{2,3}|\d{2}[ -]?[A-Z]{2}[ -]?\d{2}(?!\d)|\d{2,4}[ -]?[A-Z]{2,3}\d{0,2}"
    r"|\d[A-Z]{2}[ -]?[A-Z]\d\d|[A-Z]{2,3}[ .-]?\d{3,5}|[A-Z]\d{2}[ -]?[A-Z]{3}"
    r"|[A-Z]{3}[ -]?\d[A-Z]\d{2}|[A-Z]\d{5}|[A-Z]{1,2}[ -]?\d{2,3}[ -]?[A-Z]{1,2}"
    r"|[A-Z]{2}[ -]?\d{2}[ -]?\d{2,3}"
    r"|\d[A-Z][ -]?\d{3,4}"
)
HAS_A_FIGURE = r"(?=[A-Z]{0,6}[ .-]?\d)"
OTHERS = r"\d{5,7}|\d{3,4}[ -]\d{3,4}|(?-i:(?=[A-Z]{1,6}\d)[A-Z\d]{5,7})"
WORDS_OF_THREE = frozenset(
    "the and for was has had her his she not but are who our per all any its via due may can new "
    "one two six ten day am pm to of in on at by is it as or if an no so we he up do hrs min ma "
    "cfr usc cmr mgl ada tcf osc fy ffy cac cacs apt rm rte rt ste hr hour days mi mph lbs st "
    "nd rd "
    "th exit pm est edt dcf mdt jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu "
    "fri sat "
    "sun i us box fl ct rav cx gt sl bid tid qid qd qhs hs prn mcg".split()
)
PLATE = pattern(
    LEFT + r"(?:lp|(?:licen[sc]e|lic\.?|number|ma|mass\.?|ri|nh|ct|vt|me|ny|nj"
    r"|vehicle|car)\s(?:plates?|tags?)|plates?"
    r"|placa|chapa)" + RIGHT
)
REGISTRATION = pattern(
    LEFT + r"(?:regs?|regis|registrations?|registered"
    r"|(?<!discord\s)(?<!gamer\s)(?<!user\s)(?<!name\s)tags?)" + RIGHT
)
CAR = pattern(
    LEFT + r"(?:cars?|vehicles?|vans?|minivans?|trucks?|sedans?|suvs?|pick-?ups?|coupe|hatchback"
    r"|wagon|motorcycles?|scooters?|m/c|mopeds?"
    r"|bikes?|moped|driv(?:es|ing|er|e)|drove|parks|parked|plates?|tags?|reg|registration"
    r"|hondas?|toyotas?|nissan"
    r"|ford|chevy|chevrolet|bmw|jeep|hyundai|kia|acura|lexus|mercedes|benz|audi|subaru|mazda"
    r"|volvo|volkswagen|vw"
    r"|dodge|gmc|buick|cadillac|infiniti|tesla|chrysler|lincoln|ram|scion|mitsubishi|civic"
    r"|accord|camry|corolla"
    r"|altima|sentra|sienna|odyssey|rav4|cr-?v|malibu|impala|charger|explorer|escape|elantra"
    r"|sonata|jetta|uber"
    r"|lyft|taxi|cab|livery)" + RIGHT
)
GAP = pattern(
    r"(?:[\s#:=,.()\"'/_-]|do\s|de\s|del\s|da\s|carro\s|van\b|(?=\w{0,4}\d)\w{2,7}\b|(?:or|and|no|num|number|is|was|of|the|a|ma|mass|massachusetts|ri|nh|ct|ny"
    r"|nj|me|vt|fl|pa"
    r"|new\shampshire|new\syork|connecticut|rhode\sisland|vermont|maine|florida|from|tx|ga|nc"
    r"|reg|registration|registered|read|reads|reading|ending|in|with|plates?|tags?|came|back|as|to"
    r"|partial|full|state|on|car|vehicle|driver|owner|his|her|their|temp|temporary|paper|it"
    r"|its|it's|says"
    r"|may\sbe|maybe|like|something|looks|saw|got|wrote|down|i|we|think)\b){0,14}"
)
# "plate starts with 4LD", "partial plate 7X"
PART_GAP = pattern(
    r"[\s,:(]{1,3}(?:(?:that|which|number|no|is|was)\s)?(?:start(?:s|ed|ing)?|begin(?:s|ning)?"
    r"|beginning|end(?:s|ed|ing)?"
    r"|first\s(?:three|3|four|4)|last\s(?:three|3|four|4)|partial(?:ly)?|something\slike)"
    r"(?:\s(?:is|are|was|were|with|in|of))?[\s:,\"']{1,3}"
)
SOLID = (
    r"(?-i:[1-9][A-Z]{3}[ -]?\d\d|[1-9][A-Z]{2}[ -]?\d{3}|\d{3}[ -]?[A-Z]{2}\d"
    r"|\d{2}[A-Z]{2}[ -]?\d{2}|\d{3}[ -]?[A-Z]{3}"
    r"|[A-Z]{3}[ -]?\d{4}|[A-Z]{2}[ .]?\d{5}|\d[A-Z]{2}[ -]?[A-Z]\d\d|[A-Z]{2}[ -]?\d{3}[A-Z]"
    r"|[A-Z]{3}[ -]\d{3}|\d{4}[ -][A-Z]{2}|[A-Z]\d{2}[ -]\d{3})"
    r"|(?-i:[1-9][a-z]{3}\d\d|[1-9][a-z]{2}\d{3}|\d{2}[a-z]{2}\d{2})"
)
CAR_BEFORE, CAR_BEHIND = 110, 60
# "I-495", "US-1", "MA 2", "Rte 9"
ROAD = pattern(r"(?:i|us|ma|ri|nh|ct|vt|me|ny|sr|rte?|route|exit)[ -]?\d{1,3}[ab]?")
# "100 BID", "115 DOB", "0240 RN": doses, and what stands behind a figure in notes
OF_NO_CAR = pattern(
    r"\b(?:bid|tid|qid|qd|qhs|hs|prn|mcg|mg|ml|dob|rn|md|np|pa|hrs|lbs?|am|pm|bpm|hr|bp|ssn|mrn)$|^209a$"
)
ERROR = pattern(r"\b(?:code|error|room|version|model)[\s:#]{0,2}$")
VANITY = pattern(
    rf"{LEFT}(?:vanity\s(?:plates?|tags?)|plates?\s(?:that\s)?(?:says?|said|reads?"
    rf"|spells?))(?:\s(?:is|was|that|says|reads|of))?"
    r"[\s:,]{1,2}[\"']?(?P<id>(?-i:[A-Z][A-Z\d]{2,6}))(?!\w)"
)


def _is_plate(match: re.Match[str], setting: Setting) -> bool:
    """No number with a word behind it: "plate 214 was", "tag 12 and"."""
    if ROAD.fullmatch(match[0]):
        return False
    if re.fullmatch(r"[A-Z\d]+-[A-Z\d]+", match[0]):
        return True
    letters = re.findall(r"[A-Za-z]+", match[0])
    return not any(part.lower() in WORDS_OF_THREE for part in letters)


def _is_plate_part(match: re.Match[str], setting: Setting) -> bool:
    letters = re.findall(r"[A-Za-z]+", match["id"])
    return not any(part.lower() in WORDS_OF_THREE for part in letters)


def _is_solid(match: re.Match[str], setting: Setting) -> bool:
    """In one piece, or in capitals: "registration 100 per" is neither."""
    solid = not re.search(r"[ -]", match[0]) and len(match[0]) > 4
    return _is_plate(match, setting) and (solid or match[0].isupper())


def _is_beside_a_car(match: re.Match[str], setting: Setting) -> bool:
    text, start, end = match.string, match.start(), match.end()
    if not _is_plate(match, setting) or ERROR.search(text[max(0, start - 12) : start]):
        return False
    around = (text[max(0, start - CAR_BEFORE) : start], text[end : end + CAR_BEHIND])
    return any(CAR.search(part) is not None for part in around)


def _is_mixed(match: re.Match[str], setting: Setting) -> bool:
    """A serial number has digits and letters; a word or a sum has not."""
    return (
        re.search(r"\d.*\d.*\d", match[0]) is not None and re.search("[A-Z]", match[0]) is not None
    )


def _plate(source: str, near: re.Pattern[str], gap: re.Pattern[str]) -> Detector:
    return Detector(
        kind="plate",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?<![$.-]){HAS_A_FIGURE}{source}{RIGHT}(?!%|-\w)"),
        before=Near(near, reach=40, gap=gap),
        is_real=_is_plate if near is PLATE else _is_solid,
    )


DETECTORS = (
    _plate(rf"(?:{SHAPES}|{OTHERS})", PLATE, GAP),
    _plate(rf"(?:{SHAPES})", REGISTRATION, GAP),
    Detector(
        kind="plate",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}(?:(?:plates?|tag|reg|registration){PART_GAP.pattern}|partial[\s:]{{1,2}})"
            rf"[-.]{{0,3}}(?P<id>(?=[A-Z]{{0,3}}\d)[A-Z\d]{{2,4}}|(?-i:[A-Z]{{2,4}})){RIGHT}(?!%|-\d)"
        ),
        is_real=_is_plate_part,
    ),
    Detector(
        kind="plate",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?<![$.-]){HAS_A_FIGURE}(?:{SOLID}){RIGHT}(?!%|-\w)"),
        is_real=_is_beside_a_car,
    ),
    Detector(kind="plate", message=MESSAGE, pattern=VANITY, needs=("vanity", "plate")),
    # a vehicle identification number
    Detector(
        kind="plate",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?-i:[A-HJ-NPR-Z\d]{{17}}){RIGHT}"),
        is_real=_is_mixed,
    ),
)
