"""From text to the words that are compared: the same on every database.

SQLite and PostgreSQL split and stem each in their own way. Here the words are made by us, so both
find the same things.
"""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# Longest first. Enough for the plurals and verb forms of English prose; a stem need not be a word.
ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ers", "ed", "es", "er", "s")
SHORTEST_STEM = 4
SHORTEST_PLURAL = 3  # boys, MDTs
# Words that say nothing about what is meant; a search of nothing but these still takes them.
EMPTY = frozenset(
    "a about an and any are as at be been by can could did do does for from had has have how i if "
    "in is it its may me my of on or our shall should so some that the their them then there "
    "these they this those to us was we were what when where which who why will with would you "
    "your".split()
)
MOST_WORDS = 32


def fold(text: str) -> str:
    """Return the text without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def split(text: str) -> list[str]:
    """Return the folded words of a text in their order."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the word without its English ending, and without a final e or y."""
    for ending in ENDINGS:
        shortest = SHORTEST_PLURAL if ending == "s" else SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            break
    return word[:-1] if word[-1] in "ey" and len(word) > SHORTEST_STEM else word


def forms(word: str) -> list[str]:
    """Return what a word is indexed under: itself, and its stem where that differs."""
    short = stem(word)
    return [word] if short == word else [word, short]


def asked(text: str) -> list[str]:
    """Return the words of a search: without the empty ones, unless there are no others."""
    found = split(text)
    return ([word for word in found if word not in EMPTY] or found)[:MOST_WORDS]


def indexed(text: str) -> str:
    """Return the words of a text, each with its stem, for an index that splits at spaces."""
    return " ".join(form for word in split(text) for form in forms(word))
