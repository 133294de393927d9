"""What is written like somebody's number, with no word beside it that says which: asked about.

Whoever types it knows at a glance whether it is a grant's or a child's. Numbers that the field
writes all day (grants, laws, forms, orders, rooms) are known by the word before them or their
shape.
"""

import re
from datetime import date

from portal.core.privacy.detectors import LEFT, RIGHT, Setting, asks, pattern, small
from portal.core.privacy.kinds import (
    addresses,
    births,
    dates,
    handles,
    lexicon,
    phones,
    plates,
    records,
)

MIXED = r"[A-Z\d]{1,20}(?:-[A-Z\d]{1,12}){0,5}"
SHAPES = (
    # "INT-0094412", "26-3318-OF", "CAC2025-1107", "V00071836652"
    rf"(?=[A-Z-]{{0,24}}+\d[A-Z-]{{0,24}}+\d)(?=[\d-]{{0,24}}+[A-Z]){MIXED}",
    # "26-0071", "2026-1182", "0447-18-823"
    r"(?:(?:1[5-9]|2\d)-\d{4}|(?:19|20)\d\d-\d{3,6}|\d{2,6}(?:-\d{2,8}){2,4}|\d{5,8}-\d{2,6})",
    # "S 3381 9904", "MH 1000 4471 2093", "HPH 3320914-02", "CP 25 HN 0417"
    r"(?-i:[A-Z]{1,5})[ ]\d{3,4}(?:[ ]\d{4}){1,3}"
    r"|(?-i:[A-Z]{2,5})[ ](?:\d{6,10}(?:-\d{1,4})?|\d{4,5}-\d{1,4})"
    r"|(?-i:[A-Z]{2}[ ]\d\d[ ][A-Z]{2})[ ]\d{3,5}"
    r"|\d{4}(?:[ ]\d{4}){2}|\d{4}[ ]\d{5}[ ]\d{4}|(?-i:[A-Z])[ ]\d{3}[ ]\d{3}[ ]\d{3}"
    r"|\d{6}[ ]\d\d[ ]\d{6}[ ]\d",
)
# "P# 2209 8851"
HASHED = pattern(
    rf"{LEFT}(?-i:[A-Z]{{1,4}}|(?:chart|case|file|log|rpt|report|incident|complaint"
    r"|intake|docket|dkt|tip|card|receipt|visit|account"
    r"|acct)\s?(?:no\.?)?)"
    r"\s?#\s?:?\s?(?P<id>(?=[A-Z\d -]*\d[A-Z\d -]*\d)[A-Z\d]{2,14}"
    rf"(?:[ -][A-Z\d]{{2,10}}){{0,3}}){RIGHT}"
)
# A plate in parts, with a word for one not far on either side.
PLATE = pattern(
    rf"{LEFT}(?:plates?|tags?|regs?|registration|registered|partial|vanity|veh|placa|chapa|plak"
    rf"|matricula){RIGHT}"
)
PLATE_PARTS = pattern(
    rf"{LEFT}(?-i:(?=[A-Z \d-]{{0,14}}\d)(?=[\d -]{{0,14}}[A-Z])"
    r"(?=[A-Z\d]{1,4}(?:[ -][A-Z\d]{1,4}){0,2})"
    rf"[A-Z\d]{{1,4}}(?:[ -](?=[A-Z]*\d|[A-Z]{{1,3}}[ -]\d)[A-Z\d]{{1,4}}){{0,2}}){RIGHT}(?![%-])"
)
# "NJ K41-TVD", in a column of its own
OF_A_STATE = pattern(
    rf"{LEFT}(?-i:MA|NH|RI|CT|VT|ME|NY|NJ|PA|FL)[ ](?P<id>(?-i:(?=[A-Z]*[- ]?\d)(?=[\d -]*[A-Z])"
    rf"(?:[A-Z\d]{{2,4}}[- ][A-Z\d]{{2,4}}|[A-Z\d]{{6,7}}))){RIGHT}"
)
# "partial plate 7RX", "plate she wrote down: 8TL?44"
UNSURE_PLATE = pattern(
    rf"{LEFT}(?:plates?|tag)(?:\s\w{{1,8}}){{0,4}}[\s:]{{1,2}}"
    rf"(?P<id>(?-i:(?=[A-Z?]*\d)(?=[\d?]*[A-Z])[A-Z\d?]{{3,7}}))(?!\w)"
)
# "her insta toritakesls"
NAMED_ACCOUNT = pattern(
    rf"{LEFT}(?:her|his|their|my|your)\s(?:insta|ig|snap|tiktok|discord|fb|kik|finsta)\s"
    rf"(?:is\s|was\s|name\s){{0,2}}(?P<id>(?!is\b|was\b|name\b|account)[a-z][\w.]{{5,25}}){RIGHT}"
)
# "plate two echo golf november one seven"
SAID_PLATE = pattern(
    rf"{LEFT}(?:plates?|tags?|reg|registration|placa|plak)(?:\s(?:is|was|number|no)){{0,2}}[\s:]{{1,2}}"
    rf"(?P<id>(?:(?:{phones.DIGIT}|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet"
    r"|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray"
    rf"|yankee|zulu|be|ka|ce|de|efe|ge|\w|\d)[\s,.-]{{1,2}}){{3,7}}(?:{phones.DIGIT}|\w{{1,8}})){RIGHT}"
)
PLATE_REACH = 48
PIECE = re.compile(r"\n|[.!?]\s+(?=[A-Z][a-z])")  # a plate and its word stand in one sentence
VANITY = pattern(rf"{LEFT}vanity[\s,:]{{1,3}}(?:is\s)?[\"']?(?P<id>(?-i:[A-Z]{{4,7}})){RIGHT}")
# Whose number it is: nobody's.
OF_NOBODY = pattern(
    r"(?:§|\b(?:grants?|awards?|subawards?|contracts?|positions?|postings?|jobs?|requisitions?|vacancy"
    r"|vacancies|print|proofs?|editions?|salary|payroll|mileage|errors?|expired|invoices?|inv|quotes?|po|p\.o\.|purchase"
    r"|orders?|vendor|budgets?|lines?(?:\sitems?)?|account\scode|codes?|codigo|presupuesto|object"
    r"|fund|appropriation|rf[apqr]s?|nofos?|bids?|solicitations?|sections?|sec\.?|chapters?|ch\.?|c\."
    r"|acts?|bills?|laws?|p\.?l\.?|pub\.|usc|u\.s\.c\.|cfr|c\.f\.r\.|cmr|rules?|regulations?"
    r"|executive|memo(?:randum)?|circular|polic(?:y|ies)|directive|bulletin|guidance|standards?"
    r"|forms?|versions?|ver\.?|v\.?|revisions?|rev\.?|rooms?|rm\.?|suite|ste\.?|floor|building|bldg"
    r"|box|zoom|webex|teams|meeting(?:\sid)?|webinar|passcode|password|access|pin|isbn|issn|doi"
    r"|pmid|pmc|modules?|courses?|units?|lessons?|models?|serial|sku|item|part|products?|catalog"
    r"|tickets?|requests?|confirmation|conference|flight|gate|train|bus|routes?|rte\.?|exit|channel"
    r"|extension|ext\.?|fax|ein|fein|duns|uei|npi|aln|cfda|omb|tax(?:\sid)?|naics|vendor\sid"
    r"|checks?|printer|copier|laptop|toner|asset|iso|release|build|error|page|pp?\.|fy|ffy|sfy"
    r"|volume|vol\.?|issue|report\sto\scongress|years?|since|between|from|ages?|grades?|hours?"
    r"|times?|dates?|zip|ma|massachusetts|nch|tracking|ups|fedex|usps|ref\.?\sto|ceus?|approval"
    r"|provider|program|course\sid|certificate|irb|protocol|lot|hcpcs|cpt|icd(?:-10)?)\b\.?)"
    r"(?:[\s:#.,(]{1,3}|\s(?:numbers?|nos?\.?|ids?|sites?|of|is|was|the|for|and|or)\b[\s:#.]{0,2}"
    r"|[A-Z\d][A-Z\d.-]{1,20},?\s){0,4}$"
)
BEGINS = frozenset(
    "ta fy ffy sfy cy ay voca cja vawa po rfr rfp rfq rfa nofo inv omb cfda aln iso hb sb hd sd hr"
    " pl usc cfr cmr mgl covid sars isbn issn pmid pmc cve kb mou moa ojp ovc doj hhs acf gr mod"
    " rev ver utf sha mp rm rte ext hp wf fnc gs zip ma st ste iep sro ref form a3 a4"
    " ada tic ace ces cse csec nca oca dph dese ch ip usb ncj ein fein"
    " duns uei npi aba sku hdmi mpeg mp pin hud irb".split()
)
GRANT = re.compile(r"-(?:GX|GG|GK|MU|VA|VX|VF|VC|VO|VT|CY|CX|JF|FJ|AX|BX|WA|WR|TA|NC|CI|K\d{3})-")
ORDINAL = pattern(r"\d+(?:st|nd|rd|th|s|am|pm|a|p|k|m|mg|gb|mb|tb|hrs?|min|yo|x)")
TOLL_FREE = re.compile(r"(?:1-)?8(?:00|33|44|55|66|77|88)-")
SPAN = re.compile(r"(?:19|20)\d\d-(?:(?:19|20)\d\d|\d\d)|\d{1,4}-\d{1,3}|\d{1,3}[A-Z]-\d{1,3}[A-Z]")
LONG_WORD = re.compile(r"[a-z]{4}")  # "2023-edition"
# "P3245" is a camera, "H2011" a service, "0x80070005" an error, "1099-NEC" a form.
OF_A_THING = pattern(r"[a-z]\d{4}|0x[\da-f]{2,16}|(?:1099|1095|1040)-[a-z]{1,4}")
ZIP = re.compile(r"0[12]\d{3}-\d{4}")


