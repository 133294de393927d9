"""Dates of birth: any date beside a word of birth, a young person's date beside such a person."""

import re

from portal.core.privacy.detectors import (
    LEFT,
    RIGHT,
    SENTENCE_END,
    Detector,
    Near,
    Setting,
    pattern,
)
from portal.core.privacy.kinds import dates, lexicon

MESSAGE = "Leave out the date of birth. An age band (12 to 14, 15 to 17) is enough."
OLDEST = 21

NOUNS = (
    r"d[./-]?\s?o[./-]?\s?b(?![a-z])\.?|dates?\s?of\s?birth|birth[ -]?dates?|birth[ -]?days?"
    r"|b[-/]?days?"
    r"|b[-/]?dates?|d/birth|sweet\ssixteen|f\.?\snac(?:imiento\b|\.)|cumple(?=\s?[:=]|\ses\b)"
    r"|nasc\."
    r"|fechas?\sde\snac(?:imiento\b|\.)|cumpleanos|datas?\sde\snascimento|dat\snesans"
)
TURNS = r"turn(?:s|ed|ing)?|hits|becomes"
# "ages out on", "aging out of care on"
AGES_OUT = (
    r"ag(?:es?|ed|ing)\sout(?:\s(?:of|care|foster|dcf|the|system|at|18|21|22|is|was)){0,5}"
    r"(?:\son|\sis|:)"
)
BIRTH = pattern(
    # "b." opens an item of a list as well, so that at the head of a line it does not count.
    rf"{LEFT}(?:{NOUNS}|{AGES_OUT}|born|birth(?=\s?[:=])|b/d|f\.\s?n\.|naci[do]{{1,2}}[oa]?s?"
    rf"|nascid[oa]s?"
    rf"|nasceu|nee?\sle|(?:{TURNS}|cumple)\s(?:1?\d|2[01])(?:\sanos|\syears\sold)?){RIGHT}"
    # "he'll be 18 on"; "there will be 12 on" is no birthday, and "by 18" no turn.
    rf"|\b(?:s?he|they|kid|child|girl|boy|youth)(?:'ll|\swill|'s\sgoing\sto"
    rf"|\sis\sgoing\sto)\sbe\s(?:1?\d|2[01]){RIGHT}(?=\s(?:on|in|this)\s)"
    r"|(?:(?<=[\w,(;)|] )|(?<=\()|\A)b\.(?=\s?\w)|(?<=[\w,(;)|] )b(?=:?\s\d{1,2}[/.-]\d)"
    r"|(?<=\()b(?=:?\s\d)"
)
# The date of something else than the birth that is spoken of.
OTHER_EVENT = (
    r"since|until|till|by|before|after|from|due|effective|starting|deadline|through|renew\w*"
    r"|updated|revised|published|training|session|meeting|reported|policy|unknown|intake|dated"
    r"|held|sent|last\sseen|lkw|last\scontact|missing"
)
BIRTH_GAP = pattern(rf"(?:(?!\b(?:{OTHER_EVENT})\b)[\s\S])*")
AFTER_GAP = pattern(r"[\s,()=-]{0,4}(?:(?:is|was|as|es|her|his|their|the|su|\w{1,12}'s)\s){0,3}")

# An office has its years as well.
OF_AN_OFFICE = pattern(
    r"\b(?:programs?|cent(?:er|re)s?|office|project|coalition|law|act|hotline|agency|network"
    r"|organi[sz]ation|training|session|quarter|cac)(?:'s)?\s(?:(?:has|is)\s)?(?:turn\w*|\d\d?th|21st)\b"
)
EVENT = pattern(
    r"\b(?:renew\w*|updated|revised|published|trainings?|sessions?|meetings?|reported"
    r"|polic(?:y|ies)|dated|held"
    r"|sent|filed|memos?|minutes|standards?|versions?|reports?|effective|hired|signed|notes?"
    r"|letters?|orders?)\b"
)
AGED = r"\d{1,2}[ -]?(?:y/?o|yrs?|years?)\b(?:[ -]?old)?|aged?:?\s?\d{1,2}(?![-\d])"
PERSON = (
    r"child|girl|boy|kid|teen(?:ager)?|minor|juvenile|infant|baby|toddler|daughter|son|niece"
    r"|nephew|sister|brother|sibling|female|male|nin[ao]|hij[ao]"
    r"|(?:the|this|that|an?|our|her|his|young)\s(?:youth|student|patient|victim|survivor|client"
    r"|person|woman|man)"
)
YOUNG_GAP = pattern(
    r"[\s,;:()/-]{1,4}(?:(?:is|was|a|f|m|female|male|age|aged|\d{1,2}|y/?o)[\s,;:()/-]{1,3}){0,3}"
)
YOUNG_AFTER = pattern(rf"{LEFT}(?:{AGED}|(?:female|male|girl|boy){RIGHT}|1\d\))")


