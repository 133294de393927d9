"""What counts as an answer to each kind of question, and which one is right. Pure.

What was picked is a list of strings: ids of options; for matching and ordering "line:place",
one for each line; for a short text the words themselves. The place of a match is a key made of
its words, so that nothing in the page says which line it belongs to.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

SINGLE, MULTIPLE, TRUE_FALSE = "single", "multiple", "true_false"
MATCHING, ORDERING, SHORT = "matching", "ordering", "short"
BY_LINE = {MATCHING, ORDERING}
UNMARKED = {*BY_LINE, SHORT}  # no option of these is marked as right
LONGEST = 120  # characters of a short text
ARTICLE = re.compile(r"^(?:an?|the) ")


class Question(Protocol):
    """What is read of a question version."""

    @property
    def kind(self) -> str: ...
    @property
    def options(self) -> Sequence[Mapping[str, Any]]: ...


def fault(question: Question, picked: Sequence[str]) -> str:
    """Return what is wrong with an answer, or nothing: choose, pair, place, write or long."""
    if question.kind == SHORT:
        return _fault_of_text(picked)
    if question.kind in BY_LINE:
        return _fault_of_lines(question, picked)
    known = {o["id"] for o in question.options}
    enough = len(picked) == 1 or question.kind == MULTIPLE
    return "" if picked and enough and set(picked) <= known else "choose"


def is_right(question: Question, picked: Sequence[str]) -> bool:
    """Right means exactly what is right: no option or line missing and none too many."""
    if question.kind == SHORT:
        return is_accepted(question, picked[0] if picked else "")
    return set(picked) == set(right_answer(question))


def right_answer(question: Question) -> list[str]:
    """Return what somebody picks who has everything right."""
    if question.kind == SHORT:
        return [question.options[0]["text"]]
    if question.kind == MATCHING:
        return [f"{o['id']}:{match_key(o['match'])}" for o in question.options]
    if question.kind == ORDERING:
        return [f"{o['id']}:{n}" for n, o in enumerate(question.options, start=1)]
    return [o["id"] for o in question.options if o["correct"]]


def wrong_answer(question: Question) -> list[str]:
    """Return an answer that can be taken and is wrong; for fictional progress and for tests."""
    if question.kind == SHORT:
        return ["something else"]
    if question.kind in BY_LINE:
        lines, known = [o["id"] for o in question.options], list(places(question))
        right = [each.partition(":")[2] for each in right_answer(question)]
        turned = [known[(known.index(place) + 1) % len(known)] for place in right]
        return [f"{line}:{place}" for line, place in zip(lines, turned, strict=True)]
    return [next(o["id"] for o in question.options if not o["correct"])]


def promised(question: Question) -> Any:
    """Return what a change of which is no mere wording: the right answer by ids, not by words."""
    if question.kind == SHORT:
        return frozenset(plain(o["text"]) for o in question.options)
    if question.kind == MATCHING:
        first = {match_key(o["match"]): o["id"] for o in reversed(question.options)}
        return frozenset((o["id"], first[match_key(o["match"])]) for o in question.options)
    if question.kind == ORDERING:
        return tuple(o["id"] for o in question.options)
    return frozenset(o["id"] for o in question.options if o["correct"])


def is_accepted(question: Question, text: str) -> bool:
    return plain(text) in {plain(o["text"]) for o in question.options}


def plain(text: str) -> str:
    """Return words as they are compared: no case, marks, spare blanks or leading article."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(re.sub(r"[^\w%]+", " ", folded).split())
    return ARTICLE.sub("", words)


def match_key(text: str) -> str:
    """Return the key of what belongs to a line; equal words have one key."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:12]


def places(question: Question) -> dict[str, str]:
    """Return what a line can be given: its key, and the words for it (none for a place)."""
    if question.kind == MATCHING:
        return {match_key(o["match"]): o["match"] for o in reversed(question.options)}
    return {str(n): "" for n in range(1, len(question.options) + 1)}


def given(picked: Sequence[str]) -> dict[str, str]:
    """Return line by line what was picked for it."""
    pairs = (each.partition(":") for each in picked)
    return {line: place for line, _colon, place in pairs}


def _fault_of_text(picked: Sequence[str]) -> str:
    text = picked[0] if len(picked) == 1 else ""
    if len(text) > LONGEST:
        return "long"
    return "" if plain(text) else "write"


def _fault_of_lines(question: Question, picked: Sequence[str]) -> str:
    chosen = given(picked)
    lines = {o["id"] for o in question.options}
    if len(picked) != len(chosen) or set(chosen) != lines:
        return "pair"
    if not set(chosen.values()) <= set(places(question)):
        return "pair"
    if question.kind == ORDERING and len(set(chosen.values())) < len(lines):
        return "place"
    return ""
