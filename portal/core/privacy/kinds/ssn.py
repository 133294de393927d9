"""Social Security numbers, whole, masked, bare, or by their last four digits."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

MESSAGE = "Leave out the Social Security number. Nobody needs it to answer."
SEPARATOR = r"(?:[ \t]?[-./_][ \t]?|[ \t]|[ ]?-\n)"
# "her social" at the end of what is said, but not "social services 1234", not "social 2026".
SOCIAL = (
    r"social(?:'?s)?(?=\s?[#:=]|\s(?:is|was|are|as|number|no|num|ending|ends|starts|begins"
    r"|on\sfile|last)\b"
    r"|\s(?!20|19)\d|\s?[,.;)?!\"(-](?![a-z]|\s?(?:19|20)\d\d\b)|\s-)"
)
WORDS = pattern(
    LEFT + r"(?:ssns?|s\.\s?s\.\s?n\.?|soc(?:ial)?\s?sec(?:urity)?|ss(?:\s?#|\s(?:number|no|num)\b"
    r"|(?=\s?:)|(?=\s\d{3}[ -][\dx?]{2}[ -]))"
    r"|s/s(?=\s?[#:])|itin|(?:numero\sd[eo]\s)?seguro\ssocial"
    rf"|soc(?=\s?[#:=,.]|\s(?:is|was|number|no|num|ending|ends|last)\b|\s\d)|{SOCIAL})" + RIGHT
)
SHORT_GAP = pattern(
    r"[\s:=#.,()'\"_-]*(?:(?:is|was|are|number|no|num|last|four|4|digits|ending|ends|end|in|with|of"
    r"|on|file|as|listed|given|only|just|the|her|his|their|it|which|that)[\s:=.,()'\"-]*){0,7}"
)
# Named anywhere near, "last four" or "ends in" makes a number of what follows.
NAMED_NEAR = pattern(
    LEFT + r"(?:ssns?|s\.s\.n\.?|soc(?:ial)?\ssec(?:urity)?|ss\s?#|itin|seguro\ssocial"
    r"|(?:\w{1,20}'?s|her|his|their|my|your|the|full|whole|a)\ssoc(?:ial)?(?![ ]?[a-z]|-)"
    r"|(?:\w{1,20}'?s|her|his|their|my|your|the|full|whole|a)\ssoc(?:ial)?(?=\s(?:is|was|so"
    r"|and|but|it|for|on|over|from"
    r"|to|in|as|which|that|number|no)\b))" + RIGHT
)
NAMED_REACH = 140
OTHER_CARD = pattern(
    r"\b(?:cards?|visa|mastercard|debit|bank|accounts?|acct|invoice|check|grant|awards?)\b"
)
# "her cell ends in 0136", "the last four of her cell"
OTHER_NUMBER = (
    r"\b(?:phone|cell|mobile|tel|landline|dockets?|cases?|intakes?|reports?|plates?"
    r"|(?:her|his|their|my)\s(?:number|\#))"
)
OTHER_BEFORE = pattern(rf"{OTHER_NUMBER}(?:\s(?:number|no|that|which|is|are|\#))*\s$")
OTHER_WITHIN = pattern(
    rf"\bof\b.*(?:{OTHER_NUMBER}|\b(?:sessions|trainings|meetings|years|months|weeks|quarters|visits"
    r"|classes|slides|pages|events))\b"
)
LAST_FOUR = (
    r"(?:(?:the\s|her\s|his\s)?(?:last|final)[\s-]?(?:four|4)(?:\s(?:digits|numbers"
    r"|nos?))?(?:\s(?:of|on)(?:\s\w{1,20}){1,4}?)?"
    r"|end(?:s|ing|ed)?(?:\s(?:in|with|on))|ending|ends)"
)
LAST_GAP = (
    r"[\s:=,.()\"'-]{1,4}(?:(?:which|that|they|it|is|are|was|were|digits|be"
    r"|being)[\s:,\"'-]{1,3}){0,3}"
)


def _is_no_year(match: re.Match[str], setting: Setting) -> bool:
    """A row of figures ends like "120 14 2026"; a number with signs between is no such row."""
    return not re.fullmatch(r"\d{3}\s\d\d\s(?:19|20)\d\d", match[0])


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - NAMED_REACH) : match.end() + NAMED_REACH]


def _is_last_four(match: re.Match[str], setting: Setting) -> bool:
    """ "It ends in 4471" with the number named near, "last four, 4471" of no card by itself."""
    around = _around(match)
    before = match.string[max(0, match.start() - 30) : match.start()]
    if OTHER_BEFORE.search(before) or OTHER_WITHIN.search(match[0]):
        return False
    if NAMED_NEAR.search(around):
        return True
    told = "last" in match[0].lower() and not re.match(r"(?:19|20)\d\d", match["id"])
    return told and OTHER_CARD.search(around) is None


def _is_named_near(match: re.Match[str], setting: Setting) -> bool:
    return NAMED_NEAR.search(_around(match)) is not None


def _ssn(source: str, **more: object) -> Detector:
    return Detector(kind="ssn", message=MESSAGE, pattern=pattern(source), **more)  # type: ignore[arg-type]


DETECTORS = (
    _ssn(
        rf"{LEFT}(?<![.$-])(?<!\d,)\d{{3}}{SEPARATOR}\d\d{SEPARATOR}\d{{4}}{RIGHT}(?!-)",
        is_real=_is_no_year,
    ),
    # "xxx-xx-3092", "*****3092", "###-##-3092", "028-66-xxxx"
    _ssn(
        rf"(?<![^\W_])(?:[x*#]{{3}}[-\s._]?[x*#]{{2}}[-\s._]?|\.{{3}}-\.\.-"
        rf"|x{{5}}-?)\d{{4}}{RIGHT}(?!-)"
    ),
    _ssn(rf"{LEFT}\d{{3}}[-\s]\d\d[-\s](?:x{{4}}|\*{{4}}|\?{{4}}|_{{4}})(?!\w)"),
    # "soc 018 5? 2204": a figure that could not be read
    _ssn(
        rf"{LEFT}\d{{3}}[- ][\dx?]{{2}}[- ][\dx?]{{4}}(?!\w)",
        before=Near(WORDS, reach=16),
    ),
    _ssn(
        rf"{LEFT}(?:\d{{3}}[-\s._]{{0,3}}\d\d[-\s._]{{0,3}}\d{{4}}|\d(?:[ .-]\d){{8}}){RIGHT}",
        before=Near(WORDS, reach=40),
        after=Near(WORDS, reach=16),
    ),
    _ssn(rf"{LEFT}\d{{4}}{RIGHT}", before=Near(WORDS, reach=40, gap=SHORT_GAP)),
    _ssn(rf"{LEFT}{LAST_FOUR}{LAST_GAP}(?P<id>\d{{4}}){RIGHT}(?![-/]\d)", is_real=_is_last_four),
    _ssn(
        rf"{LEFT}(?P<id>\d{{4}}){RIGHT}[\s,(]{{1,2}}(?:(?:is|are|was|were|as|being|for|the|her"
        rf"|his|their)\s){{0,3}}"
        r"last[\s-](?:four|4)\b",
        is_real=_is_named_near,
    ),
    # "the first five are 028-66"
    _ssn(
        rf"{LEFT}(?:first\s(?:five|5|three|3)(?:\sdigits)?(?:\s(?:of"
        rf"|on)(?:\s\w{{1,20}}){{1,3}}?)?|starts?(?:ing)?(?:\swith)?|begins?(?:\swith)?)"
        rf"{LAST_GAP}(?P<id>\d{{3}}(?:[- ]?\d\d)?){RIGHT}",
        is_real=_is_named_near,
    ),
)
# Nine digits in a row belong to a person, unless a word before them says otherwise. Whatever
# else reads them goes first.
NOT_A_PERSONS = pattern(
    r"(?:\bduns|\bein|\bfein|\buei|\btax|\brouting|\baba|\btracking|\border|\binvoice|\bvendor"
    r"|\bgrant|\baward"
    r"|\bpurchase|\bpo|\bconfirmation|\bzoom|\bmeeting\sid|\bwebinar|\bpasscode|\baccess\scode"
    r"|\bisbn|\bdoi|\bpmid|\bpmc"
    r"|\bnpi|\bcontract|\brf[rpq]|\bbid|\berror|\bticket|\bserial|\bmodel|\bversion|\bbuild"
    r"|\bcode|\bpositions?|\bpostings?|\bjobs?(?:\ssite|\sboard)?|\brequisition|\bvacancy"
    r"|\bbudget|\bprint(?:\sjob)?|\bproof|https?://\S{0,60}"
    r"|www\.\S{0,60})\W{0,3}(?:(?:number|numbers|no|id|code|is|was|of|#)\W{1,3}){0,3}$"
)
BARE = (_ssn(r"(?<![\w$.,/=&?#-])\d{9}(?![\w%/]|[.,-]\d)", unless=NOT_A_PERSONS),)
