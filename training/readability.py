"""How hard a text is to read: the grade of Flesch and Kincaid, and sentences that are too long.

The grade is the US school year: 0.39 words per sentence + 11.8 syllables per word - 15.59
(Kincaid and others, Navy Research Branch Report 8-75, 1975). Syllables are estimated from the
spelling of English. Pure: paragraphs in, figures out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
SPOKEN = re.compile(r"\w")
# A full stop that ends a sentence is followed by a capital, and stands after none of these.
END = re.compile(r"(?<=[.!?])([\"”’)\]]*)\s+(?=[\"“‘(\[]*[A-Z])")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|St|No|vs|Dept|Mass|(?:[A-Za-z]\.)*[A-Za-z])\.$"
)

SYLLABLE = re.compile(r"[aeiouy]+")
RARE = {"business": 2, "every": 2, "evening": 2, "something": 2, "someone": 2}
# An e that is written and not spoken: name, named, names; rule, but not table; safely, statement.
SILENT_E = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouyl])(?<=l)(?<=[aeiouy]l)e$"
    r"|(?<![td])(?<![^aeiouyr]r)e(?=d$)"
    r"|(?<![cgsxz])(?<!ch)(?<!sh)(?<![^aeiouy]l)e(?=s$)"
    r"|(?<![aeiouyl])e(?=(?:ment|ful|less|ly|ness|ty|times?|where|fore)s?$)"
)
CONSONANT_Y = re.compile(r"(?<=[aeou])y(?=[aeiou])")
# Vowels that stand together and are spoken apart: media, violence, client, actual, being.
APART = re.compile(
    r"(?<![cgst])ia(?!ge?$)|(?<![cgstx])io|iu|(?<![cft])(?<!fr)ien|(?<=sc)ien|iet|(?<![gq])ua|uou"
    r"|(?<![gq])ui(?=n$|d$|cid)|eo(?!p|us|n|ne)|(?<=cr)ea(?=t(?!ur))|(?<=r)eal?(?=i)|(?<=[dr])ea$"
    r"|[aeiou](?=ing$)|ism$|[ds]nt$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured; `sentences` are the texts, each with its number of words."""

    grade: float
    sentences: tuple[tuple[str, int], ...]

    @property
    def words_a_sentence(self) -> float:
        counts = [count for _sentence, count in self.sentences]
        return sum(counts) / len(counts) if counts else 0.0

    def longer_than(self, words: int) -> list[tuple[str, int]]:
        return [(sentence, count) for sentence, count in self.sentences if count > words]


def read(paragraphs: Iterable[str]) -> Reading:
    """Measure a text. No sentence reaches over the end of a paragraph; nothing has grade 0."""
    found = [(s, spoken(s)) for paragraph in paragraphs for s in sentences(paragraph)]
    found = [(sentence, count) for sentence, count in found if count]
    words = [word for sentence, _count in found for word in WORD.findall(sentence)]
    if not words:
        return Reading(0.0, ())
    share = sum(map(syllables, words)) / len(words)
    grade = 0.39 * sum(count for _s, count in found) / len(found) + 11.8 * share - 15.59
    return Reading(grade, tuple(found))


def sentences(text: str) -> list[str]:
    """Cut a paragraph into sentences; abbreviations such as M.G.L. end none."""
    cuts = [m for m in END.finditer(text) if not ABBREVIATED.search(text[: m.start()])]
    edges = [0, *(m.end() for m in cuts), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges) if text[a:b].strip()]


def spoken(sentence: str) -> int:
    """Count the words of a sentence; a number is one."""
    return sum(bool(SPOKEN.search(part)) for part in sentence.split())


def syllables(word: str) -> int:
    """Estimate how many syllables an English word has; at least 1."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if letters in RARE:
        return RARE[letters]
    if word.isupper() and not SYLLABLE.search(letters):
        return len(letters)  # spelled out, as DCF
    letters = CONSONANT_Y.sub("w", SILENT_E.sub("", letters))
    return max(1, len(SYLLABLE.findall(letters)) + len(APART.findall(letters)))
