"""Marking what was searched for: escape first, then mark, so that nothing typed becomes markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.search import terms, words

AROUND = 220  # characters of a snippet
TOKEN = re.compile(r"[^\W_]+")


def mark(text: str, asked: str) -> SafeString:
    """Return the text escaped, with each word that matches the search in <mark>."""
    return _marked(text, _Wanted.of(asked))


def snippet(summary: str, body: str, asked: str) -> SafeString:
    """Return the summary, or the first place in the body where the search matches."""
    wanted = _Wanted.of(asked)
    if not wanted.ways or _first(summary, wanted) >= 0:
        return _marked(_cut(summary or body, 0), wanted)
    place = _first(body, wanted)
    return _marked(_cut(body, place) if place >= 0 else _cut(summary or body, 0), wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is marked: each word asked for, its other names where they stand whole, a beginning."""

    ways: dict[str, list[tuple[str, ...]]]  # by the stem of their first word, the longest first
    beginning: str

    @classmethod
    def of(cls, asked: str) -> "_Wanted":
        read = terms.read(asked)
        own = {(words.stem(word),) for term in read for word in term.ways[0]}
        others = {tuple(map(words.stem, way)) for term in read for way in term.ways[1:]}
        ways: dict[str, list[tuple[str, ...]]] = {}
        for way in sorted(own | others, key=len, reverse=True):
            ways.setdefault(way[0], []).append(way)
        return cls(ways, read[-1].beginning if read else "")

    def length_at(self, folded: Sequence[str], place: int) -> int:
        """Return how many words from here on are to be marked together; 0 for none."""
        for way in self.ways.get(words.stem(folded[place]), ()):
            if way == tuple(map(words.stem, folded[place : place + len(way)])):
                return len(way)
        return int(bool(self.beginning) and folded[place].startswith(self.beginning))


def _marked(text: str, wanted: _Wanted) -> SafeString:
    tokens = list(TOKEN.finditer(text))
    folded = [words.fold(token.group()) for token in tokens]
    parts: list[tuple[SafeString]] = []
    end = place = 0
    while place < len(tokens):
        length = wanted.length_at(folded, place)
        for token in tokens[place : place + length]:
            parts.append((conditional_escape(text[end : token.start()]),))
            parts.append((format_html("<mark>{}</mark>", token.group()),))
            end = token.end()
        place += length or 1
    parts.append((conditional_escape(text[end:]),))
    return format_html_join("", "{}", parts)


def _first(text: str, wanted: _Wanted) -> int:
    """Return where the first word stands that is to be marked, or -1. Reads no further."""
    longest = max((len(way) for ways in wanted.ways.values() for way in ways), default=1)
    for token in TOKEN.finditer(text):
        word = words.fold(token.group())
        may_begin = wanted.beginning and word.startswith(wanted.beginning)
        if may_begin or words.stem(word) in wanted.ways:
            following = islice(TOKEN.finditer(text, token.start()), longest)
            if wanted.length_at([words.fold(each.group()) for each in following], 0):
                return token.start()
    return -1


def _cut(text: str, place: int) -> str:
    """Cut a piece around a place, at the bounds of words, with dots where text was left out."""
    start = 0 if place < AROUND // 2 else text.rfind(" ", 0, place - AROUND // 4) + 1
    end = len(text) if start + AROUND >= len(text) else text.rfind(" ", start, start + AROUND)
    end = end if end > start else start + AROUND
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
