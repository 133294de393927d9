"""Accounts on social media: "@name", a platform with a name behind it, links to profiles."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Setting, pattern

MESSAGE = "Leave out the account name. Naming the platform is enough."

# Code and style sheets use the sign for words of their own.
AT_WORDS = (
    r"media|import|font-face|keyframes|charset|supports|page|layer|namespace|container|property"
    r"|use|include|mixin|extend|forward|function|return|if|else|each|for|while|param|see|media"
    r"|dataclass|pytest|override|staticmethod|classmethod|apply|tailwind|starting-style|example(?!\.\w)"
)
PLATFORM = (
    r"instagram|insta|ig|snap(?:chat|code)?|sc(?=\s?[:=])|tik ?tok|discord|facebook|fb|messenger"
    r"|twitter|telegram"
    r"|whats ?app|kik|roblox|twitch|youtube|reddit|onlyfans|cash ?app|venmo|wechat|xbox|psn|bumble"
    r"|tinder|wizz|yubo|omegle|pinterest|tumblr|vsco|bereal|skype|minecraft|fortnite"
)
# Everyday words: only with a word for "account" behind them.
LOOSE = r"signal|threads|steam|x|social media"
USER_NAME = r"(?:user|screen|gamer|account|profile|chat)[ -]?(?:name|tag|id)|username|handle"
CUE = (
    r"(?:(?:user|screen|gamer|account|profile)[ -]?(?:name|tag|id)|username|user|handle|name|tag"
    r"|account|acct|profile|id|page)"
)
ACCOUNT = r"[\"'(\[]?@?(?P<id>(?:\$(?=[A-Z]))?[A-Z\d_][\w.-]{1,29})"
VERB = (
    r"(?:\s?[:=]\s?|\s(?:is|was|called|named|under|as)\s[\"']?|\s?-\s"
    r"|\s(?:she|he|they)\s(?:is|goes\sby|uses)\s(?=\w{0,29}[\d_]))"
)
# Words of a sentence, where a name might have stood.
PROSE = frozenset(
    "is are was were and or the of for not a an to in on at by as it be has have had can may must "
    "should will would required optional policy field changes change with that which they she he "
    "from search please enter type your their his her our unknown none removed blocked private "
    "public page pages names name account accounts user users safety basics none n/a na tbd what "
    "how why when where who all any new old see use using used if no yes this these those you we "
    "password passwords settings invalid empty missing deleted shown hidden".split()
)
# What ends a name without digits; a word behind it makes it a sentence.
STOPS = re.compile(r"\s*(?:$|\n|[,;.)\]\"'/&|]|(?:and|or|on|but|snap|ig|insta)\b)", re.IGNORECASE)
NOT_A_NAME = pattern(
    r"\d[\d.,:/-]*(?:st|nd|rd|th|am|pm|[a-z])?|v\d[\d.]*|f?fy\d\d(?:\d\d)?|[a-z]{1,2}\d\d|(?:[a-z]\.)+[a-z]?"
)
# No capital at the head, or one more further on: a title's first word is not a name.
PLAIN = re.compile(r"[a-z][A-Za-z-]*|[A-Z][a-z]+[A-Z][A-Za-z]*")
MADE_UP = re.compile(r"[\d_]|\w\.\w")


def _is_word(token: str) -> bool:
    return token.lower() in PROSE or NOT_A_NAME.fullmatch(token) is not None


def _looks_made_up(token: str) -> bool:
    """Digits, underscores or inner dots among the letters: no word of a sentence."""
    return (
        re.search(r"[\d_]|\w\.\w", token) is not None and re.search(r"[^\W\d_]", token) is not None
    )


def _stands_alone(match: re.Match[str]) -> bool:
    rest = match.string[match.end() : match.end() + 12]
    return (
        STOPS.match(rest) is not None
        and PLAIN.fullmatch(match["id"]) is not None
        and len(match["id"]) > 3
    )


def _is_account(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].rstrip(".-")
    if len(token) < 3 or _is_word(token):
        return False
    if _looks_made_up(token) or re.search("[@$]", match[0]):
        return True
    told = match["cue"] is not None or match["verb"] is not None
    return told and _stands_alone(match) and not match[0].startswith("SNAP")


def _is_named(match: re.Match[str], setting: Setting) -> bool:
    """Without a verb a name must look made up: "username janed99", not "username field"."""
    token = match["id"].rstrip(".-")
    return _is_account(match, setting) and (match["verb"] is not None or _looks_made_up(token))


def _is_made_up(match: re.Match[str], setting: Setting) -> bool:
    return _looks_made_up(match["id"]) and not _is_word(match["id"])


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    return match[0].lower().strip(".") in setting.allow


def _is_numbered_name(match: re.Match[str], setting: Setting) -> bool:
    return match["word"].lower() not in NUMBERED


NUMBERED = frozenset(
    "room suite unit apt apartment ste case docket report incident mrn intake ticket issue request "
    "no item line box po page module session lesson file record chart phone tel award grant bill "
    "color bus route order invoice check step table figure appendix note part version policy id "
    "patient student client dcf member badge account reference ref number plate tag reg".split()
)
SITES = (
    r"(?:instagram|tiktok|facebook|snapchat|twitter|threads|twitch|reddit|onlyfans|pinterest|tumblr"
    r"|soundcloud|vsco|linkedin|youtube|roblox|kik|venmo|(?<![\w-])x)\.(?:com|net|co|me)"
    r"|(?:fb|t|kik|wa|cash|discord|linktr|youtu)\.(?:me|com|app|gg|ee)"
)
NOT_A_PROFILE = (
    r"(?:p|reel|reels|explore|help|policy|policies|safety|hashtag|watch|shorts|playlist|results"
    r"|share|sharer|sharer\.php|groups|legal|about|privacy|transparency|business|community|login"
    r"|events|tag|search|terms|support|r|creators|parents|foryou|download|en|es|embed|jobs|company"
    r"|learning|communityguidelines)"
)
FOLDER = r"(?:add/|in/|u/|user/|users/|c/|channel/|profile/|profile\.php\?id=|people/)?"

DETECTORS = (
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"(?<![\w@/+:-])(?<!\w\.)@(?!(?:{AT_WORDS})(?!\w))(?!\d{{1,2}}(?:am|pm)?(?![\w.]))"
            r"(?!\d{1,4}(?:[\s:.%]|$))\w(?:[\w.]{1,28}\w|\w)(?![\w@(/{-])"
        ),
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}(?:{PLATFORM})(?:'s)?(?P<cue>\s?{CUE}{RIGHT})?(?:(?P<verb>{VERB})|\s?-?)(?<!\w){ACCOUNT}"
        ),
        is_real=_is_account,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}(?P<cue>(?:{LOOSE})\s?{CUE}|{USER_NAME}|goes\sby)"
            rf"(?:(?P<verb>{VERB})|\s){ACCOUNT}"
        ),
        is_real=_is_named,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?P<id>[A-Z_][\w.]{{2,29}}+)\son\s(?:{PLATFORM}){RIGHT}"),
        is_real=_is_made_up,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w/.])/?u/[\w-]{3,20}"),
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w#/&.])(?P<word>[A-Z_][\w.]{1,31}+)#\d{4}(?!\w)"),
        is_real=_is_numbered_name,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"(?<![\w-])(?=\w)(?:https?://)?(?:\w{{1,8}}\.)?(?:{SITES})/(?!{NOT_A_PROFILE}(?![\w.-]))"
            rf"(?:{FOLDER}[@$~]?[\w.%-]{{2,40}})"
        ),
        is_allowed=_is_allowed,
    ),
)