def _is_unplaced(match: re.Match[str], setting: Setting) -> bool:
    said = match[0]
    digits = sum(char.isdigit() for char in said)
    if digits < 4 or OF_NOBODY.search(match.string[max(0, match.start() - 48) : match.start()]):
        return False
    if TOLL_FREE.match(said) or LONG_WORD.search(said) or OF_A_THING.fullmatch(said):
        return False
    if any(shape.fullmatch(said) for shape in (ORDINAL, SPAN, ZIP)):
        return False
    if records.NOT_A_RECORD.fullmatch(said) or dates.ANY.fullmatch(said):
        return False
    head = re.match(r"[A-Za-z]*", said)
    return (head is None or head[0].lower() not in BEGINS) and not GRANT.search(said.upper())


def _is_hashed(match: re.Match[str], setting: Setting) -> bool:
    whose = match[0].split("#")[0].strip().lower()
    digits = sum(char.isdigit() for char in match["id"])
    return digits >= 4 and whose not in BEGINS and not GRANT.search(match["id"].upper())


def _is_plate(match: re.Match[str], setting: Setting) -> bool:
    said, text = match[0], match.string
    digits, letters = sum(map(str.isdigit, said)), sum(map(str.isalpha, said))
    if not (digits > 1 and letters and 4 <= digits + letters <= 9) or ORDINAL.fullmatch(said):
        return False
    if plates.ROAD.fullmatch(said) or plates.OF_NO_CAR.search(said):
        return False
    head = re.match(r"[A-Z]*", said)
    if head is not None and head[0].lower() in BEGINS:
        return False
    before = text[max(0, match.start() - PLATE_REACH) : match.start()]
    after = text[match.end() : match.end() + PLATE_REACH]
    around = (PIECE.split(before)[-1], PIECE.split(after)[0])
    return any(words.search(part) for part in around for words in (PLATE, plates.CAR))


