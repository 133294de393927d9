"""Where a person stands under a requirement: pure, from a rule and the credit that counts.

Minutes are clock minutes and days are days in America/New_York throughout; an authority's hours
are derived once, from the sum, by the authority's own hour and rounding (`in_hours`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal

Rounding = Literal["cut", "quarter", "half", "whole"]
STEPS: dict[str, Decimal] = {
    "cut": Decimal("0.01"),
    "quarter": Decimal("0.25"),
    "half": Decimal("0.5"),
    "whole": Decimal(1),
}


@dataclass(frozen=True, slots=True)
class Credit:
    """What counts: minutes earned on a day. `source` is module, live or outside."""

    day: date
    minutes: int
    title: str = ""
    category: str = ""
    topics: frozenset[str] = frozenset()
    source: str = "module"


@dataclass(frozen=True, slots=True)
class Clause:
    kind: Literal["minutes", "topics", "distinct", "events", "share"]
    label: str = ""
    minutes: int = 0
    category: str = ""
    topics: tuple[str, ...] = ()
    count: int = 0
    share: int = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """`window_months` is that of a rolling window or a cycle; `cycle_end` a last day of a cycle."""

    kind: Literal["initial", "rolling", "annual", "cycle"]
    clauses: tuple[Clause, ...]
    window_months: int = 0
    hour_minutes: int = 60
    rounding: Rounding = "cut"
    cycle_end: date | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """Minutes that no longer count from the day after `day`."""

    day: date
    minutes: int
    title: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One clause: what is needed, had and missing. Minutes, or a number of things."""

    clause: Clause
    needed: int
    have: int
    missing: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.have >= self.needed and not self.missing

    @property
    def lacking(self) -> int:
        return max(self.needed - self.have, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands on a day. `good_until` is the last day on which the rule is met by
    what is there now; None where it is not met, or never lapses.
    """

    rule: Rule
    on: date
    first: date | None
    last: date | None
    progress: tuple[Progress, ...]
    lapses: tuple[Lapse, ...]
    good_until: date | None
    capped: int = 0  # minutes over a largest share: they do not count

    @property
    def is_met(self) -> bool:
        """A rule that asks nothing yet is met by nobody."""
        return bool(self.progress) and all(part.is_met for part in self.progress)

    @property
    def minutes(self) -> Progress | None:
        """The clause about all minutes, if the rule has one."""
        parts = (p for p in self.progress if p.clause.kind == "minutes")
        return next((p for p in parts if not p.clause.category), None)


def evaluate(rule: Rule, credits: Iterable[Credit], *, on: date) -> Standing:
    """Say where a person stands on a day, what lapses when, and until when it holds."""
    first, last = window(rule, on)
    counted = [c for c in credits if c.day <= on and (first is None or c.day >= first)]
    counted.sort(key=lambda credit: credit.day)
    progress, capped = _progress(rule, counted)
    lapses = tuple(_lapses(rule, counted))
    good_until = _good_until(rule, counted, on) if all(p.is_met for p in progress) else None
    return Standing(rule, on, first, last, progress, lapses, good_until, capped)


def window(rule: Rule, on: date) -> tuple[date | None, date | None]:
    """Return the first and the last day that count on a day; None where there is no limit."""
    if rule.kind == "initial":
        return None, None
    if rule.kind == "annual":
        return date(on.year, 1, 1), date(on.year, 12, 31)
    if rule.kind == "rolling":
        return plus_months(on, -rule.window_months) + timedelta(days=1), None
    return _cycle(rule, on)


def _cycle(rule: Rule, on: date) -> tuple[date, date]:
    """The cycle that a day is in. Ends are counted from the day that the person typed, so that a
    cycle that ends on 29 February ends there again in the next leap year.
    """
    assert rule.cycle_end is not None  # noqa: S101  a licence always has one
    steps = 0
    while plus_months(rule.cycle_end, steps * rule.window_months) < on:
        steps += 1
    while plus_months(rule.cycle_end, (steps - 1) * rule.window_months) >= on:
        steps -= 1
    before = plus_months(rule.cycle_end, (steps - 1) * rule.window_months)
    return before + timedelta(days=1), plus_months(rule.cycle_end, steps * rule.window_months)


def shares_window(rule: Rule, one: date, other: date) -> bool:
    """Say whether two days lie in one window of a rule, so that the same module counts once.

    A year, a cycle, or for good; of a window that moves, whether the earlier day still counts on
    the later one. Where the end of a cycle was never said, it is taken as such a window: days as
    far apart as a cycle is long are in two cycles, wherever it ends.
    """
    earlier, later = min(one, other), max(one, other)
    if rule.kind == "cycle" and rule.cycle_end is None:
        return plus_months(later, -rule.window_months) < earlier
    first, _last = window(rule, later)
    return first is None or first <= earlier


def plus_months(day: date, months: int) -> date:
    """Return the day so many months on; where the month is shorter, its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))


