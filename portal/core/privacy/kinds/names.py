"""Names of people: runs of capitalised words, judged by the lists and by what stands beside them.

A given name that is no ordinary word counts alone. One that is ("Grace"), a surname alone, or a
word in no list needs a person beside it: a title, a relation, a job, a verb of speech.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal.core.privacy.detectors import Detector, Setting, Span
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds import contexts, lexicon
from portal.core.privacy.plain import normalise

MESSAGE = "Leave out the name. Say who it is by role: the young person, the caregiver."

PART = r"[A-Z](?:\w|['-](?=\w)(?!s(?!\w)))*+"
INITIAL = r"[A-Z]\.(?![A-Z]\.)"
SHORT_TITLE = r"(?:Mrs?|Ms|Mx|Dr|Det|Sgt|Lt|Capt|Ofc|Atty|Rev|Prof|Sra?|Fr)\."
PARTICLE = (
    r"(?:(?:de|del|de la|de las|de los|da|do|dos|das|du|di|van|von|der|den|bin|ibn|el|al|y|e) )"
)
# A handle, a link and a file's ending are not words; an underscore is a blank.
RUN = re.compile(
    rf"(?<![^\W_])(?<![@/#&$])(?<!\w[.-])(?:{SHORT_TITLE}|(?:{INITIAL}[ ]?)?{PART})"
    rf"(?:[ ]{{1,2}}{PARTICLE}?(?:{INITIAL}|{SHORT_TITLE}|{PART}))*+(?![@/\\]|\.[a-z])"
)
TOKEN = re.compile(rf"{INITIAL}|{SHORT_TITLE}|{PART}")
# No abbreviation, and no product with a capital inside.
WRITTEN = re.compile(r"(?:(?:Mc|Mac|O'|D'|De|La|Le|Di|Van)?[A-Z][a-z']{2,})(?:-[A-Z]?[a-z']+)*")
OPENS = re.compile(r"(?:^|[.!?:;|>*\n\t\"(•-])[ ]*$")


@cache
def _ordinary() -> frozenset[str]:
    return lexicon.words() | lexicon.months() | contexts.PROPER_WORDS


@dataclass(frozen=True, slots=True)
class Word:
    """One capitalised word of a run and what the lists say of it."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_initial(self) -> bool:
        return len(self.text.rstrip(".")) == 1

    @property
    def is_title(self) -> bool:
        return self.low.rstrip(".") in contexts.TITLES

    @property
    def is_shouted(self) -> bool:
        return len(self.text.rstrip(".")) > 1 and self.text.isupper()

    @property
    def is_word(self) -> bool:
        return self.low in _ordinary()

    @property
    def is_place(self) -> bool:
        return self.low in lexicon.places()

    @property
    def is_given(self) -> bool:
        return lexicon.bears(self.text, lexicon.given())

    @property
    def is_surname(self) -> bool:
        return lexicon.bears(self.text, lexicon.surnames())

    @property
    def is_sure(self) -> bool:
        """A given name and nothing else."""
        return self.is_given and not self.is_word and not self.is_place

    @property
    def is_written_as_name(self) -> bool:
        """A capital and small letters, in no list of words or places: "Oluwaseun", "Wachowski"."""
        parts = self.low.split("-")
        return WRITTEN.fullmatch(self.text) is not None and not any(
            part in known
            for part in parts
            for known in (lexicon.words(), lexicon.places(), contexts.PROPER_WORDS)
        )

    @property
    def breaks(self) -> bool:
        """An ordinary word that nobody is called, or an abbreviation."""
        if self.low.startswith("i'") or self.low.endswith(("'ve", "'re", "'ll", "n't")):
            return True
        if self.is_word and not self.is_given and not self.is_surname:
            return not self.is_initial
        return self.is_shouted and not ((self.is_sure or self.is_surname) and len(self.text) > 3)


def _people(match: re.Match[str], setting: Setting) -> Iterator[Span]:
    text = match.string
    for words, titled in _segments(match):
        if titled or _is_name(words, text) or _is_said_again(words, text, setting):
            start, end = words[0].start, words[-1].end
            if not _is_known(text, start, end, setting):
                yield start, end


def _is_said_again(words: list[Word], text: str, setting: Setting) -> bool:
    """A part of a full name that the text gives elsewhere: "Ms. Kadiev ... Kadiev left"."""
    one = words[0]
    if len(words) > 1 or one.low not in _named(text, setting.allow):
        return False
    return not one.is_word or contexts.GOES_ON.match(text[one.end : one.end + 20]) is not None


@lru_cache(maxsize=4)
def _named(text: str, allow: frozenset[str]) -> frozenset[str]:
    """The parts of the full names in a text that are no ordinary words, in lower case."""
    parts: set[str] = set()
    for match in RUN.finditer(text):
        for words, _titled in _segments(match):
            said = text[words[0].start : words[-1].end].lower()
            if len(words) > 1 and _is_name(words, text) and said not in _full_names(allow):
                parts |= {word.low for word in words[1:] if len(word.low) > 2 and not word.is_word}
                first = words[0]
                if len(first.low) > 2 and (first.is_given or not first.is_word):
                    parts.add(first.low)
    return frozenset(
        part for part in parts if part not in lexicon.places() or part in lexicon.given()
    )


def _segments(match: re.Match[str]) -> Iterator[tuple[list[Word], bool]]:
    """Cut a run at titles and ordinary words; what an organisation's word ends is left out."""
    words = [Word(t[0], t.start(), t.end()) for t in TOKEN.finditer(match.string, *match.span())]
    segment: list[Word] = []
    titled = False
    for place, word in enumerate(words):
        inside = 0 < place < len(words) - 1
        pronoun = word.text in "IA" and not inside  # "Maria A Santos", but "A Santos", "Maria I"
        if word.is_title or word.breaks or pronoun or _is_institution(word):
            if segment and not _is_institution(word):
                yield segment, titled
            segment, titled = [], word.is_title
        else:
            segment.append(word)
    if segment:
        yield segment, titled


