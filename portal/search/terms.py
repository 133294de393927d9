"""What a search asks for: its words, the field's other names for them, and the last as a beginning.

Every engine is asked for the same terms, so the same words find the same things.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.search import words

FILE = Path(__file__).parent / "synonyms.toml"
Way = tuple[str, ...]  # words that must all be there


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: any of the ways of saying it will do. `beginning` may be unfinished."""

    ways: tuple[Way, ...]
    beginning: str = ""


def read(text: str) -> tuple[Term, ...]:
    """Return the terms of a search; none for a text without a word."""
    found = words.split(text)[: words.MOST_WORDS]
    has_content = any(word not in words.EMPTY for word in found)
    terms = list(_terms(found, has_content))
    if terms and len(terms[-1].ways[0]) == 1:
        terms[-1] = Term(terms[-1].ways, beginning=terms[-1].ways[0][0])
    return tuple(terms)


def _terms(found: list[str], has_content: bool) -> Iterator[Term]:
    others = synonyms()
    longest = max(map(len, others), default=1)
    place = 0
    while place < len(found):
        for length in range(min(longest, len(found) - place), 0, -1):
            phrase = found[place : place + length]
            if also := others.get(_key(phrase)):
                yield Term(tuple(dict.fromkeys([_way(phrase), *also])))
                break
        else:
            length = 1
            if found[place] not in words.EMPTY or not has_content:
                yield Term(((found[place],),))
        place += length


@cache
def synonyms() -> Mapping[Way, tuple[Way, ...]]:
    """Return the other ways of saying a phrase, by the stems of its words."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    table: dict[Way, tuple[Way, ...]] = {}
    for names in data["same"]:
        split = [words.split(name) for name in names]
        for own in split:
            _add(table, own, [other for other in split if other != own])
    for asked, names in data["finds"].items():
        _add(table, words.split(asked), [words.split(name) for name in names])
    return table


@cache
def known() -> frozenset[str]:
    """Return the words of the synonyms: none of them is a slip of the pen."""
    asked = {word for phrase in synonyms() for word in phrase}
    return frozenset(asked | {w for ways in synonyms().values() for way in ways for w in way})


def _add(table: dict[Way, tuple[Way, ...]], phrase: list[str], others: list[list[str]]) -> None:
    key = _key(phrase)
    table[key] = (*table.get(key, ()), *(_way(other) for other in others))


def _key(phrase: list[str]) -> Way:
    return tuple(words.stem(word) for word in phrase)


def _way(phrase: list[str]) -> Way:
    return tuple(word for word in phrase if word not in words.EMPTY) or tuple(phrase)