OLDEST = 95
RELEASE = pattern(r"\b(?:build|version|ver\.?|release|v\.?)\W{0,2}$")
# "4/12, 40 seats", "grades 6-12, 14 staff"
RUN_ON = re.compile(r"\d{1,2}/\d{1,2},? \d\d|\d{1,2}[-/.]\d{1,2}, ?\d\d")
DAYS = re.compile(r"[A-Za-z]+\.? \d{1,2} ?- ?\d{1,2}")  # "May 19-20"


def _is_young(match: re.Match[str], setting: Setting) -> bool:
    """A day that somebody may be born on, where no event is spoken of before it."""
    day = None if DAYS.fullmatch(match[0]) else dates.parse(match[0], setting.today)
    if day is None or not _is_a_persons(day, setting.today):
        return False
    before = match.string[max(0, match.start() - 48) : match.start()]
    if before[-2:-1].isdigit() and re.fullmatch(r"\d+ \d+ \d+", match[0]):  # a scale
        return False
    if before.endswith(("/", "-", ".")) or RUN_ON.fullmatch(match[0]) or RELEASE.search(before):
        return False
    return births.HAPPENED.search(before) is None and births.EVENT.search(before) is None


def _is_a_persons(day: date, today: date) -> bool:
    """Old enough for a school child, young enough for a grandmother."""
    return births.YOUNGEST <= today.year - day.year <= OLDEST


# "20091225", "02142011"
SOLID_DAY = pattern(
    r"(?<![^\W_])(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d)(?![^\W_])"
)


def _is_solid_day(match: re.Match[str], setting: Setting) -> bool:
    said = match[0]
    first = said[:2] in {"19", "20"} and int(said[4:6]) <= 12
    year, month, day = (said[:4], said[4:6], said[6:]) if first else (said[4:], said[:2], said[2:4])
    try:
        return _is_a_persons(date(int(year), int(month), int(day)), setting.today)
    except ValueError:
        return False


