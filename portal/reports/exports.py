"""A report as rows of a sheet: numbers with their words, units and definitions; no person."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from portal.reports.measures import TOTAL, Measure
from portal.reports.reading import Report
from portal.reports.tables import Column, Number, Row

Cell = str | int | float | None
HEAD = ("Measure", "Column", "Cut", "Value", "Number", "Unit")


def rows(report: Report) -> Iterator[Sequence[Cell]]:
    """Yield the rows: measure, column, cut, value of the cut, number, unit."""
    yield ("Period", report.period.name, str(report.period.first_day), str(report.period.last_day))
    yield ("As of", timezone.localtime(report.as_of).strftime("%Y-%m-%d %H:%M %Z"))
    yield ("Paid by", report.funding or "all")
    yield HEAD
    for measure in report.measures:
        for cut, label in ((TOTAL, ""), *((c.key, str(c.label)) for c in measure.cuts)):
            if (measure.key, cut) in report.tables:
                for row in report.table(measure.key, cut).rows:
                    yield from _of(measure, label, row)


def _of(measure: Measure, cut: str, row: Row) -> Iterator[Sequence[Cell]]:
    for column in measure.columns:
        number = row.numbers[column.key]
        yield (str(measure.name), str(column.label), cut, row.label, number, str(column.unit))


def shown(number: Number, column: Column) -> str:
    """Return a number as people read it: minutes in hours, None as a dash."""
    if number is None:
        return "–"
    if column.unit == "min":
        return f"{number / 60:,.1f} h"
    words = f"{number:,}"
    return f"{words} {column.unit}".strip()
