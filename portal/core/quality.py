"""What is missing or odd in the data, each with the page on which it is mended.

Every app registers checks of its own rows. A check returns the rows that are wrong in the eyes of
a person who sees the reports; it never looks at what was written about a child.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import counting

SHOWN = 25  # examples of one check on the overview
Rows = Callable[[Any], QuerySet[Any]]  # the rows that are wrong, as a person may see them


class Severity(models.TextChoices):
    """What follows while it is not mended; the gravest first."""

    FIGURE = "figure", _("A figure is wrong until it is mended")
    CUT = "cut", _("Counted, but missing from a cut")
    STALE = "stale", _("May be out of date")


@dataclass(frozen=True, slots=True)
class Example:
    """One row that is wrong: what it is called, where it is mended, what is missing."""

    label: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`why` says which figure it touches, `mend` what the link of an example does."""

    key: str
    name: Any
    why: Any
    mend: Any
    severity: Severity
    rows: Rows
    show: Callable[[Any], Example]


@dataclass(frozen=True, slots=True)
class Finding:
    check: Check
    count: int
    examples: Sequence[Example] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.examples)


@dataclass(frozen=True, slots=True)
class Total:
    """All that is to be mended, and how much of it makes a figure wrong."""

    all: int
    figures: int


_checks: dict[str, Check] = {}


def check(
    key: str,
    *,
    name: Any,
    why: Any,
    mend: Any,
    severity: Severity,
    show: Callable[[Any], Example],
) -> Callable[[Rows], Rows]:
    """Register a function as a check. Its rows are ordered, and bring what `show` reads."""

    def register(rows: Rows) -> Rows:
        _checks[key] = Check(key, name, why, mend, severity, rows, show)
        return rows

    return register


def checks() -> list[Check]:
    """Return every check, the gravest first, then in the order they were registered."""
    order = list(Severity)
    return sorted(_checks.values(), key=lambda each: order.index(each.severity))


def find(key: str) -> Check | None:
    return _checks.get(key)


def sets(user: Any) -> dict[str, QuerySet[Any]]:
    """Return the rows that each check finds, by its key."""
    return {each.key: each.rows(user) for each in checks()}


def total(found: Mapping[str, int]) -> Total:
    """Add up what was counted of `sets`."""
    figures = sum(found[c.key] for c in checks() if c.severity == Severity.FIGURE)
    return Total(sum(found[c.key] for c in checks()), figures)


def report(user: Any) -> list[Finding]:
    """Return every check with its count and first examples: one query, and one a check at most."""
    found = counting.in_one(sets(user))
    return [
        Finding(each, found[each.key], examples(each, user) if found[each.key] else ())
        for each in checks()
    ]


def examples(each: Check, user: Any) -> list[Example]:
    return [each.show(row) for row in each.rows(user)[:SHOWN]]
