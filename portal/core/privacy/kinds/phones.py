"""Phone numbers: North American, international, short ones beside a word, spelled digits."""

import re
from functools import lru_cache

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern, small

MESSAGE = "Leave out the phone number. Help lines and numbers in the directory may stay."
GAP = r"[\s./_*-]{0,3}"
NOT_IN_NUMBER = r"(?<![\d$])(?:(?<!\d[.,/-])|(?<=\d{4}/))"
EXTENSION = r"(?:[\s,;]{0,3}(?:x|ext|extension|\#)[\s.:]{0,2}\d{1,6})?"
AREA = r"(?:[(\[]\s?[2-9]\d\d\s?[)\]]|[2-9]\d\d\)?)"
TEN = rf"{NOT_IN_NUMBER}(?:(?:\+|00)?1{GAP})?{AREA}{GAP}[2-9]\d\d{GAP}\d\d[ ]?\d\d(?!-?\d)"
ABROAD = r"(?<![\w+])(?:\+|011[\s-]|00(?=[1-9]\d{0,2}[\s-]))[1-9](?:[\s().-]{0,2}\d){7,14}(?!\d)"
SEVEN = r"(?<![\d$-])[2-9]\d\d[\s._-]{0,3}\d{4}(?!\d|,\d)(?!-\d)"
# English, Spanish, Portuguese, Haitian Creole
DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
    r"|um|dois|quatro|sete|oito|nove|youn|twa|kat|senk|sis|set|uit|nef)"
)
SPELLED = rf"{LEFT}(?:{DIGIT}[\s,.-]{{0,2}}){{7,11}}"
IN_SINGLE_DIGITS = r"(?<!\d[ .-])(?<!\w)[2-9]([ .-])\d(?:\1\d){8}(?![ .-]?\d)"
# "six one seven 555 0136"
MIXED = (
    rf"{LEFT}(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine"
    rf"|\d{{1,4}})[ \t,.-]{{1,2}}){{3,10}}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|\d{1,4})(?!\w)"
)
MASKED = r"(?<![\w-])\(?[2-9]\d\d\)?[-. ]{1,2}\d{3}[-. ]\d{0,2}(?:xx|\*\*|\?\?)[x*?]{0,2}(?!\w)"
LOCAL = r"(?<![\w$.,/-])[2-9]\d\d[-.](?!(?:19|20)\d\d)\d{4}(?![\w/-]|[.,]\d)"
BRAZILIAN = r"(?<!\w)\(?\d\d\)?[ ]?9?\d{4}-\d{4}(?![\w-])"
NO_PHONE = pattern(
    r"(?:\bisbn|\bdoi|\bgrant|\baward|\bbill|\bpolicy|\bcontract|\brf[rpq]|\binvoice|\border"
    r"|\bticket|\bchapter|\bch\.|\bc\."
    r"|\bomb|\bpub|\bp\.l\.|\bmodel|\bform|\bitem|\bpart|https?://\S{0,60})[\s:#.no-]{0,5}$"
)
ENDING = (
    rf"{LEFT}(?:(?:phone|cell(?:phone)?|mobile|tel|landline|#|(?:her|his|their|my|mom's"
    rf"|dad's)\s(?:number|phone|cell|\#))"
    r"(?:\s(?:number|\#|is|are|that|which|no)){0,2}\s(?:ends|ending|ended)(?:\s(?:in|with))?"
    r"|last\s(?:four|4)\s(?:digits\s)?of\s(?:(?:the|her|his|their"
    r"|my)\s)?(?:\w{1,20}\s)?(?:phone|cell|mobile|number)(?:\s(?:is|are|was))?)"
    r"[\s:,]{1,2}(?P<id>\d{4})(?!\w)"
)
TOLL_FREE = re.compile(r"8(?:00|33|44|55|66|77|88)\d{7}")
VIDEOPHONE = pattern(r"\b(?:vp|video\s?phone)(?:\sonly)?[\s:]{1,2}$")
CALL = pattern(
    rf"{LEFT}(?:call(?:s|ed|ing)?|phones?|cell(?:ular)?|mobile|text(?:s|ed|ing)?|tel(?:ephone)?"
    r"|whats ?app|contact|reach(?:ed)?|fax|ph|dial|pager|landline|burner|llamar?|telefono|celular"
    r"|(?:her|his|their|my|the|\w{1,12}'s)\s(?:new\s|old\s)?(?:number|#)|number(?=\s?[:=]|\sis\b))"
    + RIGHT
)
CALL_AFTER = pattern(rf"{LEFT}(?:cell|mobile|phone|tel|landline|home|fax|whats ?app){RIGHT}")


