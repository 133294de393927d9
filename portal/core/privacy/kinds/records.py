"""Numbers of records: 51A and intake, court docket, hospital, police, school, license."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

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
    r"51-?[AB]s?|intakes?|dcf|(?:i-?)?family\s?net|licen[sc]e|ncic|fid|docket(?:ed|s)?|case|mrns?|m\.r\.n\."
    r"|(?:medical|hospital|health|patient)\s(?:record|chart|id)s?|med\.?\srec"
    r"|(?:police|[a-z]{0,3}pd|incident|arrest|crime|offense|cad)\s(?:report|case|log)s?|incidents?|arrests?"
    r"|booking|cad|warrants?|indictments?|complaint|petition|obtn|pcf|ncmec|cyber\s?tip(?:line)?s?"
    r"|sasid|lasid|mass ?health|medicaid|passport|iep\s?id|hotline\sreport"
)
# These need a word for "number" behind them: "report no. 2023-1234".
WEAK = (
    r"report|record|chart|patient|student|member|client|file|reference|ref|court|tip|event|log"
    r"|account|acct|routing|insurance|policy|claim|alien|a(?=-|\s?#)|inmate|state|badge|case\s?load"
    r"|expediente|caso|processo"
)
CUE = r"(?:#|\b(?:numbers?|nos?|num|nbr|id|ids|numero)(?![a-z])(?!\sof\b)\.?)"
CONNECTED = pattern(
    r"(?:[\s#:=,()\[\]\"'&/_-]|\d[\dA-Z/-]*+|(?:no|nos|num|nbr|numbers?|ids?|is|was|are|were|of|the|a"
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


# The Trial Court's numbers: year, court code, case type, sequence; then the older ways.
CASE_TYPES = (
    r"(?:CR|CV|CP|DL|JV|YO|CH|CU|CA|SC|SU|MH|AC|MI|TD|PT|WD|GD|SP|EA|AD|TR|RO|HP|HS|SM|BP|CI|CW|DR|"
    r"PM|PO|IN|DM)"
)
DOCKET = pattern(
    rf"{LEFT}(?:\d{{2,4}}(?-i:{CASE_TYPES})[- ]?\d{{3,6}}[A-Z]{{0,3}}\d?"
    rf"|\d{{2,4}}{CASE_TYPES}\d{{3,6}}[A-Z]{{0,3}}"
    rf"|\d{{2}}(?:\d\d)?[- ](?-i:{CASE_TYPES})[- ]\d{{3,6}}(?:[- ][A-Z]{{1,4}})?"
    r"|(?:\d:)?\d\d-(?:cr|cv|mj|mc)-\d{4,6}(?:-[A-Z]{2,4}){0,2}"
    r"|(?-i:(?:BR|ES|SU|MI|NO|PL|WO|HD|HS|FR|BA|BE|DU|NA)(?:CR|CV))[- ]?\d{2,4}-\d{3,6}"
    r"|(?-i:DL|JV|CP|YO|CR)-\d{2,4}-\d{3,6}|(?-i:S\d|SA)\d{7}"  # the last: a driver's license
    rf"|(?-i:DL|JV|CP|YO)\d\d[A-Z]{{0,3}}[- ]?\d{{3,5}}[A-Z]{{0,3}}){RIGHT}"
)

DETECTORS = (
    Detector(kind="case_number", message=MESSAGE, pattern=DOCKET),
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=NUMBER,
        is_real=_is_record,
        before=Near(pattern(rf"{LEFT}(?:{STRONG}){RIGHT}"), reach=60, gap=CONNECTED),
    ),
    Detector(
        kind="case_number",
        message=MESSAGE,
        pattern=NUMBER,
        is_real=_is_short_record,
        before=Near(
            pattern(rf"{LEFT}(?:{STRONG}|{WEAK})(?:\sreport|\srecord|\scase)?\W{{0,3}}{CUE}"),
            reach=30,
        ),
    ),
)