def lapses_on(rule: Rule, day: date) -> date | None:
    """Return the last day on which credit of a day still counts; None where it never lapses."""
    if rule.kind == "rolling":
        # The last day whose window still begins on `day` or before.
        last = plus_months(day, rule.window_months)
        while window(rule, last)[0] > day:  # type: ignore[operator]
            last -= timedelta(days=1)
        while window(rule, last + timedelta(days=1))[0] <= day:  # type: ignore[operator]
            last += timedelta(days=1)
        return last
    return window(rule, day)[1]


def in_hours(minutes: int, rule: Rule) -> Decimal:
    """Return minutes as the authority's hours, cut (never rounded up) to its own step, once."""
    hours = Decimal(minutes) / rule.hour_minutes
    step = STEPS[rule.rounding]
    return ((hours / step).quantize(Decimal(1), ROUND_DOWN) * step).normalize()


def _progress(rule: Rule, counted: Sequence[Credit]) -> tuple[tuple[Progress, ...], int]:
    kept, capped = _within_shares(rule, counted)
    parts = tuple(_of(clause, kept) for clause in rule.clauses if clause.kind != "share")
    return parts, capped


def _within_shares(rule: Rule, counted: Sequence[Credit]) -> tuple[list[Credit], int]:
    """Cut what is over a largest share of the minutes needed, the latest first."""
    kept, capped = list(counted), 0
    needed = max((c.minutes for c in rule.clauses if c.kind == "minutes"), default=0)
    for clause in rule.clauses:
        if clause.kind != "share":
            continue
        room = needed * clause.share // 100
        fits: list[Credit] = []
        for credit in kept:
            if credit.source != clause.category and credit.category != clause.category:
                fits.append(credit)
                continue
            take = min(credit.minutes, room)
            room -= take
            capped += credit.minutes - take
            if take:
                fits.append(_cut(credit, take))
        kept = fits
    return kept, capped


def _cut(credit: Credit, minutes: int) -> Credit:
    return Credit(credit.day, minutes, credit.title, credit.category, credit.topics, credit.source)


def _of(clause: Clause, credits: Sequence[Credit]) -> Progress:
    within = [c for c in credits if not clause.category or clause.category in _categories(c)]
    if clause.kind == "minutes":
        return Progress(clause, clause.minutes, sum(c.minutes for c in within))
    covered = frozenset[str]().union(*(c.topics for c in within)) if within else frozenset[str]()
    if clause.kind == "topics":
        missing = tuple(topic for topic in clause.topics if topic not in covered)
        return Progress(clause, len(clause.topics), len(clause.topics) - len(missing), missing)
    if clause.kind == "distinct":
        # Which ones count is said by name; while no name is known, none does.
        return Progress(clause, clause.count, len(covered & frozenset(clause.topics)))
    return Progress(clause, clause.count, len(within))


def _categories(credit: Credit) -> frozenset[str]:
    return credit.topics | {credit.category}


def _lapses(rule: Rule, counted: Sequence[Credit]) -> Iterable[Lapse]:
    """What counts now and ends on a day of its own; a cycle or a year ends all at once."""
    if rule.kind != "rolling":
        return
    for credit in counted:
        last = lapses_on(rule, credit.day)
        if last is not None:
            yield Lapse(last, credit.minutes, credit.title)


def _good_until(rule: Rule, counted: Sequence[Credit], on: date) -> date | None:
    """Return the last day on which the rule is still met if nothing is added."""
    if rule.kind == "initial":
        return None
    if rule.kind != "rolling":
        return window(rule, on)[1]
    for lapse in sorted({lapse.day for lapse in _lapses(rule, counted)}):
        after = lapse + timedelta(days=1)
        first = window(rule, after)[0]
        left = [c for c in counted if first is None or c.day >= first]
        if not all(part.is_met for part in _progress(rule, left)[0]):
            return lapse
    return None
