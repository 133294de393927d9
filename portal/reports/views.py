"""The report of a period: every measure, its cuts, what each means, and the downloads.

All of it is the inside view: exact, for the program manager and the deputy, not for release.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import events
from portal.core.funding import Funding
from portal.core.tables import csv_response
from portal.people.policies import can_see_reports
from portal.people.sections import only
from portal.reports import charts, drills, exports, reading, sheets
from portal.reports.measures import BY_KEY, MEASURES, Measure
from portal.reports.periods import NoSuchPeriod, Period, choices
from portal.reports.reading import Report, Summary
from portal.reports.tables import Column

manager_only = only(can_see_reports)


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the summary, beside the period before and the same one a year earlier."""

    column: Column
    now: str
    before: str
    year: str


def _asked(request: HttpRequest) -> tuple[Period, str]:
    """Return the period and the funding that the address names. Http404 for others."""
    slug, funding = request.GET.get("period", ""), request.GET.get("funding", "")
    if funding and funding not in Funding.values:
        raise Http404
    try:
        period = Period.parse(slug) if slug else Period.of("ma", timezone.localdate())
    except NoSuchPeriod as error:
        raise Http404 from error
    return period, funding


def _frame(request: HttpRequest) -> dict[str, Any]:
    period, funding = _asked(request)
    return {
        "period": period,
        "funding": funding,
        "fundings": Funding.choices,
        "choices": choices(timezone.localdate()),
        "query": f"period={period.slug}" + (f"&funding={funding}" if funding else ""),
    }


@manager_only
def index(request: HttpRequest) -> HttpResponse:
    """Every measure of a period as a whole."""
    frame = _frame(request)
    summary = reading.summary(frame["period"], frame["funding"])
    _this, before, year = summary.periods
    groups = [
        (measure, [_line(summary, measure, column) for column in measure.columns])
        for measure in summary.measures
    ]
    context = {**frame, "report": summary, "groups": groups, "before": before, "year": year}
    return render(request, "reports/index.html", context)


def _line(summary: Summary, measure: Measure, column: Column) -> Line:
    numbers = (summary.number(period, measure.key, column.key) for period in summary.periods)
    return Line(column, *(exports.shown(number, column) for number in numbers))


@manager_only
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """One measure with its cuts, charts, definition, and the way to what stands behind it."""
    frame = _frame(request)
    found = BY_KEY.get(key)
    if found is None or (frame["funding"] and not found.has_funding):
        raise Http404
    report = reading.of_measure(frame["period"], found, frame["funding"])
    whole = report.table(key).whole
    context = {
        **frame,
        "measure": found,
        "report": report,
        "whole": [(c, exports.shown(whole.numbers[c.key], c)) for c in found.columns],
        "cuts": [_cut(report, found, cut.key) for cut in found.cuts],
        "drills": drills.of(found, frame["period"]),
    }
    return render(request, "reports/measure.html", context)


def _cut(report: Report, found: Measure, key: str) -> dict[str, Any]:
    cut = next(cut for cut in found.cuts if cut.key == key)
    rows = report.table(found.key, key).rows
    return {
        "cut": cut,
        "title": _("%(measure)s by %(cut)s")
        % {"measure": found.name, "cut": str(cut.label).lower()},
        "rows": [
            (row.label, [exports.shown(row.numbers[c.key], c) for c in found.columns])
            for row in rows
        ],
        "bars": charts.of(rows, found.columns[0]),
    }


@manager_only
def definitions(request: HttpRequest) -> HttpResponse:
    """What each measure counts, from the code itself."""
    return render(request, "reports/definitions.html", {"measures": MEASURES})


@manager_only
def download(request: HttpRequest) -> HttpResponse:
    """The report as CSV; the export is an event."""
    report, name = _exported(request)
    return csv_response(f"{name}.csv", exports.HEAD, exports.rows(report))


@manager_only
def workbook(request: HttpRequest) -> HttpResponse:
    """The report as a workbook, with the same cells as the CSV."""
    report, name = _exported(request)
    return sheets.response(f"{name}.xlsx", [(_("Report"), exports.HEAD, exports.rows(report))])


def _exported(request: HttpRequest) -> tuple[Report, str]:
    period, funding = _asked(request)
    events.record("reports.exported", actor=request.user, period=period.slug, funding=funding)
    name = f"report-{period.slug}" + (f"-{funding}" if funding else "")
    return reading.of_period(period, funding), name
