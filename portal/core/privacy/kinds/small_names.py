"""Names as they are typed in a hurry: without capitals, without apostrophes, last name first."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Judge, Setting
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import contexts, lexicon
from portal.core.privacy.kinds.initials import SMALL_WORDS
from portal.core.privacy.kinds.names import MESSAGE

TITLE = (
    r"(?:detective|det|officer|ofc|sgt|sergeant|lt|lieutenant|trooper|judge|atty|attorney|mr|mrs|ms"
    r"|miss|dr|aunt|auntie|uncle|titi|tia|tio|cousin|pastor|sheriff|coach)\.?"
)
BELONGINGS = (
    rf"(?:{contexts.PERSON}|phone|number|handle|whole|insta|snap|case|file|dob|birthday|house|place"
    r"|school|worker|placement|interview|ex|car|social|name)"
)
NICK = r"(?:Big|Lil'?|Li'l|Little|Young|Old|Baby|Fat|Tall|Crazy|Mama|Papa|Don|Dona)"
NOT_A_WORD_OF_ENDING = ("ing", "ed", "tion", "ment", "ly", "ness")


def _is_unlisted(low: str) -> bool:
    known = low in lexicon.words() or low in lexicon.places() or low in SMALL_WORDS
    return not known and low not in lexicon.months()


def _is_called(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return _is_unlisted(low) and not low.endswith(NOT_A_WORD_OF_ENDING)


def _is_listed(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return _is_unlisted(low) and (low in lexicon.given() or low in lexicon.surnames())


def _owns(match: re.Match[str], setting: Setting) -> bool:
    """ "tashas mom", "Kaylas whole handle"; "parents school" owns nothing."""
    low = match["id"].lower()
    return low in lexicon.given() and _is_unlisted(low) and _is_unlisted(low + "s")


def _is_beside_a_given_name(match: re.Match[str], setting: Setting) -> bool:
    return match["one"] in lexicon.given_in_small_letters() and _is_called(match, setting)


def _is_last_name_first(match: re.Match[str], setting: Setting) -> bool:
    one, other = match["one"].lower(), match["other"].split()[0].lower()
    sure = lexicon.bears(one, lexicon.surnames()) or lexicon.bears(other, lexicon.given())
    listed = (lexicon.months(), lexicon.places(), lexicon.words())
    return sure and not any(low in words for low in (one, other) for words in listed)


def _is_chatted(match: re.Match[str], setting: Setting) -> bool:
    """ "im mia", "hes tre": a given name that is no word, and none of a sentence goes on with "
    "it."""
    low = match["id"].lower()
    return _is_unlisted(low) and low in lexicon.given()


def _is_in_capitals(match: re.Match[str], setting: Setting) -> bool:
    """ "GAUTAM, SUNITA": both may be names, and one is in the lists."""
    one, other = match["one"].lower(), match["other"].lower()
    listed = lexicon.bears(one, lexicon.surnames()) or lexicon.bears(other, lexicon.given())
    return listed and _is_unlisted(one) and _is_unlisted(other)


def _is_shouted(match: re.Match[str], setting: Setting) -> bool:
    """ "HER NIECE DESTINY,": a given name or a surname in capitals behind a person."""
    low = match["id"].lower()
    if low in SMALL_WORDS or low in lexicon.places():
        return False
    return low in lexicon.given() or (low in lexicon.surnames() and low not in lexicon.words())


CAPITALS = (
    "MOTHER|MOM|FATHER|DAD|SISTER|BROTHER|SIBLING|TWIN|AUNT|UNCLE|COUSIN|NIECE|NEPHEW|DAUGHTER|SON"
    "|STEPDAUGHTER|STEPSON|GUARDIAN|GRANDMOTHER|GRANDDAUGHTER|FRIEND|BOYFRIEND|GIRLFRIEND|ROOMMATE"
    "|CHILD|GIRL|BOY|JUVENILE|VICTIM|STUDENT|YOUTH|CLIENT|SUSPECT|PARTY|PERSON|WITNESS"
)


def _detector(source: str, is_real: Judge) -> Detector:
    return Detector(
        kind="name", message=MESSAGE, pattern=re.compile(source), tier=WARN, is_real=is_real
    )


