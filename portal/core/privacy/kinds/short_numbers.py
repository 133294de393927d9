"""Numbers too short or too oddly written to speak for themselves, beside a word: asked about."""

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
from portal.core.privacy.kinds import records, unplaced
from portal.core.privacy.kinds.ssn import MESSAGE as SSN_MESSAGE
from portal.core.privacy.kinds.ssn import NOT_A_PERSONS

YEAR = re.compile(r"(?:19|20)\d\d")
# What may end in something, or have last four digits.
NOUN = (
    r"dockets?|dkt|cases?|intakes?|51-?[ab]s?|mrns?|ebt|snap\scard|(?:tele)?phones?|cell|mobile"
    r"|numbers?|caller\sid|imei|imsi|vin|mac(?:\saddress)?|serial|iccid|sim|licen[sc]e|visa"
    r"|mastercard|amex|(?:debit|credit|prepaid|chime|cash\sapp)(?:\scards?)?"
    r"|(?:her|his|their|my|\w{2,12}'s)\s(?:\w{1,8}\s){0,2}cards?|acct|accounts?|checking|savings"
    r"|ssns?|social(?:\ssecurity)?|(?:the|that)\sone|passport|medicaid|masshealth|files?|reports?|referrals?|ip"
)
BESIDE = (
    r"(?:number|numbers|nos?|digits|letters|characters|is|are|was|were|which|that|they|it|of|on|for"
    r"|from|in|the|her|his|their|my|its|a|an|phone|cell|card|ssn|ss|social|docket|case|intake"
    r"|mrn|vin|imei|visa|debit|prepaid|acct|account|file|51a|license|plate|tag|security|with|w/)"
)
ENDS = small(
    rf"{LEFT}(?:{NOUN})(?:[\s(]{{1,2}}(?:number|no\.?|\#|cards?|id|that|which|it)){{0,3}}[\s(]{{1,2}}"
    r"(?:ends?|ending|ended|starts?|starting|begins?|beginning)(?:\s(?:in|with|w/|on)(?!\w))?"
    r"[\s:,.*x-]{1,6}"
    rf"(?P<id>[\da-f]{{2}}[:-][\da-f]{{2}}|\d{{3}}-\d\d|\d{{1,3}}(?:\.\d{{1,3}}){{1,2}}"
    rf"|[a-z]?\d?[a-z]?\d{{3,8}}){RIGHT}(?![-/:]\d|\s?(?:percent|%|hours|people|am|pm))"
)
LAST = small(
    rf"{LEFT}(?:last|final|first|l)\s?-?(?:three|four|five|six|eight|[3-68])(?![\d/.:])"
    rf"\s?(?:{BESIDE}[\s:,(]{{1,2}}){{0,7}}[\s:,.*(x-]{{0,5}}(?<![a-z\d])"
    rf"(?P<id>[a-z]?\d?[a-z]?\d{{3,8}}|\d{{3}}-\d\d){RIGHT}(?![-/:]\d)"
)
# "cell ...0136", "prepaid card *1234", "acct x8821", "xxx-xxx-0136"
STARRED = small(
    rf"{LEFT}(?:{NOUN}|caller\sid|texts?|calls?|called|texted)(?:[\s:]{{1,2}}(?:card|number|showed"
    r"|shows|is|was|from|no|id|a|ending|in)){0,3}[\s:]{0,2}"
    r"(?:\.\.\.|…|\*{1,4}|(?<=\s)x{1,4}|-|(?:[x*#]{3}[-. ]){2})(?P<id>\d{4})"
    rf"{RIGHT}(?![-/]\d)"
)
OF_NOBODY = pattern(r"\b(?:gift|grants?|awards?|invoices?|checks?|toner|lessons?|modules?|fund)\b")


def _is_ending(match: re.Match[str], setting: Setting) -> bool:
    if YEAR.fullmatch(match["id"]) or not re.search(r"\d\d", match["id"]):
        return False
    before, _after = around(match, 24)
    return not any(OF_NOBODY.search(part) for part in (before, match[0]))


# "case # 118-B", "lunch pin 44718", "badge no. 4471"
PERSONAL = (
    r"cases?|files?|pt|patient|kit|lunch|iep|student|client|member|claim|asset|evidence|gps"
    r"|bracelet|monitor|badge|aspen|x2|school|shelter|hmis|tribal|intake|docket|dkt|ref|reference"
    r"|voucher|probation|parole|property|mrn|mr|orr|dcf|dys|dmh|dta|fi|interview|mdt|cac|inmate"
    r"|booking|log|incident|report|matter|complaint|referral|tablet|chromebook|voucher|alien"
    r"|subscriber|vc|ssi|bus\spass|visit|encounter|chart|accession|sane|bed|sticker|decal"
)
NUMBERED = small(
    rf"{LEFT}(?P<what>{PERSONAL})(?:\s(?:kit|tag|unit|file|record|enrollment|pass|case|form|tracking))?\s?"
    r"(?:\#|(?:no|num|nbr|number|id|pin)\b\.?\s?:?\s?\#?)[\s:]{0,2}(?:is\s)?"
    r"(?P<id>(?=[a-z]{0,5}[-/]?\d)[a-z\d]{1,14}(?:[-/.][a-z\d]{1,6}){0,3}"
    rf"|[a-z]{{2,4}}-\d{{2,6}}){RIGHT}(?![-/%.,]\d)"
)
DIRECT = small(
    rf"{LEFT}(?:mrn|sasid|lasid|hmis|badge|pt\sid|ankle\smonitor|bracelet|tribal\senrollment|student"
    r"|enrollment|mr(?=\W{{1,3}}\d)|dl|oln|lunch\s(?:pin|number)|(?:cac|orr)\sfile|gps\sunit|asset\stag)"
    rf"[\s:#]{{1,3}}(?P<id>(?=[a-z]{{0,2}}\d)[a-z\d]{{4,10}}|\d\d\.\d{{4}}|\d{{2,3}}-\d{{3,4}}"
    rf"|\d\d(?:-\d\d){{2}}){RIGHT}(?![-/%.,]\d)"
)


