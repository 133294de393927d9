"""Templates of reports, ranges of days, and what the worker makes of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import events, making_views
from portal.core.funding import Funding
from portal.reports import layouts, run_files, runs, schedules, texts
from portal.reports.layouts import LAYOUTS, Layout
from portal.reports.models import ReportRun
from portal.reports.periods import Period
from portal.reports.run_forms import MailForm, RangeForm, TemplateForm, TextsForm
from portal.reports.views import manager_only
from training.views import SignedIn

PER_PAGE = 25


@manager_only
@require_safe
def templates(request: SignedIn) -> HttpResponse:
    """Every template, for whom it is and what it holds."""
    return render(request, "reports/templates.html", {"layouts": LAYOUTS.values()})


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedIn, key: str) -> HttpResponse:
    """One template; POST keeps its texts and, unless they alone were meant, has it made."""
    layout = _layout(key)
    only_texts = "keep" in request.POST
    kind = TextsForm if only_texts else TemplateForm
    form = kind(request.POST or None, layout=layout)
    if request.method == "POST" and form.is_valid():
        texts.write(layout, form.words, by=request.user)
        if not only_texts:
            run = runs.ask(form.wish(), key=form.cleaned_data["key"], by=request.user)
            return redirect("report_run", run.pk)
        messages.success(request, _("The texts are kept."))
        return redirect("report_template", key)
    chosen = schedules.chosen(request.user, layout)
    context = {
        "layout": layout,
        "form": form,
        "mail": MailForm(layout=layout, chosen=chosen),
        "has_periods": any(periods for _basis, periods in form.fields["period"].choices),  # type: ignore[attr-defined]
    }
    return render(request, "reports/template.html", context)


@manager_only
@require_POST
def mail(request: SignedIn, key: str) -> HttpResponse:
    """Choose when a link to the template comes by mail."""
    layout = _layout(key)
    form = MailForm(request.POST, layout=layout)
    if form.is_valid():
        schedules.choose(layout, form.cleaned_data["every"], by=request.user)
        messages.success(request, _("Your choice is kept."))
    else:
        messages.error(request, _("Choose one of the ways that are listed."))
    return redirect("report_template", key)


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def any_range(request: SignedIn) -> HttpResponse:
    """Ask for every measure of any days."""
    form = RangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        run = runs.ask(form.wish(), key=form.cleaned_data["key"], by=request.user)
        return redirect("report_run", run.pk)
    return render(request, "reports/range.html", {"form": form})


@manager_only
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """Reports made before, the latest first."""
    seen = ReportRun.objects.visible_to(request.user).defer("content")
    rows = seen.select_related("county", "center", "asked_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, layouts.title_of(row.layout), _days(row)) for row in page]
    return render(request, "reports/runs.html", {"page_obj": page, "lines": lines})


@manager_only
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SignedIn, pk: UUID) -> HttpResponse:
    """One report; POST tries again. htmx asks for the state alone, and says what it knows."""
    run = _find(request, pk)
    if request.method == "POST":
        runs.try_again(run, by=request.user)
        return redirect("report_run", pk)
    return making_views.watch(
        request, _context(run), page="reports/run.html", part="reports/_run_state.html"
    )


@manager_only
@require_safe
def fetch(request: SignedIn, pk: UUID, ending: str) -> HttpResponseBase:
    """Give a file out to be saved."""
    run = _find(request, pk)
    making_views.check_file(run, ending)
    events.record("reports.run_fetched", actor=request.user, subject=run, file=ending)
    name = f"report-{run.layout}-{run.period or f'{run.first_day}-{run.last_day}'}"
    return making_views.give(request, run, ending, name)


def _layout(key: str) -> Layout:
    if key not in LAYOUTS:
        raise Http404
    return LAYOUTS[key]


def _find(request: SignedIn, pk: UUID) -> ReportRun:
    seen = ReportRun.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("county", "center", "asked_by"), pk=pk)


def _days(run: ReportRun) -> str:
    return Period.parse(run.period).name if run.period else ""


def _context(run: ReportRun) -> dict[str, Any]:
    return {
        "run": run,
        "title": layouts.title_of(run.layout),
        "days": _days(run),
        "funding": Funding(run.funding).label if run.funding else "",
        "is_range": run.layout == layouts.RANGE,
        **making_views.seen(run, runs.KIND, run_files.ENDINGS),
    }
