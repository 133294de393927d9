"""Accounts in places and ways that `handles` is not sure of: asked about."""

import re

from portal.core.privacy.detectors import (
    LEFT,
    RIGHT,
    Detector,
    Near,
    Setting,
    asks,
    pattern,
    small,
)
from portal.core.privacy.kinds import handles, lexicon, unplaced

# Platforms and shops of accounts, the short and the everyday words among them.
PLACES = (
    r"tt|tg|tele|yt|rblx|disc|scn|paypal|apple\s(?:pay|id)|meet\s?me|skip\s?the\s?games|whisper"
    r"|seeking(?:\s?arrangement)?|mega(?:\s?personals)?|fansly|(?-i:OF)|steam|signal|snap|sc|insta|ig"
    r"|tiktok|onlyfans|discord|chime|zelle|depop|google|icloud|chromebook|school|clever|ps[45]|epic"
)
LABEL = r"(?:acct|account|name|user(?:name)?|id|log-?in|handle|profile|page|live|tag)"
PLACED = pattern(
    rf"{LEFT}(?:{PLACES})(?:\s{LABEL}){{0,2}}(?:\s?[:=/;(-]\s?|\s(?:(?:is|was|as|es|under)\s)?)"
    rf"[\"'@(]?(?P<id>[A-Z\d_][\w.-]{{3,29}}){RIGHT}(?![@/])"
)
# "logged in as", "blocked", "usuario"
ACTS = pattern(
    rf"{LEFT}(?:log(?:ged|s)?[ -]?in|logged|sign(?:ed|s)?\sin|log-?in|blocked"
    r"|(?:posted|tagged|followed|added|messaged)\sby|reported|usuario|cuenta|conta|kont|un|pw|s/n|sn|scn|writes|texting|dms?"
    r"|msgs?|request|knows?\sas|online\sas|using|recovered|device|phone|tablet|yt|tt|tg)" + RIGHT
)
ALONE = re.compile(
    r"(?<![\w@/.:\\$#&=-])(?=[a-z._]{0,40}\d)(?=[a-z\d.]{0,40}_)[a-z][a-z\d]{1,30}"
    r"(?:[._]{1,2}[a-z\d]{1,30}){1,4}(?![\w/\\@(-]|\.[a-z\d]{2,5}\b)"
)
# "on fb as Mando VP Realtalk", "facebook name is Lala Realtalk"
SHOWN = pattern(
    rf"{LEFT}(?:fb|facebook|messenger|insta(?:gram)?|ig|snap(?:chat)?|tiktok|discord|xbox|psn|roblox"
    r"|venmo|cash\s?app|zelle|paypal|(?-i:OF)|onlyfans)(?:'s)?(?:\s(?:acct|account|profile|page|display"
    r"|user))?\s(?:as|under|named|called|name)(?:\s(?:is|was)|:)?\s[\"']?"
    rf"(?P<id>(?-i:[A-Z][\w'.-]{{1,20}}(?:[ ][A-Z\d][\w'.-]{{0,20}}){{0,3}}))(?!\w)"
)
COLON = pattern(
    rf"{LEFT}(?:fb|(?-i:IG|FB|Snap|SC|TT)|insta|snap|xbox|psn|xbl)[\s:=]{{1,3}}"
    r"(?P<id>(?-i:[A-Z][A-Za-z'.-]{1,20}[ ](?:[A-Z][\w'.-]{1,20}|\d{2,5})"
    r"|[a-z]{2,12}[ ][a-z]{2,12}\d{2,4}))(?!\w)"
)
TICKET = re.compile(r"[A-Z]{2,6}\d+")
QUOTED = small(
    rf"{LEFT}(?:display\sname|screen\s?name|acct|account|profile|posted|ad|ads|fb|facebook|insta|snap|handle|alias|page)"
    r"(?:\s(?:posted|name|under|as|is|was|called|named|says)){0,3}[\s:,]{1,2}\"(?P<id>[^\"\n]{3,30})\""
)
LINK = small(
    r"(?<![\w.-])(?:www\.)?(?:paypal\.me|fansly\.com|twitch\.tv|cash\.(?:app|me)|snapchat\.com/t"
    r"|roblox\.com/users|bsky\.app/profile|onlyfans|of|threads\.net|rumble\.com/user|kick\.com"
    r"|m\.me|signal\.me|linkedin\.com/in|throne\.com|wishlist\.com)/[@$#]?(?P<id>[\w.%-]{3,40})"
)
VENMO = small(r"\bvenmo\w{0,2}[^.\n]{0,30}?@(?P<id>[a-z][\w-]{2,30})(?!\w)")
NUMBERED = small(
    rf"{LEFT}(?:(?:escort\s)?(?:ad|post|listing|bigo|profile|user)\s?(?:id|no\.?|number|\#)"
    rf"(?:\sis)?[\s:#]{{1,2}}\#?)(?P<id>\d{{6,20}}){RIGHT}"
)


def _is_made_up(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].rstrip(".-")
    low = token.lower()
    if len(token) < 4 or sum(map(str.isalpha, token)) < 3:
        return False
    if handles.FILE_END.fullmatch(token) or handles.NOT_A_NAME.fullmatch(token):
        return False
    if low in lexicon.words() or unplaced.OF_A_FILE.search(low):
        return False
    return re.search(r"[a-z][\d_]|[\d_][a-z]|[a-z]\.[a-z\d]", low) is not None


def _is_token(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"]
    if TICKET.fullmatch(token) or unplaced.OF_A_FILE.search(token):
        return False
    return handles.is_token(match, setting)


def _is_alone(match: re.Match[str], setting: Setting) -> bool:
    said = match[0]
    return handles.FILE_END.fullmatch(said) is None and unplaced.OF_A_FILE.search(said) is None


def _is_shown(match: re.Match[str], setting: Setting) -> bool:
    """No heading of ordinary words: "IG: Safety Basics"."""
    words = [word.lower() for word in re.findall(r"[A-Za-z][\w'.-]*", match["id"])]
    known = (lexicon.words(), lexicon.places(), handles.PROSE)
    return 0 < len(words) <= 4 and not all(any(word in k for k in known) for word in words)


DETECTORS: tuple[Detector, ...] = (
    asks("handle", handles.MESSAGE, PLACED, _is_made_up),
    asks(
        "handle",
        handles.MESSAGE,
        handles.MADE_UP_TOKEN,
        _is_token,
        before=Near(ACTS, reach=30, gap=pattern(r"[^\n]*")),
    ),
    *(
        asks("handle", handles.MESSAGE, source, judge, needs=needs)
        for source, judge, needs in (
            (ALONE, _is_alone, ("_",)),
            (SHOWN, _is_shown, ()),
            (COLON, _is_shown, ()),
            (QUOTED, _is_shown, ('"',)),
            (LINK, None, ("/",)),
            (VENMO, None, ("venmo",)),
            (NUMBERED, None, ()),
        )
    ),
)
