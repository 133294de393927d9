"""What every figure of a report is: a table of numbers, with a definition and a unit.

A measure gives one table for the whole and one for each of its cuts. The whole is a table with one
row, whose key is empty. Numbers are plain: counts, minutes, per cent, business days; None where
there is nothing to measure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.functional import Promise

Number = int | float | None
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """One number of a measure. `adds` says that periods and cuts may be added up.

    `behind` names the column that says how many requests, answers or people stand behind it.
    """

    key: str
    label: Words
    unit: Words = ""
    adds: bool = True
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to divide a measure. `overlaps` says that one thing may count under several values."""

    key: str
    label: Words
    overlaps: bool = False
    is_personal: bool = False  # each value is a person: never released


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Table:
    """One measure, whole (`cut` is empty) or by one cut, of one period and funding."""

    measure: str
    cut: str
    rows: Sequence[Row] = field(default_factory=tuple)

    @property
    def whole(self) -> Row:
        return self.rows[0]

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    def as_data(self) -> dict[str, Any]:
        """Return plain data, in an order that is always the same."""
        rows = [[row.key, row.label, dict(sorted(row.numbers.items()))] for row in self.rows]
        return {"measure": self.measure, "cut": self.cut, "rows": rows}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        rows = tuple(Row(key, label, numbers) for key, label, numbers in data["rows"])
        return cls(data["measure"], data["cut"], rows)
