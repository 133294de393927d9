"""Dates of birth: any date beside a word of birth, a young person's date beside such a person."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern
from portal.core.privacy.kinds import dates

MESSAGE = "Leave out the date of birth. An age band (12 to 14, 15 to 17) is enough."
OLDEST = 21

NOUNS = (
    r"d[./]?\s?o[./]?\s?b(?![a-z])\.?|dates?\s?of\s?birth|birth[ -]?dates?|birth[ -]?days?|b-?days?"
    r"|fechas?\sde\snac(?:imiento\b|\.)|cumpleanos|datas?\sde\snascimento|dat\snesans"
)
BIRTH = pattern(
    # "b." opens an item of a list as well, so that at the head of a line it does not count.
    rf"{LEFT}(?:{NOUNS}|born|birth(?=\s?[:=])|b/d|f\.\s?n\.|naci[do]{{1,2}}[oa]?s?|nascid[oa]s?"
    rf"|nasceu|(?:turn(?:s|ed|ing)?|cumple)\s(?:1?\d|2[01])(?:\sanos)?){RIGHT}"
    r"|(?:(?<=[\w,(;)] )|(?<=\()|\A)b\.(?=\s?\w)"
)
# The date of something else than the birth that is spoken of.
OTHER_EVENT = (
    r"since|until|till|by|before|after|from|due|effective|starting|deadline|through|renew\w*"
    r"|updated|revised|published|training|session|meeting|reported|policy|unknown|intake|dated|held|sent"
)
BIRTH_GAP = pattern(rf"(?:(?!\b(?:{OTHER_EVENT})\b)[\s\S])*")
AFTER_GAP = pattern(r"[\s,()=-]{0,4}(?:(?:is|was|as|es|her|his|their|the|su|\w{1,12}'s)\s){0,3}")

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
YOUNG_AFTER = pattern(rf"{LEFT}(?:{AGED}|(?:female|male|girl|boy){RIGHT})")


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
    ),
    Detector(
        kind="dob",
        message=MESSAGE,
        pattern=dates.FULL,
        is_real=_is_young,
        before=Near(pattern(rf"{LEFT}(?:{AGED}|{PERSON}){RIGHT}"), reach=24, gap=YOUNG_GAP),
        after=Near(YOUNG_AFTER, reach=6, gap=pattern(r"[\s,;()/-]*")),
    ),
)
