"""Where somebody lives, without a word for a street: "88 Grattan", "in 214 at the motel".

Asked about: a number and a word may be anything, and whoever types it knows.
"""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Setting, around, asks, pattern
from portal.core.privacy.kinds import addresses, contexts, lexicon, unplaced

HOMELY = pattern(
    rf"{LEFT}(?:live[sd]?|living|stay(?:s|ed|ing)?|resid\w{{1,4}}|res|addy|add?r(?:ess)?|address|home|house"
    r"|hse|uber|lyft|taxi|cab|drop\w{0,4}|pick\w{0,3}|lka|r/a|warrant|returned|cruiser|ping\w{0,3}"
    r"|moved|placed|direccion|vive|viven|mora|endereco|adres|rete|bus\sstop|c/o)"
    rf"{RIGHT}"
)
# The word is near the number, and little stands between.
HOMELY_REACH = 34
ENDS_HERE = re.compile(
    r"\t|\s?(?:$|\n|[),;.!?#|<>\"\]}]|(?:in|w|with|at|apt|and|on|near|off|til|until|by|last|again|twice|tonight"
    r"|around|today|where|every|before|after|pls|please|unit|rear|then|btw|if|to)\b|\d{1,2}(?:st|nd|rd)\b)"
)
TOWN = re.compile(r",?[ ](?:in[ ])?([A-Za-z][a-z]+(?:[ ][A-Z][a-z]+)?)")
FRONT = r"(?:(?:Mt|St|Ft|So|No|[NESW]|Old|New|East|West|North|South|Upper|Lower)\.?[ ])?"
PLAIN = re.compile(
    r"(?<![\w$#./:%-])(?P<number>\d{1,5})(?:-\d{1,4})?[A-Z]?[ ]"
    rf"(?P<word>{FRONT}[A-Z][a-z]{{2,15}})(?![\w'-])"
)
SMALL = re.compile(r"(?<![\w$#./:%-])(?P<number>\d{2,5})[ ](?P<word>[a-z]{5,15})(?![\w'-])")
AT = re.compile(
    r"\b(?:at|to|en|na|nan|lives|stays|addy|address|addr|direccion|near|off|is|of)[ :]{1,2}$|:[ ]$"
)
TOLD = re.compile(
    r"\b(?:lives|living|stays|addy|address|addr|adres|direccion|endereco|vive en|viven en|mora na"
    r"|rete nan|lka|hse)(?: is| at)?[ :]{1,2}$"
)
DIRECTED = re.compile(r"(?:[NESW]|No|So|North|South|East|West)\.? ")
# Words of institutions that streets are called by as well.
OF_STREETS = frozenset(
    "hill park river lake bridge square mount bay beach point pond harbor union church school"
    " hall college summer central mission first grant front court".split()
)
COUNTED = frozenset(
    "pixels people persons families staff teams centers clinicians officers advocates interviewers"
    " youths copies seats slides minutes visits hours sites plus pro beta max mini tabs".split()
)


def _is_common(word: str) -> bool:
    return word not in OF_STREETS and any(
        word in known
        for known in (
            lexicon.months(), unplaced.STREETS_NOT, contexts.NOT_A_PERSON, contexts.PROPER_WORDS,
            contexts.PUBLIC_NAMES, addresses.NOT_IN_A_NAME, COUNTED,
        )
    )  # fmt: skip


def _is_listed(word: str) -> bool:
    return any(
        form in known
        for form in (word, word.rstrip("s"))
        for known in (lexicon.words(), lexicon.places())
    )


def _is_in_a_town(match: re.Match[str]) -> bool:
    town = TOWN.match(match.string, match.end())
    return town is not None and any(
        part.lower() in lexicon.places() for part in (town[1], town[1].split()[0])
    )


