"""Marking what was searched for: escape first, then mark, so that nothing typed becomes markup."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.search import words

AROUND = 220  # characters of a snippet
TOKEN = re.compile(r"[^\W_]+")


def mark(text: str, asked: str) -> SafeString:
    """Return the text escaped, with each word that matches the search in <mark>."""
    wanted = _wanted(asked)
    parts: list[tuple[SafeString]] = []
    end = 0
    for match in TOKEN.finditer(text):
        if _matches(match.group(), wanted):
            parts.append((conditional_escape(text[end : match.start()]),))
            parts.append((format_html("<mark>{}</mark>", match.group()),))
            end = match.end()
    parts.append((conditional_escape(text[end:]),))
    return format_html_join("", "{}", parts)


def snippet(summary: str, body: str, asked: str) -> SafeString:
    """Return the summary, or the first place in the body where the search matches."""
    wanted = _wanted(asked)
    if not wanted[0] or _first(summary, wanted) >= 0:
        return mark(_cut(summary or body, 0), asked)
    place = _first(body, wanted)
    return mark(_cut(body, place) if place >= 0 else _cut(summary or body, 0), asked)


def _wanted(asked: str) -> tuple[frozenset[str], str]:
    """Return (stems, beginning): the stems of every word, and the last word as a beginning."""
    found = words.asked(asked)
    return frozenset(words.stem(word) for word in found), found[-1] if found else ""


def _matches(word: str, wanted: tuple[frozenset[str], str]) -> bool:
    stems, beginning = wanted
    folded = words.fold(word)
    return words.stem(folded) in stems or (bool(beginning) and folded.startswith(beginning))


def _first(text: str, wanted: tuple[frozenset[str], str]) -> int:
    return next((m.start() for m in TOKEN.finditer(text) if _matches(m.group(), wanted)), -1)


def _cut(text: str, place: int) -> str:
    """Cut a piece around a place, at the bounds of words, with dots where text was left out."""
    start = 0 if place < AROUND // 2 else text.rfind(" ", 0, place - AROUND // 4) + 1
    end = len(text) if start + AROUND >= len(text) else text.rfind(" ", start, start + AROUND)
    end = end if end > start else start + AROUND
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
