"""Phone numbers with unusual signs between, half in words, or told in parts: asked about."""

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, asks, small
from portal.core.privacy.kinds import phones

SIGNS = small(
    r"(?<![\w$.,/-])\(?[2-9]\d\d\)?\s?([,=~|:;+])\s?[2-9]\d\d\s?[,=~|:;+.-]\s?\d{4}(?![\w,]|[./-]\d)"
)
PAIRS = small(
    rf"{LEFT}(?:cell|phone|tel|number|mobile|call|text|\#)[\s:]{{1,2}}"
    rf"(?P<id>\d\d(?:[ .-]\d\d){{4}}){RIGHT}"
)
TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    rf"|fifteen|sixteen|seventeen|eighteen|nineteen|{TENS})"
)
# "six seventeen five fifty-five oh one thirty six", "six17 555 0136"
IN_WORDS = small(rf"{LEFT}{WORD}(?:[\s,-]{{1,2}}{WORD}){{5,11}}{RIGHT}")
HALF_IN_WORDS = small(
    rf"{LEFT}(?:{WORD}[\s-]?){{1,3}}\d{{0,2}}[\s.-]{{1,2}}\d{{3}}[\s.-]{{1,2}}\d{{4}}{RIGHT}"
)
# "978-555-0136 or 0137"
ANOTHER = small(
    r"(?<=\d{3}[-. ]\d{4})(?:\s?/\s?|,?\s(?:or|and|&|not)\s(?:the\s)?)(?P<id>(?!(?:19"
    r"|20)\d\d)\d{4})(?![\w/-])"
)
# "number is 617 555 then 0136"
IN_TURN = small(
    rf"{LEFT}(?P<id>[2-9]\d\d[-. ][2-9]\d\d\W{{1,3}}(?:and\s|&\s)?then\W{{1,3}}\d{{4}}){RIGHT}"
)
# "area code 617, then 555 0136"
AREA_CODE = small(
    rf"{LEFT}area\scode[\s:]{{1,2}}(?:is\s|was\s)?"
    rf"(?P<id>[2-9]\d\d\W{{1,3}}(?:and\s|then\s){{0,2}}[2-9]\d\d[-. ]?\d{{4}}){RIGHT}"
)
# "978, 555, 0, 1, 4, 2", "a 978-555-something number"
IN_PIECES = small(
    r"(?<![\w$.,/-])(?:[2-9]\d\d[,\s]{1,2}[2-9]\d\d[,\s]{1,2}\d(?:[,\s]{1,2}\d){3}(?![\w,])"
    r"|[2-9]\d\d-[2-9]\d\d(?=-?\s?(?:something|xxxx|\?{1,4}(?!\w)|____)))"
)
# "leave vm at 555 0136"
BESIDE = small(
    rf"{LEFT}(?:vm|voicemail|nbr|hm|hme|wk|emergency|beeper|numero|nimewo|telefon[eo]?|cel|wapp)"
    rf"(?:\s\w{{1,10}}){{0,2}}[\s:@(]{{1,3}}(?P<id>[2-9]\d\d[-. ]?\d{{4}}){RIGHT}"
)

DETECTORS: tuple[Detector, ...] = tuple(
    asks("phone", phones.MESSAGE, source)
    for source in (
        SIGNS,
        PAIRS,
        IN_WORDS,
        HALF_IN_WORDS,
        ANOTHER,
        IN_TURN,
        AREA_CODE,
        IN_PIECES,
        BESIDE,
    )
)
