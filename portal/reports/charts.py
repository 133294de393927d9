"""Rows for the bar chart: label, value, and the text that stands in the table beside it."""

from collections.abc import Sequence

from portal.reports import exports
from portal.reports.tables import Column, Row

Bar = tuple[str, float, str]


def of(rows: Sequence[Row], column: Column) -> list[Bar]:
    """Return a bar for each row by one column; a row without a number has no length."""
    return [
        (row.label, row.numbers[column.key] or 0, exports.shown(row.numbers[column.key], column))
        for row in rows
    ]
