"""What leaves the house: figures of periods that are over, without what might point at somebody.

The rule stands in `holding`. Cuts of small measures are decided on once, when a report of their
year is frozen for the first time, and stay as they were then: two of them, before and after a
correction, would tell which value was corrected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.reports import counters, holding, kept, reading
from portal.reports.measures import MEASURES, TOTAL, Measure, Window
from portal.reports.models import ReleasedCut
from portal.reports.periods import Period
from portal.reports.reading import Report, Tables
from portal.reports.tables import Table


class NotOver(ValueError):
    """The period runs still: nothing of it is released."""


@dataclass(frozen=True, slots=True)
class Release:
    """Figures for release; a number that is held back is None, and its key is in `held_back`.

    `cuts_as_of` says when the cuts of small measures were decided on; None where they were not.
    """

    period: Period
    funding: str
    as_of: datetime
    tables: Mapping[tuple[str, str], Table]
    held_back: frozenset[tuple[str, str, str, str]]  # measure, cut, value, column
    cuts_as_of: datetime | None = None

    def is_held_back(self, measure: str, cut: str, value: str, column: str) -> bool:
        """Say so of a number, also of a value that its cut has no row for."""
        if (measure, cut, value, column) in self.held_back:
            return True
        table = self.tables.get((measure, cut))
        hides = table is not None and table.row(holding.TOGETHER) is not None
        return hides and table is not None and table.row(value) is None

    def table(self, measure: str, cut: str = TOTAL) -> Table:
        return self.tables[measure, cut]

    @property
    def measures(self) -> list[Measure]:
        """Return the measures that it has: with a funding, those that know one."""
        known = (m for m in MEASURES if (m.key, TOTAL) in self.tables)
        return [m for m in known if not self.funding or m.has_funding]


def of_period(period: Period, funding: str = "") -> Release:
    """Return what may be released of a period; NotOver while it runs."""
    check_over(period)
    return of_report(reading.of_period(period, funding))


def of_report(report: Report) -> Release:
    """Return what may be released of exact figures; NotOver while their period runs."""
    check_over(report.period)
    decided = _decided(report.period) if not report.funding else []
    cuts = {(row.measure, row.cut): Table.of_data(row.data) for row in decided if row.data}
    tables, held = holding.release(report.tables, _quarters(report), cuts, report.funding)
    as_of = max((row.decided_at for row in decided), default=None)
    return Release(
        report.period, report.funding, report.as_of, tables, frozenset(held), cuts_as_of=as_of
    )


def check_over(period: Period) -> None:
    if period.last_day >= timezone.localdate():
        raise NotOver(period.slug)


@transaction.atomic
def decide_cuts(report: Report) -> None:
    """Decide, once and for all, on the cuts of small measures of the report's year."""
    check_over(report.period)
    if report.funding:
        return
    found = holding.cuts_of(report.period, report.tables, _quarters(report))
    for name, table in found.items():
        measure, _dot, cut = name.partition(".")
        data = table.as_data() if table else None
        ReleasedCut.objects.get_or_create(
            measure=measure, cut=cut, period=report.period.slug, defaults={"data": data}
        )


def _decided(period: Period) -> list[ReleasedCut]:
    return list(ReleasedCut.objects.filter(period=period.slug).order_by("measure", "cut"))


def _quarters(report: Report) -> Sequence[Tables]:
    """Return the tables of the quarters that a period consists of. Every basis has the same."""
    if report.period.quarter or report.funding:  # with a funding, all that is small is held back
        return [report.tables]
    return [
        {**counters.read(Window(q.first_day, q.last_day)), **kept.read(q)}
        for q in report.period.quarters()
    ]