DETECTORS = (
    # detective barros
    _detector(
        rf"{LEFT}{TITLE} (?!(?:{contexts.SAYS})\b)(?P<id>[a-z]{{3,15}})(?![\w'@-])"
        r"(?! (?:the|an?|her|his|him|them|me|us|it|that|up|out|off|into|my|our"
        r"|over)\b)",
        _is_called,
    ),
    # its deb again; this is deb from lowell
    _detector(
        r"\b(?:[Ii]t'?s|[Tt]his is|[Ii]'?m) (?P<id>[a-z]{3,12})(?= (?:again|here|from|at|w/"
        r"|with)\b)",
        _is_listed,
    ),
    _detector(r"\b(?:[Ii]t'?s|[Tt]his is|[Ii]'?m) (?P<id>[a-z]{3,12})(?= again\b)", _is_called),
    # tashas mom
    _detector(rf"{LEFT}(?P<id>[A-Za-z][a-z]{{2,13}})(?:'?s) {BELONGINGS}\b", _owns),
    # talked about djeison and his cousin
    _detector(
        r"\b(?:about|with|for|told|met|saw|ask|asked|see|discuss(?:ed)?|and|ty|thanks|thx) "
        r"(?P<id>[a-z]{4,12})(?= and (?:his|her|their) )",
        _is_called,
    ),
    _detector(
        r"\b(?:ok ty|ty|thanks|thx|thank you|hi|hey|hello"
        r"|ask) (?P<id>[a-z]{3,12})(?![\w'@-])",
        _is_listed,
    ),
    _detector(r"\b(?:ty|thx) (?P<id>[a-z]{3,12})(?= (?:will|can|i'll|i|u|for)\b)", _is_called),
    # ask Fitz
    _detector(r"\b[Aa]sk (?P<id>[A-Z][a-z]{2,12})(?=[\".,;!?]| (?:about|if|to|for)\b)", _is_called),
    # nevaeh, marquis and the two sisters
    _detector(
        rf"{LEFT}(?P<one>[a-z]{{4,12}})(?:, | and | & )"
        r"(?P<id>[a-z]{4,12})(?=,| and| &|[.;\n]|$)",
        _is_beside_a_given_name,
    ),
    # Vang, Pa Kou |
    _detector(
        rf"{LEFT}(?P<one>[A-Z][\w'-]{{1,20}}), "
        r"(?P<other>[A-Z][\w'-]{1,20}(?: [A-Z][\w'.-]{0,20})?)"
        r"(?=[ ]?[|\t;]|[ ]?\(?\d)",
        _is_last_name_first,
    ),
    # im mia; hes tre; her friend's name? mia
    _detector(
        r"\b(?i:im|i'm|i am|hes|he's|shes|she's|its|it's|this is|thats|that's|ur|names|name's"
        r"|call me)"
        r" (?P<id>[A-Za-z]{2,12})(?=[.,!?;)\n]|$| (?:im|i'm|hes|he's|shes|she's|and|but|he|she"
        r"|i|im|from"
        r"|w|ok|k|lol|pls|please|btw|again|here|its|is)\b)",
        _is_chatted,
    ),
    # GAUTAM, SUNITA
    _detector(
        rf"{LEFT}(?P<one>[A-Z][A-Z'-]{{2,20}}), (?P<other>[A-Z][A-Z'-]{{2,20}})(?:"
        rf" [A-Z]\b\.?)?(?![\w'-])",
        _is_in_capitals,
    ),
    # HER NIECE DESTINY, 14 YOA
    _detector(
        rf"\b(?:{CAPITALS}|NAMED|CALLED|JUV|JUVENILE|FEMALE|MALE)(?: IS|,|:)? (?P<id>[A-Z]{{3,14}})"
        r"(?=[,.;:)\n]|$| (?:WHO|WAS|IS|HAD|HAS|AND|STATED|SAID|TOLD|AGE|LAST|LEFT|RAN|OF|DOB)\b)",
        _is_shouted,
    ),
    # Big Steph
    _detector(rf"{LEFT}(?P<nick>{NICK}) (?P<id>[A-Z][a-z]{{1,12}})(?![\w-])", _is_called),
)