# "eighteen Larkspur Street", "54 calle Pleasant"
SPELLED_STREET = pattern(
    rf"{LEFT}(?-i:(?=[OTFSENotfsen\d]))"
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    rf"|ninety)[ ](?-i:(?!Way\b)[A-Z][a-z]{{2,15}})(?:[ ](?-i:[A-Z][a-z]{{2,15}}))?[ ]"
    rf"(?:{addresses.SURE}|drive|court|place|circle|terrace|way){RIGHT}"
    rf"|\d{{1,5}}[ ](?:calle|rua|rue|avenida|ri)[ ](?-i:[A-Z]\w{{2,15}})"
)
STREET = pattern(
    rf"{LEFT}(?:at|@|on|street|lives|living|stays|staying|address|addr\.?)[\s:]{{1,2}}"
    rf"(?P<id>\d{{1,5}}[ ](?-i:[A-Z][a-z]{{3,15}})){RIGHT}(?![ ]?%)"
)
SMALL_STREET = pattern(
    rf"{LEFT}(?P<id>\d{{1,5}}[ ](?-i:[a-z]{{4,15}})[ ](?:ct|cir|ter|pl|sq)){RIGHT}"
)
STREETS_NOT = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday state federal court street avenue"
    " road main".split()
)


def _is_street(match: re.Match[str], setting: Setting) -> bool:
    word = match["id"].split()[1].lower()
    if word in STREETS_NOT - {"main"} or word in lexicon.months() or word in lexicon.places():
        return False
    return word.rstrip("s") not in lexicon.words() and word not in lexicon.words()


ACCOUNT = pattern(
    r"(?<![\w@/.:\\-])(?=[a-z_]*\d)(?-i:[a-z][a-z\d]{1,20}(?:_{1,3}[a-z\d]{1,20}){1,3}(?:\.\d{1,4})?)"
    r"(?![\w/\\-]|\.[a-z\d]{2,5}\b)"
)
# "roblox, user xXcoachXx", "the user there is Tr1ple-Sevens"
USER = pattern(
    rf"{LEFT}(?:user(?:\s?name)?|screen\s?name|gamer\s?tag|handle|account)"
    r"(?:\s(?:there|is|was|on\s\w{2,12}|name|called)){0,3}[\s:]{1,2}[\"']?"
    r"(?P<id>(?-i:(?=\w*\d|[a-z]+[A-Z]|\w*[._-]\w)[A-Za-z\d][\w.-]{3,24}\w))"
)
# "fb /mama.aissa"
PATH = small(
    rf"{LEFT}(?:fb|facebook|ig|insta(?:gram)?|tiktok|snap(?:chat)?|discord)[\s:]{{1,2}}"
    r"/(?P<id>[\w.]{4,30}\w)"
)
OF_A_FILE = re.compile(r"_(?:v\d+|final|draft|copy|fy\d*|20\d\d|rev\d*|new|old)(?:_|$)")


def _is_account(match: re.Match[str], setting: Setting) -> bool:
    return OF_A_FILE.search(match[0]) is None


def _is_no_word(match: re.Match[str], setting: Setting) -> bool:
    return match["id"].lower() not in lexicon.words()


DETECTORS = (
    *(
        asks(
            "case_number",
            records.MESSAGE,
            pattern(rf"{LEFT}(?<![$&=?./,@~-])(?:{shape}){RIGHT}(?![%@/]|[-.,:]\d|\.\w)"),
            _is_unplaced,
        )
        for shape in SHAPES
    ),
    asks("case_number", records.MESSAGE, HASHED, _is_hashed),
    asks("plate", plates.MESSAGE, PLATE_PARTS, _is_plate),
    asks("plate", plates.MESSAGE, VANITY, None, needs=("vanity",)),
    asks("plate", plates.MESSAGE, OF_A_STATE, None),
    asks("plate", plates.MESSAGE, UNSURE_PLATE, None, needs=("plate", "tag")),
    asks("handle", handles.MESSAGE, NAMED_ACCOUNT, _is_no_word),
    asks("plate", plates.MESSAGE, SAID_PLATE, None, needs=("plate", "tag", "reg", "plac", "plak")),
    asks("handle", handles.MESSAGE, USER, None),
    asks("handle", handles.MESSAGE, PATH, None),
    asks("dob", births.MESSAGE, dates.FULL, _is_young),
    asks("dob", births.MESSAGE, SOLID_DAY, _is_solid_day),
    asks("address", addresses.MESSAGE, SPELLED_STREET, None),
    asks("address", addresses.MESSAGE, STREET, _is_street),
    asks("address", addresses.MESSAGE, SMALL_STREET, _is_street),
    asks("handle", handles.MESSAGE, ACCOUNT, _is_account),
)
