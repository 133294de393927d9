"""The rule of what is held back, on exact tables alone: no database (docs/adr/0020).

Small measures count requests, evaluations and test results. A whole of one to four is held back,
and so is the whole of every year that contains such a quarter: no sum of what is shown contains
it. A cut is shown for whole years of one basis only; its small values go together with the
smallest that is not small, so that any of them might be any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from portal.reports.cuts import NOT_RECORDED
from portal.reports.measures import BY_KEY, TOTAL, Measure
from portal.reports.periods import Period
from portal.reports.tables import Column, Row, Table

FEWEST = 5
CUT_BASIS = "federal"  # of one basis only: released years never overlap
# Center is not among them: who knows the counties of a center could set one cut against the other.
CUTS: dict[str, tuple[str, ...]] = {
    "requests": ("type", "county", "discipline"),
    "knowledge": ("module",),
    "evaluations": ("module",),
}
# Of what is open, and of first replies and answers, each number bounds how many requests came;
# the share of completions that were evaluated, times the completions, is a count of evaluations.
NEVER = frozenset({("speed", "replied"), ("speed", "answered"), ("evaluations", "rate")})
LEFT_OUT = frozenset({"open"})
TOGETHER = "held-back"

Tables = Mapping[tuple[str, str], Table]
Held = set[tuple[str, str, str, str]]  # measure, cut, value, column


@dataclass(frozen=True, slots=True)
class Divided:
    """The values that are shown, and the sum of the others where some are held back."""

    shown: Mapping[str, int]
    together: int | None = None


def is_small(number: float | None) -> bool:
    return number is not None and 0 < number < FEWEST


def divide(values: Mapping[str, int]) -> Divided | None:
    """Hide what is small with all that equal the smallest other; None where nothing would be left.

    Only numbers decide, never names or places: exchange the hidden ones, and the same is shown.
    """
    counted = {value: number for value, number in values.items() if number}
    if not any(map(is_small, counted.values())):
        return Divided(counted)
    limit = min((n for n in counted.values() if not is_small(n)), default=0)
    shown = {value: number for value, number in counted.items() if number > limit}
    if not limit or not shown:
        return None
    return Divided(shown, sum(counted.values()) - sum(shown.values()))


def release(
    exact: Tables, quarters: Sequence[Tables], cuts: Tables, funding: str = ""
) -> tuple[dict[tuple[str, str], Table], Held]:
    """Return the tables of a period for release, and which of their numbers are held back.

    `quarters` are the exact tables of the quarters that it consists of, itself where it is one;
    `cuts` those cuts of small measures that are released.
    """
    held: Held = set()
    tables: dict[tuple[str, str], Table] = {}
    for (key, cut), table in exact.items():
        measure = BY_KEY[key]
        if measure.is_small and cut == TOTAL and key not in LEFT_OUT:
            tables[key, cut] = _whole(measure, table, exact, quarters, funding, held)
        elif not measure.is_small and not _is_personal(measure, cut):
            tables[key, cut] = table
    for name, table in cuts.items():
        tables[name] = table
        held |= _held_in(table)
    return tables, held


def cuts_of(period: Period, exact: Tables, quarters: Sequence[Tables]) -> dict[str, Table | None]:
    """Decide on each cut of a small measure: the table for release, or None for none.

    Only a whole year of one basis has any. The keys are `measure.cut`.
    """
    if period.basis != CUT_BASIS or period.quarter:
        return {}
    return {
        f"{key}.{cut}": _cut(BY_KEY[key], exact[key, cut], exact, quarters)
        for key, names in CUTS.items()
        for cut in names
    }


def _is_personal(measure: Measure, cut: str) -> bool:
    return any(c.key == cut and c.is_personal for c in measure.cuts)


def _whole(
    measure: Measure,
    table: Table,
    exact: Tables,
    quarters: Sequence[Tables],
    funding: str,
    held: Held,
) -> Table:
    numbers = dict(table.whole.numbers)
    for column in measure.columns:
        if funding or _is_held(measure, column, exact, quarters):
            numbers[column.key] = None
            held.add((measure.key, TOTAL, table.whole.key, column.key))
    return replace(table, rows=(replace(table.whole, numbers=numbers),))


def _is_held(measure: Measure, column: Column, exact: Tables, quarters: Sequence[Tables]) -> bool:
    """Say whether the whole of a column is held back, in what it counts or rests on."""
    if (measure.key, column.key) in NEVER:
        return True
    behind = column.behind or column.key
    if any(is_small(_count(each, measure.key, behind)) for each in (exact, *quarters)):
        return True
    if measure.key != "speed":
        return False
    # How fast tells that five were answered: no more than the five or more that came.
    came = any(is_small(_count(each, "requests", "received")) for each in (exact, *quarters))
    return came or (_count(exact, "requests", "received") or 0) < FEWEST


def _count(tables: Tables, measure: str, column: str) -> float | None:
    return tables[measure, TOTAL].whole.numbers[column]


def _cut(measure: Measure, table: Table, exact: Tables, quarters: Sequence[Tables]) -> Table | None:
    column = measure.columns[0]
    if _is_held(measure, column, exact, quarters):
        return None  # the values would add up to it
    values = {row.key: int(row.numbers[column.key] or 0) for row in table.rows}
    rest = int(_count(exact, measure.key, column.key) or 0) - sum(values.values())
    values[""] = values.get("", 0) + rest  # what stands under no value can be small as well
    divided = divide(values) if rest >= 0 else None
    if divided is None or not divided.shown:
        return None
    return replace(table, rows=tuple(_rows(measure, table, divided)))


def _rows(measure: Measure, table: Table, divided: Divided) -> Iterable[Row]:
    counted = measure.columns[0]
    known = {row.key: row for row in table.rows}
    places = [*known, *(value for value in divided.shown if value not in known)]
    for value in (value for value in places if value in divided.shown):
        row = known.get(value) or Row(value, str(NOT_RECORDED), {})
        is_whole = row.numbers.get(counted.key) == divided.shown[value]
        numbers = {
            c.key: row.numbers[c.key] if is_whole and not _is_never_cut(measure, c) else None
            for c in measure.columns
        }
        yield replace(row, numbers={**numbers, counted.key: divided.shown[value]})
    if divided.together is not None:
        none = dict.fromkeys((c.key for c in measure.columns), None)
        label = str(_("Held back, together"))
        yield Row(TOGETHER, label, {**none, counted.key: divided.together})


def _is_never_cut(measure: Measure, column: Column) -> bool:
    return (measure.key, column.key) in NEVER or (
        column.key != measure.columns[0].key and not column.behind
    )


def _held_in(table: Table) -> Held:
    measure = BY_KEY[table.measure]
    others = measure.columns[1:]
    return {
        (table.measure, table.cut, row.key, column.key)
        for row in table.rows
        for column in others
        if row.key == TOGETHER or _is_never_cut(measure, column)
    }
