"""Words that protect: a list of terms to avoid, what to say instead, and why.

The list is data; it follows what module F05 teaches (INTERPOL, Luxembourg Guidelines, Youth
Collaboratory). A finding is a warning and never blocks. What is quoted is exempt: a `blockquote`, a
term in quotation marks (it is mentioned, not used), and a longer quotation beside a citation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import prose

MENTION = 12  # words; a longer quotation is exempt beside a citation only
BESIDE = 80  # characters between a quotation and its citation
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
CITATION = re.compile(
    r"\b(?:M\.?G\.?L\.?|G\.L\.|St\. \d{4}|U\.?S\.?C\.?|C\.?F\.?R\.?|CMR)(?=\W)|§|\bchapter \d", re.I
)

YOUNG = (
    r"(?:child(?:ren)?|kids?|teen(?:age)?(?:r)?s?|juveniles?|minors?|underage|girls?|boys?|youths?)"
)
WHO = (
    r"(?:she|he|children|young people|(?:young person|victim|survivor|child|girl|boy|teen|youth)s?)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A way of speaking to avoid. `unsure` ones depend on what is meant, which no rule can tell."""

    pattern: re.Pattern[str]
    use: Any
    why: Any
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A term as it stands in a text."""

    found: str
    term: Term

    def __str__(self) -> str:
        words = {"found": self.found, "use": self.term.use, "why": self.term.why}
        if self.term.unsure:
            return _("“%(found)s”: check whether %(use)s is meant (%(why)s).") % words
        return _("“%(found)s”: say %(use)s (%(why)s).") % words


def _term(pattern: str, use: Any, why: Any, *, unsure: bool = False, exact: bool = False) -> Term:
    flags = 0 if exact else re.I
    return Term(re.compile(rf"\b(?:{pattern})\b", flags), use, why, unsure)


_EXPLOITED = gettext_lazy("“commercially sexually exploited child” or “exploited youth”")
_CONSENT = gettext_lazy("a child cannot consent, and words steer the response")
_BUYER = gettext_lazy("“buyer” or “person who pays to abuse”")
_EXPLOITER = gettext_lazy("“exploiter” or “trafficker”")
_OFFENDS = gettext_lazy("it must be clear who offends")
_MISSING = gettext_lazy("“missing from care” or “absent from care”")
_NO_BLAME = gettext_lazy("it describes a situation and blames nobody")
_NEUTRAL = gettext_lazy("a record stays neutral")

TERMS = (
    _term(rf"{YOUNG}[ -](?:prostitut\w+|sex[ -]work\w*)", _EXPLOITED, _CONSENT),
    _term(r"prostitut(?:e|es|ed|ing)", _EXPLOITED, _CONSENT),
    _term(
        r"promiscuous(?:ly|ness)?|promiscuity",
        gettext_lazy("what was seen or said, without a judgment"),
        _CONSENT,
    ),
    _term(
        rf"{WHO} (?:had |has |have )?(?:chose|chosen|chooses|choose) (?:it|this|that)"
        r"(?: li(?:fe|festyle|ves))?|(?:chose|chosen|choos(?:e|es|ing)) (?:this|that|the) "
        r"li(?:fe|festyle)",
        gettext_lazy("“was exploited”"),
        _CONSENT,
    ),
    _term(
        rf"(?:{YOUNG}|kiddie)[ -]porn(?:o|ography|ographic)?|"
        rf"porn(?:ography|ographic \w+) of {YOUNG}",
        gettext_lazy("“child sexual abuse material (CSAM)” or “self-generated image”"),
        gettext_lazy("it is a record of abuse, says the Luxembourg Guidelines"),
    ),
    _term(r"johns?|(?:[Tt]he|[Hh]er|[Tt]hese|[Aa]) Johns?(?! [A-Z])", _BUYER, _OFFENDS, exact=True),
    _term(r"(?<!attorney[ -])(?<!lawyer[ -])clients?", _BUYER, _OFFENDS, unsure=True),
    _term(
        r"(?<!so-called )(?<!called her )(?<!calls her )(?<!calls a )boyfriends?",
        _EXPLOITER,
        _OFFENDS,
        unsure=True,
    ),
    _term(r"pimp(?:s|ed|ing)?", _EXPLOITER, _OFFENDS),
    _term(
        r"turn(?:s|ed|ing)? (?:a )?tricks?|hookers?|whores?|sluts?|jailbait", _EXPLOITED, _CONSENT
    ),
    _term(r"run-?aways?(?! and homeless youth)|awol", _MISSING, _NO_BLAME),
    _term(r"(?:ran|runs?|running) away", _MISSING, _NO_BLAME, unsure=True),
    _term(
        rf"{WHO} (?:\w+ly |also |still )?(?:claim(?:s|ed|ing)?|den(?:y|ies|ied|ying))",
        gettext_lazy("“disclosed” or “has not disclosed”"),
        _NEUTRAL,
    ),
    _term(
        r"refus(?:e|es|ed|ing|al) to cooperate|uncooperative",
        gettext_lazy("“has not disclosed” or what was said"),
        _NEUTRAL,
    ),
    _term(
        r"survival sex",
        gettext_lazy("“survival needs met through exploitation”"),
        gettext_lazy("a need is no choice"),
    ),
    _term(
        rf"(?:high|at)-risk {YOUNG}",
        gettext_lazy("“identified as at risk” or “identified as exploited”"),
        gettext_lazy("these are two groups, and neither is a trait"),
    ),
    _term(
        r"perps?|(?:the|her|his|their) (?:rapist|molester|perpetrator)s?",
        gettext_lazy("“alleged” or “suspected” until it is determined"),
        gettext_lazy("it is fair, and a record outlasts a suspicion"),
    ),
)


def findings(html: str) -> list[Finding]:
    """Return each term to avoid that HTML or plain text uses, once, in the order of the text."""
    found = [f for text in prose.paragraphs(html, quotations=False) for f in _in(text)]
    return list({(f.found.lower(), f.term.pattern): f for f in reversed(found)}.values())[::-1]


def _in(text: str) -> list[Finding]:
    """Return what a paragraph uses; of terms that overlap, the one that comes first in the list."""
    text = _without_quotations(text)
    taken: list[tuple[int, Finding]] = []
    for term in TERMS:
        for match in term.pattern.finditer(text):
            taken.append((match.start(), Finding(match[0], term)))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return [finding for _start, finding in sorted(taken, key=lambda pair: pair[0])]


def _without_quotations(text: str) -> str:
    """Blank what is quoted, at the same length."""
    parts = list(_quoted(text))
    for start, end in parts:
        text = text[:start] + "·" * (end - start) + text[end:]
    return text


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    for match in QUOTED.finditer(text):
        around = text[max(0, match.start() - BESIDE) : match.end() + BESIDE]
        if len(match[0].split()) <= MENTION or CITATION.search(around):
            yield match.span()