def _is_house(match: re.Match[str], setting: Setting) -> bool:
    word = match["word"].split()[-1].lower()
    before, _after = around(match, HOMELY_REACH)
    homely = HOMELY.search(before) is not None
    if word == "main" and DIRECTED.match(match["word"]):
        return ENDS_HERE.match(match.string, match.end()) is not None
    if _is_common(word) or (not homely and unplaced.OF_NOBODY.search(before)):
        return False
    if _is_in_a_town(match):
        return True
    if ENDS_HERE.match(match.string, match.end()) is None:
        return False
    named = word not in lexicon.places() or AT.search(before) is not None
    if "." in match["word"] or (homely and named):
        return True
    if before.endswith(" at ") and word in lexicon.places() and word not in lexicon.words():
        return True
    if _is_listed(word) or int(match["number"]) < 3:
        return False
    return AT.search(before) is not None or word not in lexicon.given()


def _is_small_house(match: re.Match[str], setting: Setting) -> bool:
    word = match["word"]
    before, _after = around(match, 20)
    if _is_common(word) or not (ENDS_HERE.match(match.string, match.end()) or _is_in_a_town(match)):
        return False
    if TOLD.search(before):
        return True
    if _is_listed(word) or word in lexicon.given() or word.endswith(("ing", "ed", "ly", "ers")):
        return False
    return int(match["number"]) > 12 and (AT.search(before) is not None or _is_in_a_town(match))


# "41 Crescent Av", "27 Heron Pt. Dr": endings that are cut off or misspelled
CUT_ENDING = (
    r"(?:av(?:en?)?|avn|strt?|stree|sreet|wy|crcl|circ|bl|bvd|blv|trl|terr?|pt|pkw|hts|sq|dr|ct|pl"
    r"|cir|ln|rd|st)"
)
CUT = pattern(
    rf"{addresses.HOUSE}(?P<name>{addresses.WORD}{{1,3}}?)(?P<street>{CUT_ENDING})"
    rf"\.?(?:[ ](?:dr|rd|ln|st|ave))?{RIGHT}"
)


def _is_cut(match: re.Match[str], setting: Setting) -> bool:
    words = [word.strip(".") for word in match["name"].split()]
    return addresses.NOT_IN_A_NAME.isdisjoint(word.lower() for word in words) and not any(
        word.lower() in lexicon.months() or word[0].islower() for word in words
    )


NAME = r"(?-i:[A-Z][\w'-]{1,19}|\d{1,3}(?:st|nd|rd|th))(?:[ ](?-i:[A-Z])[\w'-]{1,19}){0,1}"
KIND = r"(?:st|street|ave?|avenue|rd|road|blvd|ln|lane|dr|drive|ct|pl|way|hwy|pkwy)\b\.?"
AND = r"\s?(?:&|/|\+|@|\band\b|\bat\b)\s?"
# "Route 9, no. 1533", "Cottage St 22", "house on Hildreth, number 412"
BEHIND = pattern(
    rf"{LEFT}(?:(?:state\s)?(?:route|rte|rt)\.?\s\d{{1,3}}[A-Z]?,?\s(?:no\.?|number|\#)\s?\d{{1,5}}"
    rf"|(?-i:[A-Z])[\w'-]{{2,19}}\s{KIND},?\s\d{{1,5}}(?=[,.;)]|\s?$|\n)"
    rf"|(?:house|home|lives?|stays?|place)\s(?:is\s)?(?:on|off)\s"
    rf"(?P<id>(?-i:[A-Z])[\w'-]{{2,19}},?\s(?:no\.?|number|\#)\s?\d{{1,5}})){RIGHT}"
)
CROSSING = pattern(
    rf"{LEFT}(?:{NAME}\s{KIND}{AND}{NAME}(?:\s{KIND})?"
    rf"|{NAME}\s(?:&|and|/)\s{NAME}\s(?:sts|streets|aves|avenues)\b"
    rf"|cor(?:ner)?\.?\s(?:of\s)?{NAME}{AND}{NAME}"
    rf"|(?:(?:picked|dropped|met|seen|found|stop|bus|hangs?|hanging|waits?|waiting|store|out|off|up|him|her|camp|encampment|sleeps|sleeping)"
    rf"\s(?:at|on|by|near)|near|between)\s(?P<id>{NAME}\s(?:&|and|/|@)\s{NAME})"
    r"|(?-i:[A-Z][a-z]{2,15}\s@\s[A-Z][a-z]{2,15}))(?!\w)"
)
BLOCK = pattern(
    rf"{LEFT}(?:\d{{1,4}}\s(?:block|blk)\s(?:of\s)?{NAME}|block\sof\s\d{{1,5}}\s{NAME}){RIGHT}"
)
ON_STREET = pattern(
    rf"{LEFT}(?:on|off|at|near|by|along|from|to)\s(?P<id>(?:(?-i:[A-Z])[\w'-]{{1,19}}[ ]){{1,2}}"
    rf"(?P<street>{addresses.SURE}))\.?{RIGHT}"
)
SOMEBODY_NEAR = pattern(
    rf"{LEFT}(?:she|he|they|her|his|him|them|girl|boy|kid|child|teen|youth|mom|dad|grandma|bus\sstop"
    rf"|store|works?|lives?|home|house|foster|group\shome|picked|seen|aunt|uncle|bf){RIGHT}"
)
SIDE = pattern(r"\s(?:side|entrance|office|station|school|building|campus)\b")
ON_NAME = pattern(
    rf"{LEFT}(?:(?:lives?|living|lived|stays?|staying|stayed|crash(?:es|ing)?)"
    r"(?:\s(?!with|in)[a-z]{2,12}){0,4}?\s(?:on|off)|street\sis)\s"
    r"(?P<id>(?-i:[A-Z][a-z]{2,15}))(?![\w'-]|[ ](?-i:[A-Z]))"
)


