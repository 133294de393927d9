"""Numbers of records: 51A and intake, court docket, hospital, police, school, license."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern
from portal.core.privacy.kinds.ssn import NOT_A_PERSONS

MESSAGE = "Leave out the case or record number. Nobody needs it to answer."

# A record number begins with a letter or two at most, then digits, perhaps in parts.
NUMBER = pattern(
    rf"{LEFT}(?<!\$)(?<!\d[.,/-])(?:[A-Z]{{1,5}}[-/]?(?=\d))?(?P<core>(?=[\dA-Z/-]{{4}})\d[\dA-Z]{{0,14}})"
    rf"(?:[-/][\dA-Z]{{1,12}}){{0,3}}{RIGHT}(?!%|,\d)"
)
NOT_A_RECORD = pattern(
    r"(?:19|20)\d\d(?:[-/](?:\d\d|(?:19|20)\d\d))?"  # a year, two years, a month
    r"|(?:0?[1-9]|1[0-2])[-/](?:(?:0?[1-9]|[12]\d|3[01])[-/])?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}"
    r"|(?:fy|ffy|sfy|cy)-?\d{2,4}(?:[-/]\d{2,4})?"
)

# These speak of one record by themselves: "51A 1234567", "docket 23-1234".
STRONG = (
    r"51-?[ab]s?|intakes?|dcf|(?:i-?)?family\s?net|licen[sc]e|ncic|fid|docket(?:ed|s)?|case"
    r"|mrns?|m\.r\.n\."
    r"|(?:medical|hospital|health|patient)\s(?:record|chart|id)s?|med\.?\srec"
    r"|(?:police|[a-z]{0,3}pd|incident|arrest|crime|offense|cad)\s(?:report|case|log)s?"
    r"|incidents?|arrests?"
    r"|booking|cad|warrants?|indictments?|complaint|petition|obtn|pcf|ncmec|cyber\s?tip(?:line)?s?"
    r"|sasid|lasid|mass ?health|medicaid|medicare|passport|iep\s?id|hotline\sreport"
    r"|referral|inmate|commitment|sid(?=\W{1,3}(?:[a-z]{2}\s?)?\d|\s?#|\s(?:no|num|id)\b)|fbi|dys|dppc|investigation|pupil|(?:student"
    r"|patient|member|school"
    r"|state|client|alien|jail|lunch)\s(?:id|no)|a-number|uscis|visa|green\scard|ebt|report"
    r"|209a|cra|chins"
    r"|mh\#|mr\#|inc\s?\#|fi\s?\#|bbo|lic(?=:)|victim\scomp|interview\srecord"
    r"|restraining\sorder|c&p|care\sand\sprotection|expediente|caso|processo|subscriber"
)
# These need a word for "number" behind them: "report no. 2023-1234".
WEAK = (
    r"report|record|chart|patient|student|member|client|file|reference|ref|court|tip|event|log"
    r"|referral|matter|complaint|investigation|probation|school|jail|prison|person|victim"
    r"|child|youth|kid"
    r"|account|acct|routing|insurance|policy|claim|alien|a(?=-|\s?#)|inmate|state|badge|case\s?load"
    r"|expediente|caso|processo"
)
# "Contract CT-DCF-2026-00417", "position no. 00213847"
OF_AN_OFFICE = pattern(
    r"\b(?:contracts?|positions?|postings?|jobs?|requisitions?|vendor|grants?|budgets?|payroll)"
    r"(?:\s(?:no|num|number|id|code)\b)?[\s:#.]{0,4}(?:[A-Z]{2,5}-){0,2}$"
)
CUE = r"(?:#|\b(?:numbers?|nos?|num|nbr|id|ids|numero)(?![a-z])(?!\sof\b)\.?)"
CONNECTED = pattern(
    r"(?:[\s#:=,()\[\]\"'&/_-]|\d[\dA-Z/-]*+|(?:no|nos|num|nbr|numbers?|ids?|is|was|are|were"
    r"|of|the|a"
    r"|his|her|their|our|my|this|that|under|assigned|ref|reference|reports?|cases?|files?|records?"
    r"|and|or|for|child|family|old|new|re|on|as|got|given|dcf|court|police|ma|ends?|ending|in"
    r")(?![a-z])\.?"
    r"){0,16}+(?:[A-Z]{1,5}[-/]?)?"
)


def _digits(match: re.Match[str]) -> int:
    return sum(char.isdigit() for char in match[0])


def _is_record(match: re.Match[str], setting: Setting) -> bool:
    return _digits(match) >= 5 and NOT_A_RECORD.fullmatch(match[0]) is None


def _is_short_record(match: re.Match[str], setting: Setting) -> bool:
    return _digits(match) >= 4 and NOT_A_RECORD.fullmatch(match[0]) is None


def _is_coded(match: re.Match[str], setting: Setting) -> bool:
    return sum(char.isdigit() for char in match["id"]) >= 5 and not NOT_A_RECORD.fullmatch(
        match["id"]
    )


# The Trial Court's numbers: year, court code, case type, sequence; then the older ways.
CASE_TYPES = (
    r"(?:CR|CV|CP|DL|JV|YO|CH|CU|CA|SC|SU|MH|AC|MI|TD|PT|WD|GD|SP|EA|AD|TR|RO|HP|HS|SM|BP|CI|CW|DR|"
    r"PM|PO|IN|DM)"
)
DOCKET = pattern(
    rf"{LEFT}(?=[A-Z]{{0,4}}[- ]?\d)(?:\d{{2,4}}(?-i:{CASE_TYPES})[- ]?\d{{3,6}}[A-Z]{{0,3}}\d?"
    rf"|\d{{2,4}}{CASE_TYPES}\d{{3,6}}[A-Z]{{0,3}}"
    rf"|\d{{2}}(?:\d\d)?[- ](?-i:{CASE_TYPES})[- ]\d{{3,6}}(?:[- ][A-Z]{{1,4}})?"
    r"|(?:\d:)?\d\d-(?:cr|cv|mj|mc)-\d{4,6}(?:-[A-Z]{2,4}){0,2}"
    r"|(?-i:(?:BR|ES|SU|MI|NO|PL|WO|HD|HS|FR|BA|BE|DU|NA)(?:CR|CV))[- ]?\d{2,4}-\d{3,6}"
    r"|(?-i:DL|JV|CP|YO|CR)-\d{2,4}-\d{3,6}|(?-i:S\d|SA)\d{7}"  # the last: a driver's license
    r"|[A-Z]{2}\d\d(?-i:[ACDEPQW])\d{4}[A-Z]{2}"  # the Probate Court's
    rf"|(?-i:DL|JV|CP|YO)\d\d[A-Z]{{0,3}}[- ]?\d{{3,5}}[A-Z]{{0,3}}){RIGHT}"
)

# "# 2025-0044172", "MDT #: BC-24-0092"; a request's own number ("TA-27-0042") is no case.
NUMBERED = pattern(
    rf"(?:#|{LEFT}(?:no\.|number|nr\.?))\s?:?\s?"
    rf"(?P<id>(?!TA-)(?:[A-Z]{{1,5}}-)?\d{{2,4}}-\d{{4,9}}){RIGHT}(?!-)"
)
# "Report 184420917"
REPORT = pattern(
    rf"{LEFT}(?:reports?|tips?|files?|records?)\s#?(?P<id>\d{{7,12}}){RIGHT}(?![.,-]\d)"
)

# "ID W118402", "A 123 456 789": a letter or two with six digits or more are a person's.
LETTERED = pattern(
    rf"{LEFT}(?<![$#&=?-])(?<!\w[./])(?-i:(?!KB|CVE|PMC|IMG"
    rf"|DSC)[A-Z]{{1,2}})-?\d{{6,10}}{RIGHT}(?![-.]\d)"
)
ALIEN = pattern(rf"{LEFT}(?-i:A)[- #]{{0,2}}\d{{3}}[- ]\d{{3}}[- ]\d{{3}}{RIGHT}")
# "the docket ends in 0045"
ENDING = pattern(
    rf"{LEFT}(?:dockets?|cases?|intakes?|51-?[AB]s?|reports?|referrals?|mrns?"
    rf"|file)(?:\s(?:number|no\.?|\#))?"
    rf"\s(?:that\s|which\s)?(?:ends|ending|ended)\s(?:in\s"
    rf"|with\s)?(?P<id>\d{{3,6}}){RIGHT}(?![-/%]\d)"
)
# "their number is KC-0044-821"
OURS = pattern(
    rf"{LEFT}(?:their|our|its|whose|your|her|his)\s(?:own\s|file\s|case\s)?(?:number|no\.|id|\#)"
    rf"(?:\s(?:is|was)"
    rf"|:)?\s(?P<id>(?!\d{{3}}-\d{{4}}(?!\d))(?:[A-Z]{{1,4}}-?)?\d{{2,6}}-\d{{2,8}}(?:-\d{{1,6}})?){RIGHT}(?![-/]\d)"
)
# Seven, eight, ten or more digits in a row, of no contract, order or call.
BARE = (
    # "0447-18823"
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w$.,/=&?#§-])\d{2,4}-\d{5,9}(?![\w%/-]|[.,]\d)"),
        unless=NOT_A_PERSONS,
    ),
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=pattern(
            r"(?<![\w$.,/=&?-])(?!(?:19|20)\d{6}(?!\d)|97[89]\d{10}(?!\d))"
            r"(?:\d{7,8}|\d{10,19}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})(?![\w%/]|[.,-]\d)"
        ),
        unless=NOT_A_PERSONS,
        is_real=lambda match, setting: not match[0].endswith("0000"),
    ),
)

DETECTORS = (
    Detector(kind="case_number", message=MESSAGE, pattern=DOCKET),
    Detector(kind="case_number", message=MESSAGE, pattern=LETTERED, unless=NOT_A_PERSONS),
    Detector(kind="case_number", message=MESSAGE, pattern=ALIEN),
    Detector(kind="case_number", message=MESSAGE, pattern=ENDING, needs=("end",)),
    Detector(kind="case_number", message=MESSAGE, pattern=OURS, is_real=_is_coded),
    Detector(kind="case_number", message=MESSAGE, pattern=NUMBERED, unless=NOT_A_PERSONS),
    Detector(kind="case_number", message=MESSAGE, pattern=REPORT),
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=NUMBER,
        unless=OF_AN_OFFICE,
        is_real=_is_record,
        before=Near(pattern(rf"{LEFT}(?:{STRONG}){RIGHT}"), reach=60, gap=CONNECTED),
    ),
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=NUMBER,
        unless=OF_AN_OFFICE,
        is_real=_is_short_record,
        before=Near(
            pattern(rf"{LEFT}(?:{STRONG}|{WEAK})(?:\sreport|\srecord|\scase)?\W{{0,3}}{CUE}"),
            reach=30,
        ),
    ),
)
