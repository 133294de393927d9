"""What is released of a period, and the reports that were submitted."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import events
from portal.core.funding import Funding
from portal.core.tables import csv_response
from portal.people.policies import can_see_reports
from portal.people.sections import only
from portal.reports import exports, freezing, released_files, releasing, sheets
from portal.reports.frozen_forms import FreezeForm
from portal.reports.holding import CUT_BASIS
from portal.reports.models import FrozenReport
from portal.reports.periods import NoSuchPeriod, Period, choices
from portal.reports.released_files import Data
from portal.reports.releasing import NotOver
from portal.reports.tables import Column, Number

manager_only = only(can_see_reports)
PER_PAGE = 50


def _asked(request: HttpRequest) -> tuple[Period, str]:
    """Return the period and the funding of the address; without one, the last year that is over."""
    slug, funding = request.GET.get("period", ""), request.GET.get("funding", "")
    if funding and funding not in Funding.values:
        raise Http404
    try:
        today = timezone.localdate()
        return (Period.parse(slug) if slug else Period.of("ma", today).before()), funding
    except NoSuchPeriod as error:
        raise Http404 from error


@manager_only
@require_safe
def released(request: HttpRequest) -> HttpResponse:
    """What may leave the house of a period, and what is held back of it."""
    period, funding = _asked(request)
    try:
        data = freezing.document(releasing.of_period(period, funding))
    except NotOver:
        data = None
    context = {
        "period": period,
        "funding": funding,
        "fundings": Funding.choices,
        "choices": choices(timezone.localdate()),
        "query": f"period={period.slug}" + (f"&funding={funding}" if funding else ""),
        "data": data,
        "measures": _shown(data) if data else [],
        "may_have_cuts": period.basis == CUT_BASIS and not period.quarter and not funding,
    }
    return render(request, "reports/released.html", context)


@manager_only
@require_safe
def released_csv(request: HttpRequest) -> HttpResponse:
    data = _exported(request)
    return _csv(data, f"released-{_name(data)}")


@manager_only
@require_safe
def released_xlsx(request: HttpRequest) -> HttpResponse:
    data = _exported(request)
    return _xlsx(data, f"released-{_name(data)}")


def _exported(request: HttpRequest) -> Data:
    """Return what is released; Http404 while the period runs. The export is an event."""
    period, funding = _asked(request)
    try:
        data = freezing.document(releasing.of_period(period, funding))
    except NotOver as error:
        raise Http404 from error
    events.record("reports.released", actor=request.user, period=period.slug, funding=funding)
    return data


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def frozen_index(request: HttpRequest) -> HttpResponse:
    """The reports that were submitted, the newest first, and the form that freezes another."""
    form = FreezeForm(request.POST or None, period=request.GET.get("period", ""))
    if request.method == "POST" and form.is_valid():
        period, funding = form.chosen()
        key, note = form.cleaned_data["key"], form.cleaned_data["note"]
        row = freezing.freeze(period, funding, by=request.user, key=key, note=note)  # type: ignore[arg-type]
        messages.success(request, _("The report is frozen."))
        return redirect("frozen_report", row.pk)
    rows = FrozenReport.objects.visible_to(request.user).select_related("frozen_by")
    rows = rows.defer("released", "exact")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, Period.parse(row.period).name) for row in page]
    context = {"form": form, "page_obj": page, "lines": lines}
    return render(request, "reports/frozen_reports.html", context)


@manager_only
@require_safe
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it was submitted, and what late corrections changed since."""
    row = _row(request, pk)
    data = json.loads(freezing.reproduce(row))
    context = {
        "frozen": row,
        "period": Period.parse(row.period),
        "paid_by": row.funding and Funding(row.funding).label,
        "data": data,
        "measures": _shown(data),
        "differences": [
            (d, exports.shown(d.then, d.column), exports.shown(d.now, d.column))
            for d in freezing.differences(row)
        ],
    }
    return render(request, "reports/frozen_report.html", context)


@manager_only
@require_safe
def frozen_csv(request: HttpRequest, pk: int) -> HttpResponse:
    row = _downloaded(request, pk)
    data = json.loads(freezing.reproduce(row))
    return _csv(data, f"frozen-{row.pk}-{_name(data)}")


@manager_only
@require_safe
def frozen_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    row = _downloaded(request, pk)
    data = json.loads(freezing.reproduce(row))
    return _xlsx(data, f"frozen-{row.pk}-{_name(data)}")


def _row(request: HttpRequest, pk: int) -> FrozenReport:
    rows = FrozenReport.objects.visible_to(request.user).select_related("frozen_by")
    return get_object_or_404(rows, pk=pk)


def _downloaded(request: HttpRequest, pk: int) -> FrozenReport:
    row = _row(request, pk)
    events.record("reports.released", actor=request.user, subject=row, period=row.period)
    return row


def _name(data: Data) -> str:
    slug, funding = data["period"][0], data["funding"]
    return f"{slug}-{funding}" if funding else str(slug)


def _csv(data: Data, name: str) -> HttpResponse:
    return csv_response(f"{name}.csv", exports.HEAD, released_files.rows(data))


def _xlsx(data: Data, name: str) -> HttpResponse:
    answer = HttpResponse(released_files.workbook(data), content_type=sheets.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _shown(data: Data) -> list[dict[str, Any]]:
    """Return each measure with its whole and its cuts, numbers as people read them."""
    return [
        {
            **{name: measure[name] for name in ("key", "name", "definition")},
            "heads": [label for _key, label, _unit in measure["columns"]],
            "whole": _lines(measure, measure["tables"][0])[0][1],
            "cuts": [
                {
                    "label": table["label"],
                    "title": _("%(measure)s by %(cut)s")
                    % {"measure": measure["name"], "cut": table["label"].lower()},
                    "rows": _lines(measure, table),
                }
                for table in measure["tables"][1:]
            ],
        }
        for measure in data["measures"]
    ]


def _lines(measure: dict[str, Any], table: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    return [
        (
            label,
            [
                (head, _("held back") if key in held else _text(numbers[key], unit))
                for key, head, unit in measure["columns"]
            ],
        )
        for _value, label, numbers, held in table["rows"]
    ]


def _text(number: Number, unit: str) -> str:
    return exports.shown(number, Column("", "", unit))
