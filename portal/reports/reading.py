"""A report: every table of a period, with the period before and the same one a year earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.core import figures
from portal.reports import counters, cuts, kept
from portal.reports.measures import MEASURES, TOTAL, Measure, Window
from portal.reports.periods import Period
from portal.reports.tables import Number, Table

Tables = Mapping[tuple[str, str], Table]


@dataclass(frozen=True, slots=True)
class Report:
    """Exact figures of one period and funding; `as_of` is aware, UTC."""

    period: Period
    funding: str
    as_of: datetime
    tables: Tables

    def table(self, measure: str, cut: str = TOTAL) -> Table:
        return self.tables[measure, cut]

    def number(self, measure: str, column: str) -> Number:
        return self.tables[measure, TOTAL].whole.numbers[column]

    @property
    def measures(self) -> list[Measure]:
        """Return the measures that the report has: with a funding, those that know one."""
        return [m for m in MEASURES if not self.funding or m.has_funding]


@cuts.remembering()
def of_period(period: Period, funding: str = "") -> Report:
    """Read a standard period: sums of kept counts, kept tables, and what stands on its last day."""
    window = until_today(Window(period.first_day, period.last_day))
    return Report(period, funding, timezone.now(), _tables(period, window, funding))


@cuts.remembering()
def of_measure(period: Period, measure: Measure, funding: str = "") -> Report:
    """Read the same of one measure alone."""
    window = until_today(Window(period.first_day, period.last_day))
    tables = _tables(period, window, funding, only=measure.key)
    return Report(period, funding, timezone.now(), tables)


def _tables(
    period: Period, window: Window, funding: str, *, only: str = ""
) -> dict[tuple[str, str], Table]:
    tables: dict[tuple[str, str], Table] = {}
    if not only or only in counters.ADDING:
        tables |= counters.read(window, funding, only=only)
    if not only or only in kept.KEPT:
        tables |= kept.read(period, funding, only=only)
    for measure in MEASURES:
        if (
            measure.is_snapshot
            and only in ("", measure.key)
            and (measure.has_funding or not funding)
        ):
            for cut in (TOTAL, *(c.key for c in measure.cuts)):
                tables[measure.key, cut] = measure.read(window, cut, funding)
    return tables


@dataclass(frozen=True, slots=True)
class Summary:
    """Every measure of a period as a whole, beside the period before and the same a year earlier.

    `as_of` is aware, UTC: some minutes ago where counting takes long (`portal.core.figures`).
    """

    period: Period
    funding: str
    as_of: datetime
    numbers: Mapping[str, Mapping[str, Mapping[str, Number]]]  # period, measure, column

    @property
    def periods(self) -> tuple[Period, Period, Period]:
        return (self.period, self.period.before(), self.period.year_before())

    @property
    def measures(self) -> list[Measure]:
        return [m for m in MEASURES if not self.funding or m.has_funding]

    def number(self, period: Period, measure: str, column: str) -> Number:
        return self.numbers[period.slug][measure][column]


def summary(period: Period, funding: str = "") -> Summary:
    figure = figures.read("report", period.slug, funding)
    return Summary(period, funding, figure.as_of, figure.data)


@figures.maker("report")
@cuts.remembering()
def _wholes(slug: str, funding: str) -> dict[str, dict[str, dict[str, Number]]]:
    """Count the wholes of a period, of the one before and of the same a year earlier."""
    this = Period.parse(slug)
    periods = list({p.slug: p for p in (this, this.before(), this.year_before())}.values())
    windows = [until_today(Window(p.first_day, p.last_day)) for p in periods]
    found = {}
    for period, window, adding, other in zip(
        periods,
        windows,
        counters.wholes(windows, funding),
        kept.wholes(periods, funding),
        strict=True,
    ):
        standing = {
            m.key: m.read(window, TOTAL, funding)
            for m in MEASURES
            if m.is_snapshot and (m.has_funding or not funding)
        }
        tables = {**adding, **other, **standing}
        found[period.slug] = {key: dict(t.whole.numbers) for key, t in tables.items()}
    return found


def until_today(window: Window) -> Window:
    """Leave out what has not come yet: a session of tomorrow was not held."""
    return Window(window.first, max(window.first, min(window.last, timezone.localdate())))


@cuts.remembering()
def recount(window: Window, funding: str = "") -> Tables:
    """Read any range of days from the facts themselves, with no count that was kept."""
    window = until_today(window)
    return {
        (measure.key, cut): measure.read(window, cut, funding)
        for measure in MEASURES
        if measure.has_funding or not funding
        for cut in (TOTAL, *(c.key for c in measure.cuts))
    }
