"""Accounts made of words, by their place: a chat's speaker, a cell, "known online as"."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, asks, pattern, small
from portal.core.privacy.kinds import handles, lexicon, unplaced

PART = r"[a-z\d]{1,20}"
# "lil.miss.vee", "its.ya.girl_mo": two dots or underscores between letters
TWICE = small(
    rf"(?<![\w@/.:\\$#&=%<-])(?P<id>[a-z][a-z\d]{{0,20}}(?:[._]{{1,2}}{PART}){{2,5}})"
    r"(?![\w/\\@(=%>-]|\.\w)"
)
# "[02:11] ghost.exe: u up", "9:41 PM lil_vee > here", "lil_vee: here"
SPEAKER = small(
    r"(?:(?<=\n)|^)[ >*-]{0,4}(?P<time>\[?(?:\d{1,4}[-/]\d{1,2}(?:[-/]\d{2,4})?,? )?\d{1,2}:\d\d"
    r"(?::\d\d)?(?: ?[ap]\.?m\.?)?\]?(?: ?[-|] ?| ))?[<(\[]?"
    rf"(?P<id>_?{PART}(?:[._]{{1,2}}{PART}){{0,4}}_?)(?:[>)\]]|[ ]?[:>]) (?=\S)"
)
# A cell that is nothing else: "| mtev_nb |", "   ghostrider.ma   "
CELL = small(
    rf"(?:[|\t]|[ ]{{2}})[ ]{{0,40}}(?P<id>[a-z][a-z\d]{{0,20}}(?:[._]{{1,2}}{PART}){{1,4}})"
    r"[ ]{0,40}(?=[|\t\n]|[ ]{2}|$)"
)
# "known online as", "her @ is", "a streamer called", "DMs from"
NAMED = (
    r"known\sonline\sas|online\s(?:as|name\sis)|(?:(?:her|his|their|my|the)\s)?@\s(?:is|was)"
    r"|screen\s?name(?:\s\w{2,5})?\s(?:is|was)|(?:streamer|gamer|tiktoker|influencer)"
    r"(?:\s(?:named|called))?|gamer\s?tag(?:\s(?:is|was))?"
)
CALLED = small(rf"{LEFT}(?:{NAMED})[\s:]{{1,2}}[\"'(]?(?P<id>[a-z][a-z\d._]{{3,29}}){RIGHT}")
# "goes by moneymaker on there", "uses the name sweetthing online"
THERE = small(
    rf"{LEFT}(?:goes\sby|uses(?:\sthe\sname)?|is\scalled|known\sas|as|under)\s[\"']?"
    r"(?P<id>[a-z_][\w.]{4,28}\w)[\"']?\s(?:on\sthere|online"
    r"|on\s(?:the|that|this|an)\s(?:apps?|games?|sites?|servers?))" + RIGHT
)
# Words before an account with a dot, an underscore or a figure in it.
CUES = pattern(
    rf"{LEFT}(?:uses\sthe\sname|known\sonline|screen\s?name|goes\sby|tagged|dms?\s(?:from|to)"
    r"|profile\s(?:says|reads|is)|streamers?|gamertag|gamer\s?tag|online\sname|page\sis"
    r"|calls\s(?:him|her)self|texts?\sfrom|requests?\sfrom|subscribed\sto|followers?\sof)" + RIGHT
)
CUES_GAP = pattern(
    r"[\s:,(\"']{1,3}(?:(?!file|form|report|field|column)\w{1,8}[\s:,\"']{1,2}){0,3}"
)


def _is_file(token: str) -> bool:
    ends = handles.FILE_END.fullmatch(token) or handles.NOT_A_NAME.fullmatch(token)
    return ends is not None or unplaced.OF_A_FILE.search(token) is not None


def _is_of_words(token: str) -> bool:
    """Words alone, in which a blank is missing or that name a field."""
    parts = [part for part in re.split(r"[._]+", token) if part and not part.isdigit()]
    return all(part in lexicon.words() or len(part) < 2 for part in parts)


def _is_made(token: str) -> bool:
    """Parts with dots or underscores, of which one at least is no word, of no file and no label."""
    if _is_file(token) or token.endswith(("_id", "_no", "_date", "_name", "_num")):
        return False
    if re.match(r"(?:[a-z]\.){2}|(?:phq|gad|ace|acs|pcl|cpss|cats|ucla|mod|fy|v)_?\d", token):
        return False
    letters = sum(map(str.isalpha, token))
    return letters > 3 and re.search(r"[._]", token.strip("._")) is not None


def _is_twice(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"]
    parts = re.split(r"[._]+", token)
    if not any(len(part) > 2 for part in parts) or not _is_made(token):
        return False
    return not _is_of_words(token)


def _is_speaker(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"]
    if match["time"] is None:
        return _is_made(token) and not _is_of_words(token)
    if _is_file(token):
        return False
    joined = re.search(r"[a-z][._]+[a-z\d]|[a-z]{3}\d|_", token) is not None
    return joined and sum(map(str.isalpha, token)) > 3


def _is_cell(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"]
    return _is_made(token) and not _is_of_words(token)


def _is_called(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].strip("._")
    if len(token) < 4 or _is_file(token) or token in handles.PROSE:
        return False
    if re.search(r"[a-z][._]+[a-z\d]|\d", token):
        return "_" in token or not _is_of_words(token)
    plain = token.endswith(("ing", "ed", "ly", "ers"))
    known = (lexicon.words(), lexicon.places())
    return not plain and not any(token in words for words in known)


def _is_cued(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].lower().rstrip(".-")
    return _is_made(token) and ("_" in token or not _is_of_words(token))


DETECTORS: tuple[Detector, ...] = (
    *(
        asks("handle", handles.MESSAGE, source, judge, needs=needs)
        for source, judge, needs in (
            (TWICE, _is_twice, ()),
            (SPEAKER, _is_speaker, ("_", ":")),
            (CELL, _is_cell, ("  ", "\t", "|")),
            (CALLED, _is_called, ("online", "@ ", "screen", "stream", "gamer", "tiktoker")),
            (THERE, _is_called, ("on there", "online", "on the ", "on that ", "on this ")),
        )
    ),
    asks(
        "handle",
        handles.MESSAGE,
        handles.MADE_UP_TOKEN,
        _is_cued,
        before=Near(CUES, reach=30, gap=CUES_GAP),
    ),
)
