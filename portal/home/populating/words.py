"""Texts about teams and their work, drawn from words of uneven frequency. No person, no case."""

from random import Random

COMMON = (
    "team agenda protocol review meeting partner training consent notes sharing center county "
    "screening tool template agreement referral schedule roles hospital school court interpreter "
    "caregiver session hours funding accreditation handover contact policy draft form checklist"
).split()
RARE = (
    "almanac bassoon cobalt dowel ember fescue gasket hemlock isobar juniper kestrel lantern "
    "mortise nettle obelisk parsley quarry rivet saffron thistle umbra vellum walnut yarrow zephyr"
).split()
_SHARES = [1 / (rank + 1) ** 0.7 for rank in range(len(COMMON))]


def sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choices(COMMON, _SHARES, k=words)).capitalize()


def subject(chance: Random, number: int) -> str:
    """Return a subject; one in a thousand has a word that hardly any other has."""
    rare = f" {chance.choice(RARE)}" if number % 1000 == 7 else ""
    return f"{sentence(chance, chance.randrange(4, 9))}{rare}"


def text(chance: Random, sentences: int) -> str:
    return " ".join(f"{sentence(chance, chance.randrange(8, 16))}." for _ in range(sentences))
