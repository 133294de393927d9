"""What a measure is, and the two ways to make one.

A measure that adds up is described by sources: rows with a day, so that it can be counted by day
and the days summed (`portal.reports.counters`). Everything else is read for a window as a whole.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import Expression, F, QuerySet, Value
from django.db.models.functions import TruncDate

from portal.reports.cuts import NOT_RECORDED, labels
from portal.reports.periods import EASTERN
from portal.reports.tables import Column, Cut, Row, Table, Words

TOTAL = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days, both included, America/New_York."""

    first: date
    last: date

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the instants it begins and the next day after it begins: half-open."""
        start = datetime.combine(self.first, time.min, EASTERN)
        return start, datetime.combine(self.last + timedelta(days=1), time.min, EASTERN)

    def within(self, field: str) -> dict[str, Any]:
        """Return the condition that an instant falls into it."""
        start, end = self.bounds()
        return {f"{field}__gte": start, f"{field}__lt": end}


def day_of(field: str) -> TruncDate:
    """The day (America/New_York) that an instant falls on."""
    return TruncDate(field, tzinfo=EASTERN)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that a measure adds up. Every expression is over the queryset that `rows` returns."""

    rows: Callable[[Window], QuerySet[Any]]
    day: str | Expression
    amounts: Mapping[str, Any]
    cuts: Mapping[str, Any]
    funding: str | Expression = ""
    is_whole: bool = True  # part of the measure as a whole, not only of its cuts


# A cell: what was counted, the cut and its value, whose money, which day, how much.
@dataclass(frozen=True, slots=True)
class Cell:
    column: str
    cut: str
    value: str
    funding: str
    day: date
    amount: int


class Measure(ABC):
    """One of the measures of the program. Subclasses say what it is, and how it is read."""

    number: ClassVar[int]
    key: ClassVar[str]
    name: ClassVar[Words]
    definition: ClassVar[Words]
    tables: ClassVar[tuple[str, ...]]  # where the facts stand
    columns: ClassVar[tuple[Column, ...]]
    cuts: ClassVar[tuple[Cut, ...]] = ()
    is_small: ClassVar[bool] = False  # requests, evaluations, tests: small cells are not released
    has_funding: ClassVar[bool] = False
    is_snapshot: ClassVar[bool] = False  # stands as on the last day of a period
    adds_up: ClassVar[bool] = False

    @abstractmethod
    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        """Count from the facts themselves. `funding` keeps what one award pays; "" keeps all."""

    def table(self, cut: str, numbers: Mapping[str, Mapping[str, Any]]) -> Table:
        """Make a table in the order of the values' words; the whole always has its one row."""
        if cut == TOTAL:
            found = numbers.get(TOTAL, {})
            return Table(self.key, cut, (Row("", "", self._filled(found)),))
        words = labels(cut)
        order = {value: place for place, value in enumerate(words)}
        named = {value: words.get(value, value) or str(NOT_RECORDED) for value in numbers}
        ordered = sorted(numbers, key=lambda v: (v == "", order.get(v, 0), named[v].casefold(), v))
        return Table(
            self.key, cut, tuple(Row(v, named[v], self._filled(numbers[v])) for v in ordered)
        )

    def _filled(self, numbers: Mapping[str, Any]) -> dict[str, Any]:
        return {c.key: numbers.get(c.key, 0 if c.adds else None) for c in self.columns}


class Adding(Measure):
    """A measure whose days can be added up."""

    adds_up: ClassVar[bool] = True

    @abstractmethod
    def sources(self) -> Sequence[Source]:
        """Return the rows that are added up. A cut that a source does not name leaves it out."""

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        """Count from the facts; a source that does not know the cut is not part of it."""
        numbers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for source in self._of(cut):
            for value, paid_by, amounts in _grouped(source, window, cut):
                if funding in ("", paid_by):
                    for column, amount in amounts.items():
                        numbers[value][column] += amount
        return self.table(cut, numbers)

    def cells(self, window: Window) -> Iterator[Cell]:
        """Yield every day's cells, of the whole and of each cut; none of nothing."""
        added: dict[tuple[str, str, str, str, date], int] = defaultdict(int)
        for cut in (TOTAL, *(c.key for c in self.cuts)):
            for source in self._of(cut):
                for value, paid_by, day, amounts in _by_day(source, window, cut):
                    for column, amount in amounts.items():
                        added[column, cut, value, paid_by, day] += amount
        for key, amount in added.items():
            if amount:
                yield Cell(*key, amount)

    def _of(self, cut: str) -> list[Source]:
        return [s for s in self.sources() if (s.is_whole if cut == TOTAL else cut in s.cuts)]


def _grouped(source: Source, window: Window, cut: str) -> Iterator[tuple[str, str, dict[str, int]]]:
    rows = _with_value(source, window, cut).values("cut_value", "paid_by")
    for row in rows.annotate(**source.amounts).order_by():
        amounts = {name: row[name] or 0 for name in source.amounts}
        yield str(row["cut_value"] or ""), row["paid_by"] or "", amounts


def _by_day(
    source: Source, window: Window, cut: str
) -> Iterator[tuple[str, str, date, dict[str, int]]]:
    rows = _with_value(source, window, cut).annotate(on_day=_expression(source.day))
    for row in rows.values("cut_value", "paid_by", "on_day").annotate(**source.amounts).order_by():
        amounts = {name: row[name] or 0 for name in source.amounts}
        yield str(row["cut_value"] or ""), row["paid_by"] or "", row["on_day"], amounts


def _with_value(source: Source, window: Window, cut: str) -> QuerySet[Any]:
    value = Value("") if cut == TOTAL else _expression(source.cuts[cut])
    paid_by = _expression(source.funding) if source.funding else Value("")
    rows: QuerySet[Any] = source.rows(window).annotate(cut_value=value, paid_by=paid_by)
    return rows


def _expression(what: Any) -> Any:
    return F(what) if isinstance(what, str) else what