def _is_short(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    if sum(map(str.isdigit, said)) < 3 or records.NOT_A_RECORD.fullmatch(said):
        return False
    before, _after = around(match, 30)
    return not (NOT_A_PERSONS.search(before) or unplaced.OF_NOBODY.search(before + " "))


def _is_named(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    return sum(map(str.isdigit, said)) > 2 and not records.NOT_A_RECORD.fullmatch(said)


# "HR case HR-24-77", "IR 26-118", "evidence tag 26-418-3": a year and a few figures
DATED = re.compile(
    rf"{LEFT}(?P<head>[A-Z]{{2,5}}|[Cc]ase|[Ff]ile|[Cc]laim|[Nn]umber|[Nn]o\.?|[Tt]ag|[Mm]atter"
    r"|[Dd]ocket|[Ii]ncident|[Ss]tudent|[Rr]eport|[Rr]ef|[Ii]ntake|[Ff]orm)[ ]?#?[ ]?"
    rf"(?P<id>(?:[A-Z]{{1,5}}-?)?(?:1[5-9]|2\d|88)-\d{{2,4}}(?:-[A-Z\d]{{1,3}})?)(?![\w%/-]|[.,]\d)"
)


def _is_dated(match: re.Match[str], setting: Setting) -> bool:
    said, before = match["id"], around(match, 30)[0]
    if sum(map(str.isdigit, said)) < 4 or records.NOT_A_RECORD.fullmatch(said):
        return False
    bare = said[0].isdigit() and match["head"].lower() in unplaced.BEGINS
    if bare or (match["head"].isupper() and match["head"].lower() in {"rfr", "rfp", "irb", "po"}):
        return False
    return unplaced.OF_NOBODY.search(before + " ") is None


# "XXP 880 221 419", "N 4410 2938 7", "SASID 1044 718 821", "123.456.789-00"
SPACED = re.compile(
    r"(?<![\w$&=?./,@~-])(?P<head>[A-Z]{1,5})(?:[ ]\d{3,5}|\d{4,5})(?:[ ]\d{3,5}){1,4}"
    r"(?:[ ]\d{1,3})?(?![\w%#/-]|[.,]\d)"
)
BESIDE_A_WORD = small(
    rf"{LEFT}(?:acct|account|sasid|lasid|alien(?:\sno\.?)?|member|subscriber|insurance|medicaid|masshealth"
    r"|money\sorder|mtcn|charlie\s?card|bus\spass|imsi|passport|mrn|ebt|cedula|cpf|group|intake|51a)"
    r"(?:\s(?:no|number|id|is|was)\.?){0,2}[\s:#]{1,3}"
    rf"(?P<id>(?:[a-z]{{1,3}}[ -]?)?\d{{1,6}}(?:[ .-]\d{{1,10}}){{1,5}}){RIGHT}(?![-/%]\d)"
)
CPF = re.compile(r"(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?![\w-])")


def _is_spaced(match: re.Match[str], setting: Setting) -> bool:
    head = match["head"].lower()
    before, _after = around(match, 30)
    known = head in unplaced.BEGINS or head in {"id", "am", "pm", "or", "of"}
    return not known and NOT_A_PERSONS.search(before) is None


def _is_long(match: re.Match[str], setting: Setting) -> bool:
    return sum(map(str.isdigit, match["id"])) >= 6


# "ssn oh oh oh, twelve, thirty-four fifty-six"
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
SAID = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen"
    rf"|{TENS})"
)
SAID_SSN = small(
    rf"{LEFT}(?:ssns?|social|soc)[\s:]{{1,2}}(?:is\s)?"
    rf"(?P<id>{SAID}(?:[\s,-]{{1,2}}{SAID}){{3,9}}){RIGHT}"
)

DETECTORS: tuple[Detector, ...] = (
    *(
        asks("case_number", records.MESSAGE, source, judge, needs=needs)
        for source, judge, needs in (
            (ENDS, _is_ending, ("end", "start", "begin")),
            (LAST, _is_ending, ()),
            (STARRED, _is_ending, ()),
            (NUMBERED, _is_short, ()),
            (DIRECT, _is_named, ()),
            (DATED, _is_dated, ()),
            (SPACED, _is_spaced, ()),
            (BESIDE_A_WORD, _is_long, ()),
            (CPF, None, (".",)),
        )
    ),
    asks("ssn", SSN_MESSAGE, SAID_SSN, needs=("ssn", "soc")),
)