def _is_institution(word: Word) -> bool:
    return word.low in contexts.NOT_A_PERSON and not word.is_sure


def _is_name(words: list[Word], text: str) -> bool:
    if _is_named_after(words, text):
        return False
    if words[0].is_shouted and not _is_shouting(words, text):
        return False
    if len(words) > 1 and _is_full(words):
        return True
    if len(words) == 1 and words[0].is_sure:
        return True
    if words[0].is_initial and len(words) == 1:
        return False  # initials have a detector of their own
    return _has_person_beside(words, text)


def _is_named_after(words: list[Word], text: str) -> bool:
    """A law, a place, an institution or a tool that bears a name."""
    start, end = words[0].start, words[-1].end
    if words[0].low in lexicon.months() and re.match(r",? ?\d", text[end : end + 3]):
        return True
    if text[start:end].lower() in contexts.PUBLIC_NAMES or _is_town(text[start:end]):
        return True
    if contexts.SAINT.search(text[max(0, start - 8) : start]):
        return True
    if contexts.COLOR.search(text[max(0, start - 8) : start]):
        return True
    return contexts.NAMED_AFTER.match(text[end : end + 20]) is not None


def _is_town(words: str) -> bool:
    return " " in words and words.lower() in lexicon.places()


def _is_shouting(words: list[Word], text: str) -> bool:
    """All in capitals, as are the words around it: no abbreviation in a sentence."""
    around = text[max(0, words[0].start - 12) : words[-1].end + 12]
    return not any(char.islower() for char in around)


def _is_full(words: list[Word]) -> bool:
    """A given name and what can follow one; or an initial and a surname."""
    if words[0].is_written_as_name and all(_may_follow(word) for word in words[1:]):
        return True
    if all(word.is_written_as_name or word.is_initial for word in words):
        return True
    for one, other in pairwise(words):
        if one.is_sure and not (other.is_place and not other.is_surname):
            return True
        if one.is_given and not other.is_word and not (one.is_place and other.is_place):
            return True
        if one.is_initial and other.is_surname and not other.is_word:
            return True
    return False


def _may_follow(word: Word) -> bool:
    """A surname of two letters ("Sa", "Vo") follows a name, and begins none."""
    is_short = re.fullmatch(r"[A-Z][a-z]", word.text) is not None and not word.is_word
    return word.is_written_as_name or word.is_initial or is_short


def _has_person_beside(words: list[Word], text: str) -> bool:
    start, end = words[0].start, words[-1].end
    before = text[max(0, start - contexts.IN_FRONT_REACH) : start]
    behind = text[end : end + contexts.BEHIND_REACH]
    one = words[0]
    if contexts.IN_FRONT.search(before):
        return True
    if contexts.BEHIND.match(behind):
        return not one.is_place and not (one.is_word and _is_determined(before))
    if _opens_as_a_person(words, before, behind) or _joins_a_name(words, before, behind):
        return True
    return _is_proper_in_a_sentence(words, before, behind)


def _opens_as_a_person(words: list[Word], before: str, behind: str) -> bool:
    """ "Aniela is very reliable", "Zuzana: ...": a word in no list at the start of a sentence."""
    return (
        all(word.is_written_as_name for word in words)
        and OPENS.search(before) is not None
        and contexts.OPENING.match(behind) is not None
    )


def _joins_a_name(words: list[Word], before: str, behind: str) -> bool:
    """In a list with a name: sure given names vouch for others, surnames for each other."""
    if not all(word.is_written_as_name or word.is_surname for word in words):
        return False
    if any(word.is_place or word.is_word for word in words):
        return False
    pairs = (contexts.JOINED_BEFORE.search(before), contexts.JOINED_BEHIND.match(behind))
    others = [Word(pair[1], 0, len(pair[1])) for pair in pairs if pair]
    return any(
        other.is_sure or (other.is_surname and not other.is_word and not other.is_place)
        for other in others
        if not _is_institution(other)
    )


def _is_determined(before: str) -> bool:
    return contexts.DETERMINED.search(before) is not None


def _is_proper_in_a_sentence(words: list[Word], before: str, behind: str) -> bool:
    """ "We waited with Grace and": a capital between small letters, of a word people are called."""
    one = words[0]
    inserted = re.search(r"[a-z\d], $", before) and re.match(r", (?:\d|[a-z])", behind)
    return (
        (one.is_given or one.is_written_as_name)
        and not one.is_place
        and one.low not in lexicon.months()
        and (inserted or re.search(r"(?:^|\s)(?:[a-z]+|w/)[ ]$", before)) is not None
        and re.match(r"[ ][a-z&+]|[.,;?!)]|'s [a-z]|$", behind) is not None
        and not _is_determined(before)
    )


def _is_known(text: str, start: int, end: int, setting: Setting) -> bool:
    said = text[start:end].lower()
    return said in _full_names(setting.allow)


@lru_cache(maxsize=8)
def _full_names(allow: frozenset[str]) -> frozenset[str]:
    """First and last names together; a single word would hide everybody who bears it."""
    plain = (" ".join(normalise(entry).text.lower().split()) for entry in allow)
    return frozenset(entry for entry in plain if " " in entry)


DETECTORS = (Detector(kind="name", message=MESSAGE, pattern=RUN, tier=WARN, parts=_people),)
