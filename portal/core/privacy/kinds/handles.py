"""Accounts on social media: "@name", a platform with a name behind it, links to profiles."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern
from portal.core.privacy.kinds import lexicon

MESSAGE = "Leave out the account name. Naming the platform is enough."

# Code and style sheets use the sign for words of their own.
AT_WORDS = (
    r"media|import|font-face|keyframes|charset|supports|page|layer|namespace|container|property"
    r"|use|include|mixin|extend|forward|function|return|if|else|each|for|while|param|see|media"
    r"|dataclass|pytest|override|staticmethod|classmethod|apply|tailwind|starting-style"
    r"|example(?!\.\w)"
)
PLATFORM = (
    r"instagram|insta|ig|snap(?:chat|code)?|sc(?=\s?[:=])|tik ?tok|discord|facebook|fb|messenger"
    r"|twitter|telegram"
    r"|whats ?app|kik|roblox|twitch|youtube|reddit|onlyfans|cash ?app|venmo|wechat|xbox|psn|bumble"
    r"|tinder|wizz|yubo|omegle|pinterest|tumblr|vsco|bereal|skype|minecraft|fortnite"
    r"|f?insta(?:gram)?|finsta|grindr"
    r"|textnow|hoop|monkey\sapp|likee|bigo|zelle|soundcloud|spotify|pof|plentyoffish|badoo"
    r"|tagged|imo|viber|playstation"
    r"|xbl|ps[45]|twitter|tik\s?tok|snapchat|bluesky|whisper\sapp|tellonym|ngl"
)
# Everyday words: only with a word for "account" behind them.
LOOSE = r"signal|threads|steam|x|social media"
USER_NAME = (
    r"(?:user|screen|gamer|account|acct|profile|chat|display|game)[ -]?(?:name|tag|id)"
    r"|usernames?|handles?|gamertags?"
)
CUE = (
    r"(?:(?:user|screen|gamer|account|profile)[ -]?(?:name|tag|id)|username|user|handle|name|tag"
    r"|account|acct|profile|id|page)"
)
ACCOUNT = r"[\"'(\[]?@?(?P<id>(?:\$(?=[A-Z]))?[A-Z\d_][\w.-]{1,29})"
VERB = (
    r"(?:\s?[:=]\s?|\s?(?:>+|->|\s--?)\s?(?:(?:its|it's|it\sis|is)\s)?|'s\s|\s(?:its|it's"
    r"|it\sis|add)\s(?=[a-z\d_@])"
    r"|\s(?:is|was|called|named|under|as)\s[\"']?|\s?-\s"
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
STOPS = re.compile(
    r"[ ]*(?:\s*$|\n|\t|[,;.)\]}<\"'/&|]|(?:and|or|on|but|snap|ig|insta)\b)", re.IGNORECASE
)
NOT_A_NAME = pattern(
    r"\d[\d.,:/-]*(?:st|nd|rd|th|am|pm|[a-z])?|v\d[\d.]*|f?fy\d\d(?:\d\d)?|[a-z]{1,2}\d\d"
    r"|(?:[a-z]\.)+[a-z]?"
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


def _is_no_name(token: str) -> bool:
    return not any(token in known for known in (lexicon.words(), lexicon.places()))


def _stands_alone(match: re.Match[str]) -> bool:
    rest = match.string[match.end() : match.end() + 12]
    token = match["id"]
    if re.search("-(?:to|by)-", token):  # "peer-to-peer"
        return False
    if token.endswith(".") and token.count(".") == 1:  # the end of a sentence
        return re.fullmatch(r"[a-z]{4,}\.", token) is not None and _is_no_name(token[:-1])
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
    r"|(?:fb|t|kik|wa|cash|discord|linktr|youtu|ngl|beacons|allmylinks|bio|steamcommunity"
    r"|tellonym|bsky)"
    r"\.(?:me|com|app|gg|ee|link|ai|social)"
)
NOT_A_PROFILE = (
    r"(?:p|reel|reels|explore|help|policy|policies|safety|hashtag|watch|shorts|playlist|results"
    r"|share|sharer|sharer\.php|groups|legal|about|privacy|transparency|business|community|login"
    r"|events|tag|search|terms|support|r|creators|parents|foryou|download|en|es|embed|jobs|company"
    r"|learning|communityguidelines)"
)
FOLDER = (
    r"(?:add/|in/|u/|user/|users/|c/|channel/|profile/|profile\.php\?id=|people/|id/|profiles/)?"
)

# "through Snap prodbyveli.": small letters, no word, and nothing of the sentence behind it.
BARE = pattern(
    rf"{LEFT}(?:on|through|via|over|by|her|his|their)\s(?:{PLATFORM})\s"
    r"(?P<id>(?-i:[a-z]{5,20}))(?=[.,;)]?(?:\s|$))"
)


def _is_no_word(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"]
    ends = token.endswith(("s", "ing", "ed", "ly", "er"))
    return not ends and token not in PROSE and token not in lexicon.words()


ON = r"(?:on|thru|through|via|from|over)"
# "lamontnotlamar on discord", "kaylab (snap)", "prettygirlk / insta"
NAME_FIRST = pattern(
    rf"(?<![\w@.'/-])(?P<id>(?-i:[a-z])[\w.-]{{4,29}}+)(?:\s{ON}\s(?:(?:the|her|his|their)\s)?"
    rf"|\s?[(\[/]\s?)(?:{PLATFORM}){RIGHT}"
)
# "add her: kayla.xo", "dm'd by king_dre508", "posts as", "follows"
CONTACT = pattern(
    rf"{LEFT}(?:add(?:s|ed)?|dm(?:s|'?d|ed|'s)?|follow(?:s|ed|ing)?|messag(?:e|es|ed|ing)"
    rf"|msg(?:s|d)?|friend(?:ed)?|hmu"
    rf"|posts?|posting|goes\sby|under|user|users|alias|profile|screenname|streams?|channel"
    rf"|server|alts?|burner|spam"
    rf"|finsta|accounts?|accts?|apps?|online|selfies?|livestream|chat(?:s|ted|ting)?|talk(?:s"
    rf"|ing)?\sto|called|link(?:ed)?"
    rf"|pages?|ads?|listing|{USER_NAME}|{PLATFORM}){RIGHT}"
)
MADE_UP_TOKEN = pattern(
    r"(?<![\w@.'/$#&=:-])(?P<id>(?=[a-z]{0,40}+[._\d])(?-i:[A-Za-z][\w]*+"
    r"|\d{1,4}[a-z_][\w]*+)(?:\.\w{1,40}+){0,5}+)(?![\w@(/-])"
)
FILE_END = pattern(
    r".*\.(?:com|org|gov|net|edu|us|io|ai|app|info|pdf|docx?|xlsx?|csv|txt|png|jpe?g|heic"
    r"|mp[34]|mov|pptx?|zip|html?"
    r"|example|eml|msg|py|js|toml|json|md|m|p|e|s|c|d)|\w*final\w*|\w*_v\d+|\w*draft\w*"
    r"|img_?\d.*|dsc_?\d.*|scan_?\d.*"
    r"|(?:[a-z]\.)+[a-z]?|(?-i:[A-Z]{1,5}\d{1,6}[A-Z]{0,2})|[a-z]\d{1,4}|covid\d*"
    r"|\d+[a-z]{1,3}|[a-z]+\d{1,2}[ap]m|h\d+|mp\d|web\d"
    r"|(?:fy|ffy|sfy|sy|q|rev|ver|v|no|nov|dec|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct"
    r"|room|rm|page|p|step|module|unit"
    r"|grade|line|item|ch|sec|day|week|wk|form|section|part|exit|route|rte|i|us|ma|apt|ext|x"
    r"|tier|level|phase|group|top"
    r"|windows|office|chrome|firefox|ios|android|ipad|iphone|version|draft|type|team|table"
    r"|figure|appendix|box)[\d.]+[a-z]?"
)
GAMERTAG = pattern(
    rf"{LEFT}(?:gamer\s?tags?|psn(?:\sid)?|xbox(?:\s(?:live|name|id|tag|gamertag))?"
    rf"|steam\s(?:name|id)|epic\s(?:name|id)"
    rf"|(?:{PLATFORM})\s(?:user|screen|display|profile)?\s?(?:name|tag))(?:\s(?:is|was)"
    rf"|\s?[:=?]|,)\s[\"']?"
    r"(?P<id>(?-i:[A-Z\dx][\w]*(?:[ ][A-Z\dx][\w]*){1,3}))(?!\w)"
)
QUOTED = pattern(r"\"(?P<id>[@\w.][\w.-]{2,29})\"")
CALLED = pattern(rf"{LEFT}(?:{PLATFORM}|{USER_NAME}|accounts?|accts?|posts|profile|alias){RIGHT}")
CALLED_GAP = pattern(r"[^\n\"]{0,25}")


def _is_name_first(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].rstrip(".-")
    if _is_word(token):
        return False
    low = token.lower()
    if _looks_made_up(token):
        return FILE_END.fullmatch(token) is None
    ends = low.endswith(("s", "ing", "ed", "ly", "er", "ion", "ment", "al", "able", "ity"))
    known = (
        low in lexicon.words() or low in lexicon.given() or low in lexicon.places() or "-" in low
    )
    return not ends and not known and len(low) > 5


def is_token(match: re.Match[str], setting: Setting) -> bool:
    """Underscores, inner dots or digits among letters, of no file and no label."""
    token = match["id"]
    letters = sum(char.isalpha() for char in token)
    if letters < 3 or len(token) < 5 or _is_word(token) or FILE_END.fullmatch(token):
        return False
    return (
        "_" in token or "." in token or re.fullmatch(r"[A-Za-z]+\d+[A-Za-z]*\d*", token) is not None
    )


def _is_quoted(match: re.Match[str], setting: Setting) -> bool:
    token = match["id"].lower().strip("@.")
    return token not in lexicon.words() and token not in PROSE and token not in lexicon.given()


def _is_cash_tag(match: re.Match[str], setting: Setting) -> bool:
    return match[0][1:].lower() not in ("fy", "usd", "xx", "xxx", "amount", "tbd", "k", "mm")


DETECTORS = (
    Detector(kind="handle", message=MESSAGE, pattern=NAME_FIRST, is_real=_is_name_first),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=MADE_UP_TOKEN,
        is_real=is_token,
        before=Near(CONTACT, reach=40),
        after=Near(pattern(rf"{LEFT}(?:{PLATFORM}|{USER_NAME}){RIGHT}"), reach=20),
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=GAMERTAG,
        needs=("tag", "name", "psn", "xbox", "steam id", "epic id"),
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=QUOTED,
        is_real=_is_quoted,
        before=Near(CALLED, reach=26, gap=CALLED_GAP),
    ),
    # "$kaylab" receives money
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w$])\$[A-Z_]\w{2,19}(?![\w$])"),
        is_real=_is_cash_tag,
    ),
    # "moonlight #0042"
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w#/&.])(?P<word>[A-Z_][\w.]{1,31}+)\s#\d{4}(?!\w)"),
        is_real=_is_numbered_name,
        before=Near(pattern(rf"{LEFT}(?:discord|{USER_NAME}|server){RIGHT}"), reach=30),
    ),
    Detector(kind="handle", message=MESSAGE, pattern=BARE, is_real=_is_no_word),
    # "Account name on the app is lilqueen_hav"
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(rf"{LEFT}(?P<id>[A-Z][A-Z\d.]{0, 30}_[\w.]{{2,29}}){RIGHT}(?![@/(])"),
        is_real=_is_made_up,
        before=Near(pattern(rf"{LEFT}(?:{USER_NAME}|{PLATFORM}|accounts?|apps?){RIGHT}"), reach=40),
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"(?<![\w@/+:-])(?<!\w\.)@(?!(?:{AT_WORDS})(?!\w))(?!\d{{1,2}}(?:am|pm)?(?![\w.]))"
            r"(?!\d{1,4}(?:[\s:.%]|$))\.?\w(?:[\w.]{1,28}\w|\w)(?![\w@(/{-])"
        ),
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="handle",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}(?:{PLATFORM})(?:'s)?(?P<cue>\s?{CUE}{RIGHT})?(?:(?P<verb>{VERB})"
            rf"|\s?-?)(?<!\w){ACCOUNT}"
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
            rf"(?<![\w-])(?=\w++[.:])(?:https?://)?(?:\w{{1,8}}\.)?(?:{SITES})/(?!{NOT_A_PROFILE}(?![\w.-]))"
            rf"(?:{FOLDER}[@$~]?[\w.%-]{{2,40}})"
        ),
        is_allowed=_is_allowed,
    ),
)
