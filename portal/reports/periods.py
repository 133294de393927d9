"""The periods that funders ask for. Days are those of America/New_York.

The federal fiscal year begins in October, the Massachusetts one in July; each is named by the year
in which it ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
# The basis, its name, and the month its year begins in.
FIRST_MONTH = {"ma": 7, "federal": 10, "calendar": 1}
NAMES = {
    "ma": "Massachusetts fiscal year",
    "federal": "Federal fiscal year",
    "calendar": "Calendar year",
}


class NoSuchPeriod(ValueError):
    """The address names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year or, with `quarter` 1 to 4, a quarter of it."""

    basis: str
    year: int
    quarter: int = 0

    @classmethod
    def parse(cls, slug: str) -> Self:
        """Read `ma-2027` or `federal-2026-q3`. NoSuchPeriod otherwise."""
        basis, _, rest = slug.partition("-")
        year, _, quarter = rest.partition("-q")
        if basis not in FIRST_MONTH or not (year.isascii() and year.isdigit() and len(year) == 4):
            raise NoSuchPeriod(slug)
        if not 2000 <= int(year) <= 2100 or quarter not in {"", "1", "2", "3", "4"}:
            raise NoSuchPeriod(slug)
        return cls(basis, int(year), int(quarter or 0))

    @classmethod
    def of(cls, basis: str, day: date) -> Self:
        """Return the year of the basis that a day falls in."""
        first = FIRST_MONTH[basis]
        return cls(basis, day.year + (first > 1 and day.month >= first))

    @property
    def slug(self) -> str:
        return f"{self.basis}-{self.year}" + (f"-q{self.quarter}" if self.quarter else "")

    @property
    def name(self) -> str:
        whole = f"{NAMES[self.basis]} {self.year}"
        return f"{whole}, quarter {self.quarter}" if self.quarter else whole

    @property
    def first_day(self) -> date:
        month = FIRST_MONTH[self.basis] + 3 * max(0, self.quarter - 1)
        year = self.year - (self.basis != "calendar")
        return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        months = 3 if self.quarter else 12
        month = self.first_day.month - 1 + months
        return date(self.first_day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the instants it begins and the next one begins: a half-open range."""
        start = datetime.combine(self.first_day, time.min, EASTERN)
        return start, datetime.combine(self.last_day + timedelta(days=1), time.min, EASTERN)

    def before(self) -> Self:
        """Return the period of the same length just before."""
        cls = type(self)
        if self.quarter > 1:
            return cls(self.basis, self.year, self.quarter - 1)
        return cls(self.basis, self.year - 1, 4 if self.quarter else 0)

    def year_before(self) -> Self:
        """Return the same period a year earlier."""
        return type(self)(self.basis, self.year - 1, self.quarter)

    def quarters(self) -> Iterator[Self]:
        for quarter in (1, 2, 3, 4):
            yield type(self)(self.basis, self.year, quarter)


def choices(today: date) -> list[tuple[str, list[Period]]]:
    """Return what a reader may choose: of each basis this year and the last, with quarters."""
    groups = []
    for basis in FIRST_MONTH:
        year = Period.of(basis, today)
        periods = [
            p for y in (year, year.before()) for p in (y, *y.quarters()) if p.first_day <= today
        ]
        groups.append((NAMES[basis], periods))
    return groups