# A date that somebody was born on stands beside the person. Whoever is spoken of is 5 to 21.
YOUNGEST = 5
YEAR_ALONE = pattern(
    rf"{LEFT}(?:born(?:\sin)?|b\.|yob|birth\syear|year\sof\sbirth"
    rf"|d\.?o\.?b\.?)[\s:]{{1,2}}(?:is\s)?"
    rf"(?P<id>20\d\d){RIGHT}(?![-/]\d)"
)
BESIDE = re.compile(
    r"(?P<who>[A-Z]\.[ ]?[A-Z]\.?|[A-Z][\w'-]+\.?|\b[a-z]{3,15})[\"')]{0,2}(?:[ ,;:|(=\t-]"
    r"|\n(?=[ |])){1,5}"
    r"(?:(?:[FMfm]|female|male|girl|boy|[1-9]|1\d|(?:age[d ]{0,2})?1\d(?: ?y/?o)?)[ ,;:"
    r"|()\t-]{1,4}){0,2}$"
)
# "| 2009-05-27 |": a date in a row.
IN_A_ROW = re.compile(r"[|\t][ ]?$")
ROW_BEHIND = re.compile(r"[ ]?[|\t]")
HAPPENED = pattern(
    rf"\b(?:{OTHER_EVENT}|on|of|in|as|at|the|signed|issued|adopted|approved|amended|enacted"
    rf"|last|filed|opened"
    r"|founded|established|passed|hired|joined|removed|placed|closed|screened|seen|interviewed"
    r"|moved|arrested)\W{0,3}$"
)
SOMEBODY = pattern(
    rf"{LEFT}(?:{PERSON}|she|he|they|her|his|him|mom|client|youth|victim|student|patient"
    rf"|referral|consult)\b"
)


def _is_of_a_child(match: re.Match[str], setting: Setting) -> bool:
    day = dates.parse(match[0], setting.today)
    return day is not None and YOUNGEST <= setting.today.year - day.year <= OLDEST


def _is_beside_a_name(match: re.Match[str], setting: Setting) -> bool:
    """ "Lamont, 9/9/09", "Vang, Pa Kou | 2009-05-27"."""
    if not _is_of_a_child(match, setting):
        return False
    before = match.string[max(0, match.start() - 40) : match.start()]
    beside = BESIDE.search(before)
    return beside is not None and _is_called(beside["who"])


def _is_called(who: str) -> bool:
    token = who.rstrip(".")
    low = token.lower()
    if re.fullmatch(r"[A-Z]\.[ ]?[A-Z]", token):
        return True
    if token[0].isupper() and low in lexicon.given() and low not in lexicon.months():
        return True
    if low in lexicon.words() or low in lexicon.places() or low in lexicon.months():
        return False
    if token.islower():
        return low in lexicon.given_in_small_letters()
    return len(token) > 2 or lexicon.bears(token, lexicon.surnames())


def _is_in_a_row(match: re.Match[str], setting: Setting) -> bool:
    text = match.string
    before, behind = (
        text[max(0, match.start() - 2) : match.start()],
        text[match.end() : match.end() + 2],
    )
    cell = IN_A_ROW.search(before) is not None or ROW_BEHIND.match(behind) is not None
    return cell and _is_of_a_child(match, setting)


def _is_of_somebody(match: re.Match[str], setting: Setting) -> bool:
    """A date in figures that makes a child of 9 to 18, where a person and no event is spoken of."""
    day = dates.parse(match[0], setting.today)
    if day is None or not match[0][0].isdigit() or re.search(r"[a-z]", match[0], re.IGNORECASE):
        return False
    if not 9 <= setting.today.year - day.year <= 18:
        return False
    before = match.string[max(0, match.start() - 60) : match.start()]
    said = SENTENCE_END.split(before)[-1]
    return (
        SOMEBODY.search(said) is not None
        and HAPPENED.search(said) is None
        and not EVENT.search(said)
    )


def _is_beside_a_person(match: re.Match[str], setting: Setting) -> bool:
    return (
        _is_beside_a_name(match, setting)
        or _is_in_a_row(match, setting)
        or _is_of_somebody(match, setting)
    )


def _is_a_childs_year(match: re.Match[str], setting: Setting) -> bool:
    return YOUNGEST <= setting.today.year - int(match["id"]) <= OLDEST


def _is_young(match: re.Match[str], setting: Setting) -> bool:
    """The day lies in the past, and who was born on it is 21 at the most."""
    day = dates.parse(match[0], setting.today)
    return day is not None and day <= setting.today and setting.today.year - day.year <= OLDEST


DETECTORS = (
    Detector(
        kind="dob",
        message=MESSAGE,
        pattern=dates.ANY,
        before=Near(BIRTH, reach=40, gap=BIRTH_GAP),
        after=Near(pattern(rf"{LEFT}(?:{NOUNS}){RIGHT}"), reach=24, gap=AFTER_GAP),
        unless=OF_AN_OFFICE,
    ),
    Detector(
        kind="dob",
        message=MESSAGE,
        pattern=dates.FULL,
        is_real=_is_young,
        before=Near(pattern(rf"{LEFT}(?:{AGED}|{PERSON}){RIGHT}"), reach=24, gap=YOUNG_GAP),
        after=Near(YOUNG_AFTER, reach=6, gap=pattern(r"[\s,;()/-]*")),
    ),
    Detector(kind="dob", message=MESSAGE, pattern=dates.FULL, is_real=_is_beside_a_person),
    # "b. 2010", "born in 2010"
    Detector(kind="dob", message=MESSAGE, pattern=YEAR_ALONE, is_real=_is_a_childs_year),
)
