"""How dates are written, in English, Spanish and Portuguese, and which day one means."""

import re
from datetime import date

from portal.core.privacy.detectors import LEFT, RIGHT, pattern

MONTH = (
    r"(?=[adefjmnos][a-z]{2})(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|janvye|fevriye|(?:mas|me|jen|out)(?=\s\d{4})|avril|jiye|septanm|oktob|novanm|desanm"
    r"|janvier|fevrier|mars|juin|juillet|aout|septembre|octobre|decembre"
    r"|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro)(?![a-z])\.?"
)
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th"
    r"|twelfth|twentieth|thirtieth"
)
DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|o)?|{ORDINAL})"
LONG_YEAR = r"(?:19|20)\d\d"
YEAR = rf"(?:{LONG_YEAR}|'?\d\d)"
MARK = r"(?:[ \t]?[-/.,_\\][ \t]?|[ \t]{1,2})"
OF = r"(?:of |de |del |do |the )?"
YEAR_FIRST = rf"{LONG_YEAR}{MARK}\d{{1,2}}{MARK}\d{{1,2}}"
YEAR_LAST = rf"\d{{1,2}}{MARK}\d{{1,2}}{MARK}{YEAR}"
MONTH_DAY = rf"{MONTH}{MARK}?{OF}{DAY}(?![a-z\d])"
DAY_MONTH = rf"{DAY}{MARK}?{OF}{MONTH}"
TAIL = rf"[ \t]?[-/,._]?[ \t]{{0,2}}{OF}{YEAR}"
END = rf"{RIGHT}(?![-/]\d|[:.]\d\d)"
# A figure, or what a month or an ordinal begins with: spares most words the long alternatives.
BEGINS = r"(?-i:(?=[\dadefjmnostADEFJMNOST]))"

IN_FIGURES = rf"{YEAR_FIRST}|{YEAR_LAST}"
IN_WORDS = rf"(?:{MONTH_DAY}|{DAY_MONTH})"
WITHOUT_DAY = rf"{MONTH},?[ ]{OF}{LONG_YEAR}"
SHORT = rf"\d{{1,2}}[-/.](?:{LONG_YEAR}|\d{{1,2}})|\d{{8}}|\d{{6}}"

FULL = pattern(rf"{LEFT}{BEGINS}(?:(?=\d)(?:{IN_FIGURES})|{IN_WORDS}{TAIL}){END}")
ANY = pattern(
    rf"{LEFT}{BEGINS}(?:(?=\d)(?:(?:{IN_FIGURES}){END}|(?:{SHORT}){END})"
    rf"|{IN_WORDS}(?:{TAIL})?{END}|{WITHOUT_DAY}{END})"
)

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ROMANCE = {
    "ene": 1,
    "fev": 2,
    "abr": 4,
    "mai": 5,
    "ago": 8,
    "set": 9,
    "out": 10,
    "dic": 12,
    "dez": 12,
    "des": 12,
    "mas": 3,
    "avr": 4,
    "jui": 7,
    "jen": 6,
    "me": 5,
    "jiy": 7,
    "aou": 8,
    "okt": 10,
}
_MONTH_NUMBER = {name: at for at, name in enumerate(_MONTHS, start=1)} | _ROMANCE


def parse(written: str, today: date) -> date | None:
    """The day a full date means, month before day; none when there is no such day."""
    names = re.findall(r"[a-z]{3,}|\bme\b", written.lower())
    months = [_MONTH_NUMBER[name[:3]] for name in names if name[:3] in _MONTH_NUMBER]
    numbers = [int(digits) for digits in re.findall(r"\d+", written)]
    if len(numbers) + len(months[:1]) != 3:
        return None
    year = numbers.pop(0) if numbers[0] > 31 else numbers.pop()
    month, day = (months[0], numbers[0]) if months else (numbers[0], numbers[1])
    if month > 12:
        month, day = day, month
    try:
        return date(_century(year, today), month, day)
    except ValueError:
        return None


def _century(year: int, today: date) -> int:
    """Two digits mean the latest year that is not in the future."""
    if year > 99:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year