# "88 GRATTAN CHICOPEE"
SHOUTED = re.compile(
    r"(?<![\w$#./:%-])(?P<number>\d{1,5}) (?P<word>[A-Z]{3,15}),? (?:IN"
    r" )?(?P<town>[A-Z]{4,15})(?!\w)"
)
# "house number 88", "third house on Grattan", "Main/Elm bus stop"
HOUSE_NUMBER = pattern(
    rf"{LEFT}(?:house\s(?:number|no\.?|\#)\s?(?:is\s|was\s)?(?P<id>\d{{1,5}}[a-z]?)"
    r"|(?:first|second|third|fourth|last|\d(?:st|nd|rd|th))\shouse\s(?:on|off|from)\s(?-i:[A-Z][a-z]{2,15})"
    r"|(?-i:[A-Z][a-z]{2,15}\s?/\s?[A-Z][a-z]{2,15})\s(?:bus\s)?(?:stop|corner|intersection))"
    rf"{RIGHT}"
)


CORNER = pattern(r"cor|stop|bus|camp|encampment|sleep|hang")


def _is_crossing(match: re.Match[str], setting: Setting) -> bool:
    words = [word.lower() for word in re.findall(r"[A-Z][a-z][\w'-]*", match["id"] or match[0])]
    inner = [word for word in words if not addresses.SURE_WORD.fullmatch(word)]
    if any(_is_common(word) for word in inner):
        return False
    if CORNER.match(match[0]):
        return True
    places, given = lexicon.places(), lexicon.given()
    return not any(word in places or (match["id"] and word in given) for word in inner)


def _is_on_street(match: re.Match[str], setting: Setting) -> bool:
    before, after = around(match, 70)
    show = addresses.NOT_A_STREET.match(after) or SIDE.match(after)
    return SOMEBODY_NEAR.search(before) is not None and show is None


def _is_shouted(match: re.Match[str], setting: Setting) -> bool:
    return match["town"].lower() in lexicon.places() and not _is_common(match["word"].lower())


def _is_on_name(match: re.Match[str], setting: Setting) -> bool:
    word = match["id"].lower()
    return not _is_common(word)


DETECTORS: tuple[Detector, ...] = tuple(
    asks("address", addresses.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (PLAIN, _is_house, ()),
        (SMALL, _is_small_house, ()),
        (CUT, _is_cut, ()),
        (BEHIND, None, ()),
        (CROSSING, _is_crossing, ()),
        (BLOCK, None, ("block", "blk")),
        (ON_STREET, _is_on_street, ()),
        (ON_NAME, _is_on_name, ("liv", "stay", "crash", "street is")),
        (SHOUTED, _is_shouted, ()),
        (HOUSE_NUMBER, None, ("house", "stop", "corner", "intersection")),
    )
)
