"""Birthdays told by the way: "16 on April 12", "the quince is on", "b/d in April": asked about."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, asks, pattern, small
from portal.core.privacy.kinds import births, dates

AGE = (
    r"(?:1[2-9]|2[01]|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty[ -]one)"
)
MONTH = rf"(?:{dates.MONTH})"
TOLD = pattern(
    rf"{LEFT}(?:(?:(?:s?he|they|kid|child|girl|boy|youth|sis|bro|teen)(?:'s|\sis|\swas)|be|turn(?:s|ed|ing)?|hits)\s{AGE}"
    rf"(?:\s(?:on|as\sof|in)|(?=\s[\da-z]))|ag(?:es?|ed|ing)\sout(?:\sof\s\w{{2,8}})?"
    r"|(?:age\sof\s)?majority|1[2-9]th|21st|sweet\s16|sweet\ssixteen|quince(?:anera|s|\sanos)?"
    rf"|faz\s{AGE}\sanos|cumple\s(?:sus\s)?(?:{AGE}\s)?anos|b'?day|fet|dob(?:'s|\(s\))?"
    rf"|b(?=:\s)|birth(?:day|\smonth)?|fodt){RIGHT}"
    rf"|(?:[,(]\s?|(?:^|\n)){AGE}\s(?:on|as\sof)(?=\s)"
)
TOLD_GAP = pattern(
    r"[\s:,(?=-]{1,3}(?:(?:is|was|on|in|el|em|the|dia|le|will\sbe|birthday|bday|maybe|unknown|about"
    r"|around|of|cumple|coming|up|this|next)[\s,:]{1,2}){0,4}"
)
# "H/F/04-12-10", "W/M 04/12/10", "15F 4/12/10"
SEX = pattern(r"(?<![\w/])(?:[bwhaio]/[mf]|[mf]/(?:1\d|[1-9])|(?:1\d|[5-9])[mf])(?!\w)")

# "her birthday is in April", "the 12th of next month"
MONTH_ALONE = small(
    rf"{LEFT}(?:(?:her|his|their|kid's|girl's|boy's|child's|\w{{2,12}}'s)\s(?:1\dth\s)?(?:birthday|bday)"
    rf"|(?:birthday|bday)(?=\s(?:is\s)?in\s{MONTH},?\s(?:turn|she|he|they|will)))"
    rf"(?:'s|\sis|\swas|\sfalls|\scomes)?\s(?:in|this|next)\s(?P<id>{MONTH}){RIGHT}"
)
DAY_ALONE = small(
    rf"{LEFT}(?:birthday|bday|b-?day)(?:'s|\sis|\swas|\son){{1,2}}\s(?:on\s)?the\s"
    rf"(?P<id>\d{{1,2}}(?:st|nd|rd|th)(?:\sof\s(?:next|this|last)\smonth)?){RIGHT}"
)
# "birth yr 2010", "born sometime in 2010", "born '10", "an '10 baby"
YEAR = small(
    rf"{LEFT}(?:(?:yob|y\.o\.b\.?|birth\s?(?:year|yr)|(?:year|yr)\sof\sbirth|born(?:\s(?!after|before|since|from)\w{{2,9}}){{0,3}})"
    rf"[\s:=]{{1,3}}(?:is\s)?(?P<id>(?:20[012]\d|'[012]\d|(?<=yob )[012]\d|(?<=yob: )[012]\d))"
    rf"|an?\s(?P<short>'[012]\d)\s(?:baby|kid|birth)){RIGHT}(?![-/]\d)"
)
# "DOB 04|12|2010", "DOB four twelve ten"
MARKED = small(
    rf"{LEFT}(?:d\.?o\.?b\.?|born|birthday)[\s:]{{1,3}}(?P<id>\d{{1,2}}([|~:;+])\s?\d{{1,2}}\2\s?\d{{2,4}})"
)
NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty"
    r"|oh|zero|thousand)"
)
SAID = small(
    rf"{LEFT}(?:d\.?o\.?b\.?|birthday|bday|born)[\s:]{{1,3}}(?:is\s|on\s)?"
    rf"(?P<id>{NUMBER}(?:[\s,-]{{1,2}}{NUMBER}){{1,5}}|{MONTH}\s(?:the\s)?{NUMBER}(?:[\s,-]{{1,2}}"
    rf"(?:{NUMBER}|and)){{0,5}}){RIGHT}"
)
# "She's 3/2010, 5'2", "(b. 6/09)", "15 yo, 11/2010": a month and a year
MONTH_OF = re.compile(r"(?<![\w/.-])(?:1[0-2]|0?[1-9])[/.-](?P<century>20)?[012]\d(?![\w/-]|\.\d)")
OF_A_PERSON = pattern(
    rf"{LEFT}(?:(?:s?he|they|kid|child|girl|boy|youth|teen|sister|brother)(?:'s|s|\sis|\swas)"
    r"|1?\d\s?(?:y/?o|yrs?(?:\sold)?|years?[\s-]old|f|m)(?:\s(?:female|male|girl|boy|child|[fm]))?)"
    r"[\s,;(]{1,3}$"
)
OF_A_BIRTH = pattern(r"(?:^|[(]|[,;]?\s)(?:b\.|born|d\.?o\.?b\.?:?)\s?$")
OF_A_BODY = pattern(r"[,;] (?:[4-6]'\s?\d|\d{2,3}\s?lbs?)")
# "turns 18 in June", "turning 16 in May 2026"
TURNS_IN = small(
    rf"{LEFT}(?:(?:s?he|kid|child|girl|boy|youth|client|who)(?:'ll|\swill|\sis|'s|\swas)?"
    rf"\s(?:just\s|only\s)?(?:turn(?:s|ed|ing)?|be|hits)\s(?:1\d|2[01])\s(?:in|this|next)\s"
    rf"(?:early\s|late\s|mid[ -])?(?P<id>{MONTH}(?:,?\s20[23]\d)?)){RIGHT}"
)


def _is_a_months_year(match: re.Match[str], setting: Setting) -> bool:
    """In a description of somebody young; a year of two figures behind a word of birth alone."""
    age = setting.today.year - 2000 - int(match[0][-2:])
    if not births.YOUNGEST - 5 <= age <= births.OLDEST + 2:
        return False
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - 30) : start]
    if OF_A_BIRTH.search(before):
        return True
    described = OF_A_PERSON.search(before) or OF_A_BODY.match(text, end)
    return match["century"] is not None and described is not None


def _is_a_year(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"] or match["short"]
    year = int(said[-2:]) + 2000
    return births.YOUNGEST <= setting.today.year - year <= births.OLDEST + 2


TOLD_BY = ("dob", "d.o", "do.b", "birthday", "bday", "born")
DETECTORS: tuple[Detector, ...] = (
    asks(
        "dob",
        births.MESSAGE,
        dates.ANY,
        before=Near(TOLD, reach=30, gap=TOLD_GAP),
        unless=births.OF_AN_OFFICE,
    ),
    asks(
        "dob",
        births.MESSAGE,
        dates.FULL,
        before=Near(SEX, reach=4, gap=pattern(r"[\s/,(]{1,4}")),
    ),
    asks("dob", births.MESSAGE, MONTH_ALONE, needs=("birthday", "bday")),
    asks("dob", births.MESSAGE, DAY_ALONE, needs=("birthday", "day")),
    asks("dob", births.MESSAGE, YEAR, _is_a_year, needs=("yob", "y.o.b", "birth", "born", " '")),
    asks("dob", births.MESSAGE, MARKED, needs=TOLD_BY),
    asks("dob", births.MESSAGE, SAID, needs=TOLD_BY),
    asks(
        "dob", births.MESSAGE, MONTH_OF, _is_a_months_year, needs=("/20", "/0", "/1", "-20", ".20")
    ),
    asks("dob", births.MESSAGE, TURNS_IN, needs=("turn", " be 1", " be 2", "hits")),
)
