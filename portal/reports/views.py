"""The report page and its download."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.core import events
from portal.people.policies import can_see_reports
from portal.people.sections import only
from portal.reports import charts, exports, measures
from portal.reports.periods import NoSuchPeriod, Period, choices

manager_only = only(can_see_reports)


def _period(request: HttpRequest) -> Period:
    slug = request.GET.get("period", "")
    try:
        return Period.parse(slug) if slug else Period.of("ma", timezone.localdate())
    except NoSuchPeriod as error:
        raise Http404 from error


@manager_only
def index(request: HttpRequest) -> HttpResponse:
    """Figures, cuts and requests of one period."""
    report = measures.read(_period(request))
    context = {
        "report": report,
        "choices": choices(timezone.localdate()),
        "discipline_bars": charts.of_tallies(report.by_discipline),
        "center_bars": charts.of_tallies(report.by_center),
        "state_bars": [(s.label, s.count, str(s.count)) for s in report.by_state],
    }
    return render(request, "reports/index.html", context)


@manager_only
def download(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV; the export is an event."""
    period = _period(request)
    text = io.StringIO()
    csv.writer(text).writerows(exports.rows(measures.read(period)))
    events.record("reports.exported", actor=request.user, period=period.slug)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report-{period.slug}.csv"'
    return response
