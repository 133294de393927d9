"""Accounts that are told in a sentence: "He's on Roblox. He's robzilla_508.": asked about."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Setting, asks, pattern, small
from portal.core.privacy.kinds import handles, lexicon, unplaced

REACH = 140
ONLINE = pattern(
    rf"{LEFT}(?:{handles.PLATFORM}|{handles.USER_NAME}|apps?|online|social\smedia|dms?|dm'?d|chats?"
    r"|profiles?|accounts?|accts?|messag\w{1,4}|texts?|games?|gaming|phone|signal|steam|threads"
    rf"|log\s?ins?|logs?|servers?){RIGHT}"
)
# "he's", "hes", "it's", "goes by", "plays as", "saved as", "look up", right before the account
OF_A_PERSON = (
    r"(?:s?he|they|i|u|you|name|mine|hers|his)(?:'?s|'?re|'?m|\sis|\swas|\sare)"
    r"|(?:goes|go|going|went)\sby|plays\sas|calls\s(?:himself|herself|themselves)"
    r"|find\s(?:me|her|him|them)(?:\s(?:at|as|on|under))?|look\sup"
)
TELLS = pattern(
    rf"{LEFT}(?:(?P<person>{OF_A_PERSON})|(?:it|that|this|one)(?:'?s|\sis|\swas)|as|under|called"
    rf"|named"
    r"|adds?|added|uses|using|use|from|by|is|was|to|with|w/|on|there|handles?|both|or|and)"
    r"(?:\s(?:like|just|also|still|now|usually))?[\s:,]{1,2}[\"'(@]{0,2}$"
)
TELLS_REACH = 44
# "plays as DarkRob"
SHOWN_AS = re.compile(r"(?:as|under) [\"']?(?P<id>[A-Za-z][a-z]+[A-Z][\w.]{1,25})(?![\w@/])")
SHOWS = pattern(
    rf"{LEFT}(?:plays?|posts?|posing|saved|listed|registered|signed|streams|chats?|pops|shows"
    rf"|poses)"
    r"(?:\s(?:up|in|on|her|him|it|there)){0,2}\s(?:as|under) [\"']?$"
)
# An answer that is nothing but an account: "What's his user name?", "CH: moneyman".
ANSWER = re.compile(
    r"\?[ ]{0,3}\n\s{0,4}(?:\[[\d:]{4,8}\] ?)?(?:[A-Z][\w .]{0,15}: )?(?:[Ii]t'?s |[Uu]m+,? "
    r"|[Uu]h+,? )?[\"']?"
    r"(?P<id>[a-z\d_][\w.]{4,29})[\"']?[.!]?[ ]?(?=\n|$)"
)
ASKS = pattern(
    r"user\s?name|handle|screen\s?name|gamer\s?tag|goe?s?\sby|call(?:ed|s)?|name|add|find"
)
ASKS_ONLINE = pattern(
    rf"{LEFT}(?:{handles.PLATFORM}|online|apps?|{handles.USER_NAME}|there){RIGHT}"
)
# "xX_robzilla_Xx", "xxDarkRobxx"
FRAMED = re.compile(
    r"(?:xX|Xx|XX|xx)(?<![\w/.-][xX]{2})_?(?=[\w]{0,22}[a-wyzA-WYZ])[A-Za-z\d]\w{0,24}?_?(?:Xx"
    r"|xX|XX|xx)"
    r"(?![\w/])"
)
# "_kay.kay_", "kaykay__04", "__zay": underscores that nobody puts into the name of a file
UNDERSCORED = re.compile(
    r"(?<![\w/.{<$%`-])(?=_|\w{1,40}?_(?:_"
    r"|(?!\w)))(?:_{1,2}[A-Za-z][A-Za-z\d.]{2,20}(?:_[A-Za-z\d.]{1,16}){0,3}_{0,2}"
    r"|[A-Za-z][A-Za-z\d.]{2,20}(?:__[A-Za-z\d.]{1,16}){1,2}_{0,2}|[A-Za-z][A-Za-z\d.]{3,20}_{1,2})"
    r"(?![\w/}>%`(-]|\.[a-z]{2,4}\b)"
)
# saved in her phone as "BigZay" on Snap
QUOTED = small(
    rf"\"(?P<id>[\w.]{{4,30}})\"\s(?:on|from|in|over|via)\s(?:the\s|his\s"
    rf"|her\s)?(?:{handles.PLATFORM}){RIGHT}"
)
# "$kaykay" without its sign: "cash app tag kaykay", "venmo at kaykay04"
MONEY = small(
    rf"{LEFT}(?:cash\s?app|cashapp|venmo|zelle|chime|paypal)\s(?:tag|name|user|id|at|is|to|under"
    rf"|as)"
    rf"(?:\s(?:is|was))?[\s:]{{1,2}}(?P<id>(?=[a-z._-]{{0,24}}\d)[a-z][\w.-]{{3,25}}){RIGHT}"
)
PAYS = (
    r"(?:cash\s?app|cashapp|venmo|zelle|chime|paypal|apple\s?(?:pay|cash)|google\s?pay|gpay|remitly"
    r"|xoom)"
)
# "@rcast-pays on venmo"
PAID_ON = small(
    rf"(?<![\w.@])@(?P<id>[a-z][\w.-]{{2,30}}?)['\"]?\s(?:on|via|through|thru|by|in|from|with|w/"
    rf"|en|no|na|pa|por)\s"
    rf"(?:the\s|his\s|her\s|my\s)?(?:{PAYS}|{handles.PLATFORM}){RIGHT}"
)
# "venmo is tina-pays", "zelle to lil.tre.cash", "snap como papi-chulo"
JOINED = small(
    rf"{LEFT}(?:{PAYS}|{handles.PLATFORM})(?:'?s)?(?:\s(?:tag|name|user|id|acct|account|page))?"
    r"(?:\s(?:is|was|to|under|as|at|como|es|e|se|kom|called|named|handle|goes\sto)|[:?])[\s:]{1,2}[\"'@$]?"
    r"(?P<id>[a-z][a-z\d]{1,20}(?:[._-][a-z\d]{1,20}){1,4})(?![\w@/-]|\.\w)"
)
PARTS_OF_WORDS = frozenset(
    "non pre post peer opt out up self re co anti multi by of cross inter sub semi to log".split()
)
CODE = pattern(
    r"(?:[a-z]{1,2}[-_]?\d{1,3}|[a-z]{1,4}[-_]?\d{1,3}[_-]?(?:quiz|survey|pretest|posttest|form|log"
    r"|test|slides?|video)"
    r"|[A-Z]{2,6}(?:-[A-Z\d]{1,6})+|f\d\d_\w+|mod(?:ule)?_?\d\w*|\w*(?:_id|_name|_date|_no)"
    r"|\d+(?:\.\d+)*|[A-Z][a-z]+\.|(?:[A-Z]\.){1,4}|(?:phq|gad|ace|acs|ptsd|cpss|ucla|cats|csec"
    r"|it)-?\w*)"
)


SIGNED = re.compile(
    r"[A-Za-z]{3,}\d{1,6}[A-Za-z]{0,8}\d{0,3}|[a-z\d]{2,}(?:\.[a-z\d]{1,})+|_?\w+_\w[\w.]*"
)


def _is_signed(token: str) -> bool:
    """Letters with figures, underscores or inner dots among them, of no file and no label."""
    if len(token) < 5 or SIGNED.fullmatch(token) is None or sum(map(str.isalpha, token)) < 3:
        return False
    if token.isupper() or CODE.fullmatch(token) or unplaced.OF_A_FILE.search(token):
        return False
    return handles.FILE_END.fullmatch(token) is None and not handles.NOT_A_NAME.fullmatch(token)


def _is_joined(match: re.Match[str], setting: Setting) -> bool:
    """No "non-profit" and no "e.g.": a part at least is no ordinary word."""
    said = match["id"]
    if handles.FILE_END.fullmatch(said) or re.fullmatch(r"(?:\w\.)+\w?", said):
        return False
    parts = re.split(r"[._-]", said)
    if parts[0] in handles.PROSE or not PARTS_OF_WORDS.isdisjoint(parts):
        return False
    return not all(part in lexicon.words() for part in parts)


def _is_told(match: re.Match[str], setting: Setting) -> bool:
    if not _is_signed(match["id"].rstrip(".-")):
        return False
    text, (start, end) = match.string, match.span("id")
    told = TELLS.search(text[max(0, start - TELLS_REACH) : start])
    if told is None:
        return False
    if told["person"] is not None and re.search(r"[_\d]", match["id"]):
        return True
    return _is_online(text, start, end)


def _is_online(text: str, start: int, end: int) -> bool:
    """Whether an account is spoken of, up to some sentences before or right behind."""
    before, behind = text[max(0, start - REACH) : start], text[end : end + 40].split("\n")[0]
    return any(ONLINE.search(part) is not None for part in (before, behind))


def _is_shown(match: re.Match[str], setting: Setting) -> bool:
    text, (start, end) = match.string, match.span("id")
    shows = SHOWS.search(text[max(0, start - TELLS_REACH) : start]) is not None
    return shows and _is_online(text, start, end)


def _is_an_answer(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower().strip(".")
    known = (lexicon.words(), lexicon.given(), handles.PROSE, lexicon.places())
    if low.isdigit() or low.endswith(("ing", "ed", "ly")) or any(low in words for words in known):
        return False
    asked = match.string[max(0, match.start() - 80) : match.start()].rsplit("\n", 1)[-1]
    return ASKS.search(asked) is not None and ASKS_ONLINE.search(asked) is not None


def _is_underscored(match: re.Match[str], setting: Setting) -> bool:
    token = match[0]
    if token.isupper() or handles.FILE_END.fullmatch(token) or unplaced.OF_A_FILE.search(token):
        return False
    if token.startswith("__") and token.endswith("__"):  # a word of a programming language
        return False
    one = token.strip("_.").lower()
    if "_" not in one and one in lexicon.words():  # _emphasis_
        return False
    return _is_online(match.string, match.start(), match.end())


def _is_quoted(match: re.Match[str], setting: Setting) -> bool:
    low = match["id"].lower()
    return low not in lexicon.words() and low not in handles.PROSE


DETECTORS: tuple[Detector, ...] = tuple(
    asks("handle", handles.MESSAGE, source, judge, needs=needs)
    for source, judge, needs in (
        (handles.MADE_UP_TOKEN, _is_told, ()),
        (SHOWN_AS, _is_shown, (" as ", " under ")),
        (ANSWER, _is_an_answer, ("?",)),
        (FRAMED, None, ("xx",)),
        (UNDERSCORED, _is_underscored, ("_",)),
        (QUOTED, _is_quoted, ('"',)),
        (PAID_ON, None, ("@",)),
        (JOINED, _is_joined, ("-", ".", "_")),
        (MONEY, None, ("cash", "venmo", "zelle", "chime", "paypal")),
    )
)