def _digits(written: str) -> str:
    """Ten digits without country code or extension; fewer or more where it is no such number."""
    digits = re.sub(r"\D", "", re.split(r"[xe;]", written.lower())[0])
    return digits.lstrip("0")[1:] if re.fullmatch(r"(?:00)?1\d{10}", digits) else digits


@lru_cache(maxsize=8)
def _numbers(allow: frozenset[str]) -> frozenset[str]:
    full = {_digits(entry) for entry in allow if "@" not in entry}
    return frozenset(full | {number[-7:] for number in full if len(number) == 10})


def _is_allowed(match: re.Match[str], setting: Setting) -> bool:
    digits = _digits(match[0])
    free = TOLL_FREE.fullmatch(digits) is not None and not _is_of_a_videophone(match)
    return free or digits in _numbers(setting.allow)


def _is_of_a_videophone(match: re.Match[str]) -> bool:
    """Relay services give toll-free numbers to people who are deaf."""
    return VIDEOPHONE.search(match.string[max(0, match.start() - 16) : match.start()]) is not None


def _is_mixed(match: re.Match[str], setting: Setting) -> bool:
    """Seven, ten or eleven digits, three of them spelled at least."""
    spelled = len(re.findall(r"[a-z]+", match[0].lower()))
    figures = sum(char.isdigit() for char in match[0])
    return spelled >= 3 and spelled + figures in (7, 10, 11)


def _is_phone(match: re.Match[str], setting: Setting) -> bool:
    """Bare digits with a toll-free beginning may be a record number: they say nothing here."""
    return not TOLL_FREE.fullmatch(match[0])


def _is_no_range(match: re.Match[str], setting: Setting) -> bool:
    """ "call 211 2026" ends in a year, "300-1200 calls" are round figures."""
    return not re.fullmatch(r"\d{3}\s+(?:19|20)\d\d|\d00-\d\d00", match[0])


DETECTORS = (
    Detector(
        kind="phone",
        message=MESSAGE,
        pattern=pattern(TEN + EXTENSION),
        # Article and book numbers run through links.
        unless=pattern(r"(?:\bisbn|\bdoi|https?://\S{0,60}/)[\s:.-]*$"),
        is_real=_is_phone,
        is_allowed=_is_allowed,
    ),
    Detector(kind="phone", message=MESSAGE, pattern=pattern(ABROAD), is_allowed=_is_allowed),
    Detector(
        kind="phone",
        message=MESSAGE,
        pattern=pattern(SEVEN + EXTENSION),
        before=Near(CALL, reach=30),
        after=Near(CALL_AFTER, reach=4),
        is_real=_is_no_range,
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="phone",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w$.,/-])\d{10,13}(?![\w-])"),
        before=Near(CALL, reach=20),
        is_allowed=_is_allowed,
    ),
    Detector(kind="phone", message=MESSAGE, pattern=small(SPELLED), is_small=True),
    Detector(kind="phone", message=MESSAGE, pattern=pattern(IN_SINGLE_DIGITS)),
    Detector(kind="phone", message=MESSAGE, pattern=small(MIXED), is_real=_is_mixed, is_small=True),
    Detector(kind="phone", message=MESSAGE, pattern=pattern(MASKED), needs=("xx", "**", "??")),
    Detector(
        kind="phone",
        message=MESSAGE,
        pattern=pattern(LOCAL),
        unless=NO_PHONE,
        is_real=_is_no_range,
        is_allowed=_is_allowed,
    ),
    Detector(
        kind="phone",
        message=MESSAGE,
        pattern=pattern(BRAZILIAN),
        before=Near(CALL, reach=20),
        is_allowed=_is_allowed,
    ),
    Detector(kind="phone", message=MESSAGE, pattern=pattern(ENDING), needs=("end", "last")),
)
