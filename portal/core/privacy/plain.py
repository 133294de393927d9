"""One spelling for what looks the same, with the way back to the offsets of the original."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Word processors curl them; a name is O'Brien all the same.
QUOTES = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
}
# Letters that carry their stroke inside have no plain letter beneath.
STROKES = dict(zip("ØøŁłĐđĦħŦŧıİÐðÞþÆæŒœß", "OoLlDdHhTtiIDdTtAaOos", strict=True))
MIDDLE_DOTS = "\N{MIDDLE DOT}\N{BULLET}\N{HYPHENATION POINT}\N{BULLET OPERATOR}"


# From where to where (equal: something is put in before it), and what stands there instead.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what the detectors read; its character i stood at `places[i]` in the original."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1

    def edited(self, edits: Iterable["Edit"]) -> "Plain":
        """The text with some stretches rewritten; `edits` come in order and apart."""
        pieces: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, new in edits:
            pieces += (self.text[at:start], new)
            places += self.places[at:start]
            first, last = self.places[min(start, end - 1) if start else 0], self.places[end - 1]
            places += [first] * (len(new) - 1) + [last] if new else []
            at = end
        pieces.append(self.text[at:])
        places += self.places[at:]
        return Plain("".join(pieces), places)

    def part(self, start: int, end: int) -> "Plain":
        return Plain(self.text[start:end], self.places[start:end])


def normalise(text: str) -> Plain:
    """Fold digits, dashes, blanks, full-width forms and accents; leave out what nobody sees."""
    if text.isascii():
        return Plain(text, range(len(text)))
    folded = [_fold(char) for char in text]
    if all(folded):
        return Plain("".join(folded), range(len(text)))
    # Zero-width characters and loose accents go: they would cut a number in two.
    return Plain("".join(folded), [place for place, char in enumerate(folded) if char])


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One plain character, or none for an invisible one; never two, so that offsets stay true."""
    if char.isascii():
        return char
    if char in QUOTES or char in STROKES:
        return QUOTES.get(char) or STROKES[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("Cf", "Mn"):
        return ""
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-"
    if char in MIDDLE_DOTS:
        return "."
    if category in ("Zs", "Zl", "Zp"):
        return " " if category == "Zs" else "\n"
    return _base(char, category)


def _base(char: str, category: str) -> str:
    """The letter or sign under an accent or a full-width form ("é", "＠"), else the character."""
    # Superscripts stay as they are: a footnote mark is not a digit of the number before it.
    parts = unicodedata.normalize("NFKD", char)
    if category == "No" or not parts[0].isascii():
        return char
    return parts[0] if len(parts) == 1 or unicodedata.combining(parts[1]) else char
