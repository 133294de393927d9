"""Names in forms, tables and capitals, as in "Preferred name: Bri": asked about."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Judge, Setting
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import called, contexts, initials, lexicon
from portal.core.privacy.kinds.names import MESSAGE

# What a row begins with, that is no person: headings, units and states.
NO_INITIALS = frozenset(
    "ID IT US MA NH RI CT VT ME NY DOB SSN TEL FAX PG CH NO QA HR TBD N/A".split()
)


def _is_unknown(match: re.Match[str], setting: Setting) -> bool:
    """A word in capitals, or two, of which one at least is neither a word nor a place."""
    words = [word.lower() for word in match["id"].split()]
    known = (lexicon.words(), lexicon.places(), contexts.PROPER_WORDS, contexts.NOT_A_PERSON)
    return any(not any(word.strip(".") in each for each in known) for word in words)


def _is_given(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return low in lexicon.given() and low not in lexicon.words() | initials.SMALL_WORDS


def _is_somebody(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return low not in contexts.NOT_A_PERSON and low not in called.NOBODY


def _is_initials(match: re.Match[str], setting: Setting) -> bool:
    return match["id"].strip(".").upper() not in NO_INITIALS and match["id"] != "U.S."


def _told(source: str, is_real: Judge | None, *needs: str) -> Detector:
    return Detector("name", MESSAGE, re.compile(source), WARN, is_real=is_real, needs=needs)


DETECTORS: tuple[Detector, ...] = (
    # CHILD ORIANA SZYMCZAK AGE 14
    _told(
        rf"{LEFT}(?:CHILD|GIRL|BOY|YOUTH|VICTIM|CLIENT|MINOR|MOTHER|FATHER|MOM|DAD|SUSPECT|SUBJECT"
        r"|STUDENT|PATIENT|OPERATOR|SISTER|BROTHER|AUNT|UNCLE|NAMED?)(?: IS|:|,)? "
        r"(?P<id>[A-Z][A-Z'-]{2,15} [A-Z][A-Z'-]{3,15})(?= AGED?\b| DOB\b| D\.O|[,.(/]|\n|$"
        r"| IS\b| WAS\b)",
        _is_unknown, "child", "girl", "boy", "youth", "victim", "client", "minor", "mother",
        "father",
        "mom", "dad", "suspect", "subject", "student", "patient", "operator", "sister", "name",
    ),
    # DESHAWN L. PRUITT
    _told(r"(?<![\w.])(?P<id>[A-Z]{3,14} [A-Z]\. [A-Z][A-Z'-]{3,15})(?!\w)", _is_unknown, ". "),
    # OFC. T. BELLAVANCE
    _told(
        r"\b(?:OFC|DET|SGT|LT|CAPT|TPR|AGENT|NURSE|DR|MR|MS|MRS"
        r"|JUDGE)\.? (?P<id>[A-Z]\. [A-Z'-]{4,15})"
        r"(?!\w)", None, ". ",
    ),
    # THE PHONE WE TOOK FROM JORDAN IS
    _told(
        r"\b(?:FROM|WITH|TO|BY|FOR|AND|OF|THAT|IF|WHEN) (?P<id>[A-Z]{4,12})"
        r"(?= (?:IS|WAS|HAS|HAD|AND|WHO|SAID|SAYS|TOLD|CAME|LEFT)\b)",
        _is_given, " is ", " was ", " ha", " and ", " who ", " sa", " told", " came", " left",
    ),
    # Preferred name: Bri
    _told(
        r"\b(?:[Pp]referred|[Cc]hosen|[Ss]treet|[Nn]ick|[Cc]all)[ -]?name(?:\(s\))?[ ]?[:="
        r"|][ \t]{1,12}"
        r"(?P<id>[A-Z][a-z'-]{1,14})(?=[ ]{0,4}(?:\n|$|[,;|(\t]|[ ]{3}))",
        _is_somebody, "name",
    ),
    # "AJ | 1/5/10", "S.D.   07/27/11"
    _told(
        r"(?:(?<=\n)|^)[ >]{0,3}(?P<id>[A-Z]{2,3}|(?:[A-Z][a-z]?\.){2,3})(?=[ ]{0,8}(?:["
        r"|,;\t]|[ ]{2})"
        r"[ \t]{0,8}\d{1,2}[/.-]\d{1,2}[/.-]\d\d)",
        _is_initials,
    ),
    # nude images of mia
    _told(
        r"\b(?:images?|pics?|pictures?|photos?|videos?|nudes"
        r"|screenshots?) of (?P<id>[a-z]{3,12})(?![\w'])",
        _is_given, " of ",
    ),
    # yo rele Ti Blan, seu Valdemar, la hija Yaritza
    _told(
        r"\b(?:yo rele|[Ss]eu|hij[ao]|niet[ao]|sobrin[ao]|filh[ao]|pitit (?:fi|gason)|novi[ao])"
        r" (?P<id>(?:Ti |Gwo )?[A-Z][a-z]{2,14})(?!\w)",
        _is_unknown, "rele", "seu", "hij", "niet", "sobrin", "filh", "pitit", "novi",
    ),
    # Jahmeir (inmate W118820)
    _told(r"(?P<id>\b[A-Z][a-z]{2,14})(?= \((?:inmate|prisoner|bf|pimp|uncle|cousin|brother"
        r"|dad|mom)\b)",
        _is_unknown, "(inmate", "(prisoner", "(bf", "(pimp", "(uncle", "(cousin", "(brother",
        "(dad", "(mom"),
    # A/K/A: Gigi, "Lala"
    _told(
        r"(?i:a/k/a|aka|nicknames?|alias(?:es)?):? [\"']?[A-Z][\w'-]{1,14}[\"']?,? (?:and |or )?"
        r"[\"'](?P<id>[A-Z][\w'-]{1,14})[\"']", None, "a/k/a", "aka", "nick", "alias",
    ),
    # tattoo "KING VEZ"
    _told(
        r"\b(?:[Tt]attoo|[Tt]att?|TATTOO|[Bb]randed)(?: (?:of|says|reads|that says|with"
        r"|the name))?:? "
        r"[\"'](?P<id>[A-Z][\w'-]{1,14}(?: [A-Z][\w'-]{1,14})?)[\"']",
        _is_unknown, "tat", "branded",
    ),
    # Wm Pritchard
    _told(r"\b(?P<id>(?:Wm|Chas|Geo|Thos|Jas|Robt|Edw|Benj|Saml|Richd) [A-Z][a-z'-]{2,15})(?!\w)",
        None, "wm ", "chas ", "geo ", "thos ", "jas ", "robt ", "edw ", "benj ", "saml ",
        "richd "),
    # 'D' sets her up
    _told(r"[\"'](?P<id>[B-Z])[\"'](?= (?:sets?|takes?|drives?|drove|took|picks?|buys?|bought"
        r"|pays?|paid|told"
        r"|tells|said|says|calls?|called|gets?|makes?|made|gave|gives"
        r"|wants)\b)", None, "' ", '" '),
    # Comm. v. Delgado-Fry, 2481CR00377
    _told(r"\bv\. (?P<id>[A-Z][\w'-]{2,20})(?=,? (?:\(?no\. ?|docket )?\d{2,4} ?(?:CR|JV|CP"
        r"|DL|RO|YO)[ -]?\d)",
        None, "v. "),
    # Child Autumn is w/
    _told(r"\b(?:Child|Youth|Client|Victim|Minor) (?P<id>[A-Z][a-z]{2,12})(?= (?:is|was|has"
        r"|had|lives|stays|ran"
        r"|told|says|said)\b)",
        lambda match, setting: match["id"].lower() in lexicon.given(),
        "child ", "youth ", "client ", "victim ", "minor "),
)  # fmt: skip
