"""What is to go, and finding it: in plain text, between and inside tags, in addresses.

Words are held in memory while they are looked for, and nowhere else.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import unquote

from django.utils.text import slugify

from portal.core.privacy.plain import normalise

MARK = "[removed]"
LONG_ENOUGH = 20  # characters of a paragraph that is looked for by itself
Span = tuple[int, int]

TOKEN = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.S)
EDGE = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|br|hr|table|tr|td|th)\b", re.I)
ATTRIBUTE = re.compile(r"(\s[\w-]+\s*=\s*)(\"[^\"]*\"|'[^']*')")


class Words:
    """The texts to look for: in any case, with any blanks between, as whole words."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = {tuple(normalise(text).text.split()) for text in texts} - {()}
        longest_first = sorted(wanted, key=lambda tokens: (-len(" ".join(tokens)), tokens))
        self._text = _any([_pattern(tokens) for tokens in longest_first])
        slugs = {slug for tokens in wanted if (slug := slugify(" ".join(tokens)))}
        # A longer text is no part of an address; one short word would be a part of many.
        short = sorted((s for s in slugs if 4 <= len(s) <= 100), key=lambda s: (-len(s), s))
        self._address = _any([rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z0-9])" for slug in short])
        parts = {token for tokens in wanted if len(tokens) <= 6 for token in _split(tokens)}
        self._part = _any([rf"(?<![^\W_]){re.escape(part)}(?![^\W_])" for part in sorted(parts)])

    def __repr__(self) -> str:
        return "<Words>"  # never what they are: a log may show it

    def __bool__(self) -> bool:
        return self._text is not None

    @classmethod
    def and_copies(cls, words: Iterable[str], wholes: Iterable[str]) -> "Words":
        """Look for words, and for whole texts with their longer paragraphs: copies are edited."""
        wholes = list(wholes)
        lines = [line.strip() for text in wholes for line in text.splitlines()]
        return cls([*words, *wholes, *(line for line in lines if len(line) >= LONG_ENOUGH)])

    def spans(self, text: str) -> list[Span]:
        """Return where they stand in a plain text, in order and without overlap."""
        if self._text is None:
            return []
        plain = normalise(text)
        return [plain.original(*m.span()) for m in self._text.finditer(plain.text)]

    def in_address(self, text: str) -> list[Span]:
        if self._address is None:
            return []
        return [m.span() for m in self._address.finditer(unquote(text).lower())]

    def has_part(self, text: str) -> bool:
        """Say whether one of a few words stands in a text: a log of searches keeps none of them."""
        return self._part is not None and self._part.search(normalise(text).text) is not None


def _any(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _pattern(tokens: tuple[str, ...]) -> str:
    said = r"\s+".join(re.escape(token) for token in tokens)
    left = r"(?<![^\W_])" if tokens[0][0].isalnum() else ""
    right = r"(?![^\W_])" if tokens[-1][-1].isalnum() else ""
    return f"{left}{said}{right}"


def _split(tokens: tuple[str, ...]) -> list[str]:
    return [part for token in tokens for part in re.findall(r"\w+", token) if len(part) > 2]


def readable(html: str) -> tuple[str, list[Span]]:
    """Return the text of HTML as it is read, and where each of its characters stands."""
    text: list[str] = []
    places: list[Span] = []
    for match in TOKEN.finditer(html):
        piece = match[0]
        if len(piece) > 1 and piece[0] == "<":
            if EDGE.match(piece):
                text.append("\n")
                places.append((match.start(), match.start()))
            continue
        said = unescape(piece) if len(piece) > 1 else piece
        text += said
        places += [match.span()] * len(said)
    return "".join(text), places


def cut(text: str, spans: Iterable[Span], mark: str = MARK) -> str:
    """Return a text with each span replaced by the mark."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def cut_html(html: str, words: Words) -> tuple[str, list[str]]:
    """Return HTML without the words, its tags as they were; and what was taken out."""
    text, places = readable(html)
    gone: list[str] = []
    for start, end in reversed(words.spans(text)):
        gone.append(text[start:end])
        html = _cut_between(html, places[start:end])
    return _cut_attributes(html, words, gone), gone


def _cut_between(html: str, places: Sequence[Span]) -> str:
    """Take characters out and leave the tags between them; the mark stands for the first."""
    taken = sorted({place for place in places if place[0] < place[1]}, reverse=True)
    for start, end in taken:
        html = html[:start] + (MARK if (start, end) == taken[-1] else "") + html[end:]
    return html


def _cut_attributes(html: str, words: Words, gone: list[str]) -> str:
    """Empty an attribute that holds the words: a link to a mail address, a title."""

    def emptied(match: re.Match[str]) -> str:
        value = unquote(unescape(match[2][1:-1]))
        if words.spans(value) or words.in_address(value):
            gone.append(value)
            return f'{match[1]}""'
        return match[0]

    def tag(match: re.Match[str]) -> str:
        return ATTRIBUTE.sub(emptied, match[0]) if match[0].startswith("<") else match[0]

    return TOKEN.sub(tag, html) if "<" in html else html
