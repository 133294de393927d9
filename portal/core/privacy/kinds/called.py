"""Names by what is said around them: "calls him Ro", "if Dre comes", "belongs to Pop"."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Judge, Setting
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import contexts, lexicon
from portal.core.privacy.kinds.names import MESSAGE

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat"
    " sun today tomorrow christmas thanksgiving easter".split()
)
NOBODY = frozenset(
    "mom mother mum dad father mommy daddy grandma grandpa nana auntie aunt uncle sir ma'am miss"
    " mister mama police court legal medical english spanish section chapter part table form intake"
    " page".split()
)
NAME = (
    r"(?:(?:Big|Lil|Little|Young|Old|Baby|Mr|Ms|Miss|Uncle|Auntie|Tio|Tia|King|Papa|Mama|DJ)\.?"
    r" [A-Z][a-z'-]{0,12}|[A-Z][a-z'-]{1,12})"
)
ENDS = (
    r"(?=[.,;!?)\"\n]|$| (?:and|but|who|she|he|they|so|because|at|since|in|on|for|when|if|again|now"
    r"|all|tonight|too|as|or|w|with|to|about|is|was|has|not|anymore)\b)"
)
# Verbs of somebody, in the third person.
DOES = (
    r"(?:comes?|came|shows?|showed|calls?|called|texts?|texted|gets?|got|finds?|found|leaves"
    r"|left|goes"
    r"|went|wants|wanted|picks|picked|takes|took|tries|tried|sees|saw|hits|hit|says|said|asks|asked"
    r"|finishes|drives|drove|knows|knew|hears|heard|does|did|gave|gives|tells|told|pulls|pulled"
    r"|sends|sent"
    r"|starts|started|moved|moves|runs|ran|lives|lived|messages|messaged|dm(?:s|ed)|wakes|thinks"
    r"|paid|pays"
    r"|brings|brought|drops|dropped|walks|walked|touched|touches|threatens|threatened)"
)


def _is_nobody(low: str) -> bool:
    return any(
        low in known
        for known in (
            DAYS, NOBODY, contexts.PROPER_WORDS, contexts.PUBLIC_NAMES, contexts.NOT_A_PERSON,
            lexicon.months(),
        )
    )  # fmt: skip


def _is_anybody(match: re.Match[str], setting: Setting) -> bool:
    """A capital where none belongs: any word that is no day, no place and nothing of ours."""
    low = match["id"].lower().split()[-1]
    return not _is_nobody(low) and (low not in lexicon.places() or low in lexicon.given())


def _is_no_word(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower().split()[-1]
    if _is_nobody(low):
        return False
    listed = low in lexicon.words() or low in lexicon.places()
    return low in lexicon.given() or not listed


def _is_given(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return low in lexicon.given() and not _is_nobody(low)


def _is_listed(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return low in lexicon.given() and low not in lexicon.words()


def _is_a_surname(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    if match["id"].isupper() and low not in lexicon.surnames():
        return False
    known = (lexicon.words(), lexicon.places(), contexts.PROPER_WORDS, contexts.NOT_A_PERSON)
    return low not in contexts.TITLES and not any(low in each for each in known)


def _is_unknown(match: re.Match[str], setting: Setting) -> bool:
    start = match.start()
    return (
        _is_anybody(match, setting)
        and UNKNOWN.search(match.string[max(0, start - 34) : start]) is not None
    )


def _is_signed(match: re.Match[str], setting: Setting) -> bool:
    start = match.start()
    return (
        _is_no_word(match, setting)
        and LOVES.search(match.string[max(0, start - 40) : start]) is not None
    )


def _called(source: str, is_real: Judge | None, *needs: str) -> Detector:
    return Detector("name", MESSAGE, re.compile(source), WARN, is_real=is_real, needs=needs)


UNKNOWN = re.compile(
    r"\b(?:unknown|unk|unidentified|unid|only|male|female|friend|contact|subject|person|nickname"
    r"|street name|number|no name)(?: (?:\w{2,10}|#?\d))?[ ,:(-]{1,3}$",
    re.IGNORECASE,
)
SHORT_GIVEN = (
    r"(?:Wm|Chas|Geo|Jos|Thos|Jas|Robt|Edw|Benj|Danl|Saml|Alex|Fredk?|Eliz|Marg|Cath|Rich|Patk|Theo"
    r"|Matt|Andw|Richd|Jno|Steph|Nath|Chris|Jon|Greg|Kath|Abr|Tim|Dan|Ed|Sam|Ben|Gab|Fco|Ma|Jna)"
)
ROLES = (
    r"(?=[A-Z])(?:JPO|ACPO|CPO|APO|PO|SRO|GAL|MSW|LCSW|LICSW|LSW|LMHC|BSW|SW|ADA|AUSA|ACC|VWA"
    r"|SANE|CASA|RN|LPN|NP"
    r"|PA|PCP|PNP|TFO|SA|Tpr|Ofc|Off|Det|Dets|Sgt|Lt|Cpl|Capt|Ptl|Ptlm|Dep|Insp|Inv|Supv|Sup|Wkr"
    r"|Wrkr|Agt"
    r"|Adv|Coord|Dir|Mgr|Chf|Atty|Couns|Clin|Ther|Intv|Interp)"
)
DEVICE = (
    r"(?:i(?:[Pp]hone|[Pp]ad|[Pp]od|[Mm]ac)|Galaxy|Mac[Bb]ook|AirPods|Air[Tt]ag|Chromebook"
    r"|Laptop|laptop"
    r"|Phone|phone|Watch|Tablet|tablet|PC|Xbox|Pixel|Moto|Kindle|Switch|Hotspot|hotspot|Wi-?[Ff]i)"
)
OF_DEVICES = tuple(
    f"s{sign}{device}"
    for sign in "-_"
    for device in (
        "ip",
        "imac",
        "gal",
        "mac",
        "air",
        "chr",
        "lap",
        "pho",
        "wat",
        "tab",
        "xb",
        "pix",
        "hot",
    )
)
LOVES = re.compile(
    r"\b(?:see (?:u|you|ya)(?: (?:soon|tmrw|tmr|later|tonight|tomorrow|there))?|(?:love|luv"
    r"|miss) (?:u|you|ya)"
    r"(?: (?:always|lots|so much|sm|baby|babe|forever))?|xo(?:xo)*|ily(?:sm)?|ttyl|kisses|hugs"
    r"|besos|beijos"
    r"|te amo|te quiero|bisous|forever|always|yours|nos vemos|happy (?:bday|b-?day|birthday)"
    r"|sorry|thinking of you"
    r"|good ?night|gn|get home safe|call me|hit me up|hmu)[ ,.!~<3-]{1,4}\n?$",
    re.IGNORECASE,
)
DETECTORS: tuple[Detector, ...] = (
    # she calls him Ro
    _called(
        rf"\b[Cc]all(?:s|ed|ing)? (?:him|her|them|me|the (?:guy|man|boy"
        rf"|girl)) (?P<id>{NAME})(?![\w-])",
        _is_anybody, "call",
    ),
    # if Dre comes
    _called(
        r"\b(?:[Ii]f|[Ww]hen(?:ever)?|[Uu]ntil|[Uu]nless|[Bb]efore|[Aa]fter|[Oo]nce|[Bb]ecause"
        r"|[Ww]here"
        rf"|[Tt]hat|[Ww]hile|[Cc]uz|[Ii]n case|[Ss]ince|[Tt]ill?) (?P<id>{NAME})(?= {DOES}\b)",
        _is_no_word,
    ),
    # belongs to Pop
    _called(
        r"\b(?:belong(?:s|ed)? to|property of|(?:'s|is|was|came|gift|present|call|text|msg"
        r"|money) from"
        r"|(?:afraid|scared|terrified) of|in love with|(?:hides?|hiding|away) from|stay(?:s"
        r"|ing)? (?:with|w/)"
        rf"|liv(?:es|ing) (?:with|w/)|(?:sent|paid|given|driven"
        rf"|recruited) by) (?P<id>{NAME}){ENDS}",
        _is_anybody, " to ", " of ", "from ", " with ", "w/ ", " by ",
    ),
    # we told Dre to leave
    _called(
        rf"\b(?:told|asked|met|saw|texted|blocked|called) (?P<id>{NAME})"
        r"(?= (?:to|that|not|about|at|and|on|in|he|she|again|because|when)\b|[.,!?])",
        _is_no_word, "told", "asked", "met", "saw", "texted", "blocked", "called",
    ),
    # le dicen El Flaco
    _called(
        r"\b(?i:(?:le|lo|la|les|me) (?:dicen|llaman|decimos|decia|conocen como|llama)|cham(?:am"
        r"|a|avam)"
        r"(?: (?:ele|ela))?(?: de| por)?|apelido(?: (?:dele|dela))?(?: e|:)?|apodo(?: es|:)?"
        r"|conocid[oa] como"
        r"|conhecid[oa] (?:como|por)|(?:yo )?rele (?:li|l|m)|ti ?non (?:li|l)(?: se)?|se llama"
        r"|non (?:li|l) se"
        r"|se chama|alias)[ :]{1,2}[\"']?(?P<id>(?:(?:El|La|Los|Las|O|A|Don|Dona|Ti|Gwo"
        r"|Seu) )?[A-Z][\w'-]{1,14})",
        _is_anybody,
        *"dicen llam decim decia conoc cham apelido apodo conhec rele non alias".split(),
    ),
    # Victim 2 unknown "Peaches"
    _called(r"[\"'](?P<id>[A-Z][\w'-]{1,14}(?: [A-Z][\w'-]{0,14})?)[\"']", _is_unknown, '"', "'"),
    # Wm. Gorski
    _called(rf"\b(?P<id>{SHORT_GIVEN}\. (?:[A-Z]\. )?[A-Z][a-z'-]{{2,15}})(?!\w)", None, ". "),
    # JPO Healy
    _called(rf"{LEFT}{ROLES}\.?,? (?P<id>[A-Z][a-z']{{2,15}}|[A-Z]{{4,15}})(?![\w-])",
        _is_a_surname),
    # "iPhone-of-Chloe", "Chloe's iPhone", "Jaylahs-iPhone"
    _called(rf"{DEVICE}[-_ ](?:of|de|da|do)[-_ ](?P<id>[A-Za-z]{{2,14}})(?![a-z])", _is_no_word,
        "-of-", "_of_", "-de-", "_de_", "-da-", "e of ", "d of ", "-do-"),
    _called(rf"(?<![a-z])(?P<id>[A-Za-z][a-z]{{2,12}}?)'?s[-_]{DEVICE}", _is_no_word, *OF_DEVICES),
    # "see u soon Nae"
    _called(r"(?<=[ ,\n])(?P<id>[A-Z][a-z]{1,11}(?:-[A-Z]?[a-z]{1,9})?)"
        r"(?=[\"'\n!)]|\.?\s?$|\. )", _is_signed),
    # Jordan uses they/them; Faith has been with us
    _called(
        r"(?:^|[.!?:\n] {0,3}|\w\) |- |\* )(?P<id>[A-Z][a-z]{2,12})(?= (?:uses (?:they|she|he"
        r"|her|his)"
        r"|has (?:been (?:since|with us|here|gone|out|missing|home|in care|staying|living|seen"
        r"|doing)|not"
        r"|never|had|run|told|asked|no one|nobody|a (?:boyfriend|bf|baby|sister|brother|phone"
        r"|therapist"
        r"|mentor|worker))|hasn't|doesn't|doesnt|didn't|didnt|won't|wont|isn't|wasn't|gets|takes"
        r"|sees|texted"
        r"|is (?:he|she|my|our|her|his|scared|afraid|upset|ok|okay|fine|doing|home|here|gone"
        r"|back|with us"
        r"|a (?:girl|boy|youth|kid|junior|senior|freshman))|was (?:with|at her|at his|gone|here"
        r"|upset|crying)"
        r"|and (?:her|his|their) (?:mom|mother|dad|father|sister|brother|baby|worker|boyfriend)"
        r"|(?:loves|likes|likes|hates|trusts|cries|cried|slept|ate) )\b)",
        _is_given,
    ),
)  # fmt: skip
