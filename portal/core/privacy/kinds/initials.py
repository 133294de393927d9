"""Initials, nicknames and names without capitals, beside what tells that a person is meant."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Setting
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import contexts, lexicon
from portal.core.privacy.kinds.names import MESSAGE

# Abbreviations that are written like initials.
NOT_INITIALS = frozenset(
    "us dc mgl pl usc cfr cmr phd edd md do da ada rn np pa lpn ba bs ma ms med msw ag po id ok "
    "la ny nj "
    "nh ri ct nc sc nd sd wv vt un uk eu ie eg tv er ed iq pe pr hr qa dob ssn ged iep llm llb "
    "jr sr st mt ft no vs et al cc bc ac si ii iv vi gs ft vp ceo cfo th".split()
)
ACRONYMS = frozenset(
    "TA DA LE MA IT ID PO ER OK AI US MH SW FI CP PD DV SA SV HT CA NH RI CT VT NY HR PR MD RN "
    "AG GA NA "
    "TV PC QR ED OR PT OT UA UN EU AM PM IV VI II XI SC AP MP BJ CB IC IS IN ON AN AT OF TO BY "
    "GO DO IF".split()
)
# "Section B. of", "plan C": labels.
LABELS = re.compile(
    r"\b(?:sections?|appendix|parts?|plans?|grades?|types?|hepatitis|vitamin|options?|steps?"
    r"|tiers?|levels?|titles?"
    r"|exhibits?|class|groups?|columns?|items?|rooms?|units?|lines?|forms?|schedules?"
    r"|questions?|figures?|tables?"
    r"|handouts?|slides?|tracks?|annex|attachments?|chapter|article|paragraph|clause|version"
    r"|zone|building|floor|gate|row|box"
    r"|prong|vol|no)[ ]$",
    re.IGNORECASE,
)
OF_A_LAW = re.compile(r",?[ ]{0,2}(?:c\b|ch\b|chap|§|\d)")
# "la niña", "le manda": words of a Spanish or Portuguese sentence that are names as well.
ROMANCE_BEFORE = re.compile(
    r"\b(?:la|el|una|un|unos|unas|los|las|le|lo|se|me|te|que|mi|su|sus|esta|esa|este|ese|de|del|da|do"
    r"|na|no|en|es|y|e|o|para|por|con|com|muy|muito|meu|minha|seu|sua|por|ele|nos|cuando|como)[ ]$"
)
ROMANCE = frozenset(
    "alba alma bella blanca bonita cara clara ella linda manda nada nina nino perla reina rosa "
    "santa"
    " santo vera vida".split()
)
SUBJECT = rf"(?:{contexts.YOUNG}|{contexts.FAMILY}|{contexts.ACCUSED})"
SPEAKS = (
    rf"(?:{contexts.SAYS}|is|was|has|had|will|does|did|can|and|or|to|who"
    r"|before|after|from|about|in|on|at)"
)


def _letters(match: re.Match[str]) -> str:
    return match["id"].replace(".", "").replace(" ", "").lower()


def _is_initials(match: re.Match[str], setting: Setting) -> bool:
    start = match.start("id")
    before = match.string[max(0, start - 14) : start]
    hour = _letters(match) in ("am", "pm") and re.search(r"\d[ ]?$", before) is not None
    cited = re.search(r"[A-Z][\w'-]+, $", before) is not None  # "Smith, J.D., & Jones, A.B."
    law = _letters(match) == "gl" and OF_A_LAW.match(match.string, match.end()) is not None
    return (
        _letters(match) not in NOT_INITIALS
        and not LABELS.search(before)
        and not (cited or hour or law)
    )


def _is_letter(match: re.Match[str], setting: Setting) -> bool:
    start = match.start("id")
    before = match.string[max(0, start - 14) : start]
    return not LABELS.search(before) and re.search(r"[a-z]{2,}[ ]$", before) is not None


def _is_no_acronym(match: re.Match[str], setting: Setting) -> bool:
    return match["id"] not in ACRONYMS


def _is_given_small(match: re.Match[str], setting: Setting) -> bool:
    low, start = match["id"], match.start("id")
    if low in ROMANCE and ROMANCE_BEFORE.search(match.string[max(0, start - 10) : start].lower()):
        return False
    return low in lexicon.given_in_small_letters() and low != "grey"


def _is_given_beside(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"]
    return low in lexicon.given() and low not in lexicon.words() and low not in SMALL_WORDS


def _is_unknown_small(match: re.Match[str], setting: Setting) -> bool:
    return not any(
        match["id"] in known for known in (lexicon.words(), lexicon.places(), SMALL_WORDS)
    )


# Given names that are small words of a sentence as well.
SMALL_WORDS = frozenset(
    "will may don can an so the and has had was is if in on at who her him his did does then "
    "than says "
    "said would what when that this they with for from not are but were been also even ever art "
    "see "
    "sue bill rob pat mark grant chase drew rose faith hope grace joy".split()
)


def _is_nickname(match: re.Match[str], setting: Setting) -> bool:
    return match["id"].lower() not in lexicon.words() or match["quote"] != ""


def _is_quoted_name(match: re.Match[str], setting: Setting) -> bool:
    """ "as "Stacks"", but not "reported as "Unfounded""."""
    low = match["id"].lower()
    return low not in lexicon.words() or low in lexicon.given() or match["id"].isupper()


def _is_a_family(match: re.Match[str], setting: Setting) -> bool:
    """ "the Gillespies": a surname, alone or with the sign of many, that is no word or place."""
    low = match["id"].lower()
    forms = {low, low.removesuffix("s"), low.removesuffix("es")}
    if forms & (lexicon.words() | lexicon.places() | contexts.PROPER_WORDS | contexts.NOT_A_PERSON):
        return False
    return bool(forms & lexicon.surnames())


def _is_somebodys(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    if low in contexts.TITLES:
        return False
    return not any(
        low in known for known in (lexicon.words(), lexicon.places(), contexts.PROPER_WORDS)
    )


def _detector(source: str, is_real: object, flags: int = 0) -> Detector:
    return Detector(
        kind="name",
        message=MESSAGE,
        pattern=re.compile(source, flags),
        tier=WARN,
        is_real=is_real,  # type: ignore[arg-type]
    )


DETECTORS = (
    # "J.D.", "T. S.", "A.M.C."
    _detector(
        rf"{LEFT}(?<!\.)(?P<id>[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?)(?![A-Za-z])", _is_initials
    ),
    # "client M. is", "with K.?"
    _detector(rf"{LEFT}(?P<id>[B-HJ-Z]\.)(?=[ ]+[a-z]|[,?!;:)]|'s)", _is_letter),
    # "M doesn't see it so." where a sentence begins
    _detector(
        rf"(?:^|[.!?] |\n)(?P<id>[B-HJ-Z]) (?:{contexts.SAYS}"
        r"|(?:is|was|has|had|does|did|would|could|wo|ca)n'?t|has|had)\b",
        None,
    ),
    # "client M said", "youth JD."
    _detector(
        rf"{LEFT}(?:{SUBJECT})s?,?[ ](?P<id>[B-HJ-WZ]|[A-Z]{{2}})(?=[.,;:?!)]|'s\b"
        rf"|[ ]{SPEAKS}\b|$)",
        _is_no_acronym,
    ),
    # goes by "Peaches", calls herself Lala
    _detector(
        r"\b(?:goes by|(?:calls?|calling) (?:her|him|them)sel(?:f|ves)|nicknamed?|street name"
        r"|alias|aka|AKA|a\.k\.a\.|known as)"
        r"(?: is| of|:|,| the (?:nick|street )?name)?[ ]?(?P<quote>[\"']?)"
        r"(?P<id>[A-Z][\w'-]{0,30}(?:[ ][A-Z][\w'-]{0,30}){0,2})",
        _is_nickname,
    ),
    # a man called "Smoke"; "Papi Flaco" took her phone; left "KJ" in
    _detector(
        rf"\b(?:{contexts.PERSON}|man|woman|guy|someone|somebody|name|names?|call(?:s|ed)?"
        rf"|named)[ ,:]{{1,2}}[\"']"
        r"(?P<id>[A-Z][\w'-]{0,30}(?:[ ][A-Z][\w'-]{0,30}){0,2})[\"']",
        None,
    ),
    _detector(
        r"[\"'](?P<id>[A-Z][\w'-]{0,30}(?:[ ][A-Z][\w'-]{0,30}){0,2})[\"']"
        rf"(?=[ ](?:{contexts.SAYS}|took|gave|drove|bought|paid|sent)\b)",
        None,
    ),
    # poss w/ "Smoke", the uncle: "Dre", kid = "Bug", 3. "Peanut", known to her as "DRE"
    _detector(
        r"(?:\b(?:w/|with|by|from|and|uncle|friend|boyfriend|kid|child|girl|boy|pimp|guy|he|she"
        r"|there|is|was)|[=:]|\d[.)])[ ,:]{1,2}[\"'](?P<id>[A-Z][a-z'-]{1,14})[\"']",
        None,
    ),
    _detector(
        r"\b(?i:as|aka|a/k/a|alias|called|named|nickname[ds]?|name|says|reports|states|reported|stated"
        r"|disclosed)(?: (?i:that|only|just|or|and))?[ ,:]{1,2}[\"'](?P<id>[A-Z][\w'-]{1,14})[\"']",
        _is_quoted_name,
    ),
    # the girl is Shayla, s h a y l a
    _detector(rf"{LEFT}(?P<id>[A-Za-z](?:[ -][A-Za-z]){{3,14}})(?![\w'])", None),
    # w/ the Gillespies, the Tibbetts girl, the Brannigan matter
    _detector(
        r"\b[Tt]he (?P<id>[A-Z][a-z]{2,14})(?=[ ](?:girls?|boys?|kids?|child(?:ren)?|family|matter"
        r"|case|sisters?|brothers?|siblings?|twins|household|home)\b)",
        _is_a_family,
    ),
    _detector(r"\b[Tt]he (?P<id>[A-Z][a-z]{2,14}e?s)(?!\w)(?![ ][A-Z])", _is_a_family),
    # det Sforza, RN Fitzgibbon
    _detector(
        r"\b(?:[Dd]et|[Ss]gt|[Ll]t|[Oo]fc|[Tt]pr|RN|LSW|LICSW|ADA|VWA|SW|PO|NP|PA)[ ]"
        r"(?P<id>[A-Z][a-z]{2,15})(?![\w-])",
        _is_somebodys,
    ),
    _detector(r"[\"'](?P<id>[A-Z]{2})[\"']", _is_no_acronym),
    # jayden was picked up; mom tina called
    _detector(r"(?<![\w@./#'&-])(?P<id>[a-z]{4,12})(?![\w@/]|\.[a-z]|-[a-z]|'t)", _is_given_small),
    _detector(
        rf"\b(?:{contexts.FAMILY}|{contexts.YOUNG}|name is|name's|called"
        rf"|named?)[ ](?P<id>[a-z]{{2,12}}){RIGHT}(?!')",
        _is_given_beside,
    ),
    # my name is borna jerkovic; people call me viseslav
    _detector(
        r"\b(?:name(?:'s| is| was)|calls? (?:me|her|him|them)|known as|goes by)[ ]"
        rf"(?P<id>[a-z]{{3,15}}){RIGHT}(?!')",
        _is_unknown_small,
    ),
    # amber is 16 and
    _detector(
        r"(?:^|[.!?\n] ?)(?P<id>[a-z]{3,12})(?: is|,| turned) 1\d\b(?! (?:weeks|days|hours"
        r"|miles|percent|minutes))",
        lambda match, setting: match["id"] in lexicon.given(),
    ),
)
