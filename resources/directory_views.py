"""The directory: list, by county, one service, what is wrong in it, and what is to be checked."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.people import help_lines
from portal.people.models import HelpLine
from resources import directory, overdue, policies
from resources.directory import PAGE_SIZE, DirectoryFilters
from resources.directory_forms import ServiceChangeForm, ServiceNoteForm
from resources.models import Service, ServiceNote
from resources.sections import SignedIn, checkers, members, refused_is_missing


@members
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """Services by category, county and language."""
    filters = DirectoryFilters.read(request.GET)
    context = {
        "filters": filters,
        "choices": filters.choices(),
        "page_obj": Paginator(filters.listed(), PAGE_SIZE).get_page(request.GET.get("page")),
        "may_verify": policies.can_verify(request.user),
    }
    return render(request, "resources/directory.html", context)


@members
@require_safe
def by_county(request: SignedIn) -> HttpResponse:
    """The same on one page, county by county: made for paper, so not cut into pages."""
    filters = DirectoryFilters.read(request.GET)
    context = {"filters": filters, "groups": directory.by_county(filters)}
    return render(request, "resources/directory_by_county.html", context)


@members
@require_safe
def service(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(pk)
    context = {"service": found, "may_verify": policies.can_verify(request.user)}
    return render(request, "resources/service.html", context)


@members
def wrong(request: SignedIn, pk: int) -> HttpResponse:
    """Say what is wrong in an entry; it goes to the manager."""
    found = _find(pk)
    form = ServiceNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        directory.report(found, by=request.user, overrides=form.overrides, **form.cleaned_data)
        messages.success(request, _("Thank you. The program manager looks into it."))
        return redirect(found)
    return render(request, "resources/service_wrong.html", {"service": found, "form": form})


@checkers
@require_safe
def due(request: SignedIn) -> HttpResponse:
    """What nobody has checked for 90 days, and what readers found wrong."""
    services = Service.objects.to_verify().order_by("verified_on", "name")
    context = {
        "counts": overdue.counts(),
        "page_obj": Paginator(services, PAGE_SIZE).get_page(request.GET.get("page")),
        "lines": HelpLine.objects.stale(),
        "notes": ServiceNote.objects.open().select_related("service", "written_by")[:PAGE_SIZE],
        "may_open_cms": request.user.has_perm("resources.change_fact"),
    }
    return render(request, "resources/directory_due.html", context)


@checkers
@refused_is_missing
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(pk)
    form = ServiceChangeForm(request.POST or None, service=found)
    if request.method == "POST" and form.is_valid():
        lists = {name: form.cleaned_data[name] for name in ("counties", "languages")}
        saved = directory.change(_find(pk), form.values(), by=request.user, **lists)
        messages.success(request, _("Saved. Say that you checked it once you have."))
        return redirect(saved)
    return render(request, "resources/service_change.html", {"service": found, "form": form})


@checkers
@require_POST
@refused_is_missing
def checked(request: SignedIn, pk: int) -> HttpResponse:
    found = directory.verify(_find(pk), by=request.user)
    messages.success(request, _("Checked today: %(name)s") % {"name": found.name})
    return redirect("directory_due")


@checkers
@require_POST
def line_checked(request: SignedIn, pk: int) -> HttpResponse:
    line = help_lines.verify(get_object_or_404(HelpLine, pk=pk), by=request.user)
    messages.success(request, _("Checked today: %(name)s") % {"name": line.label})
    return redirect("directory_due")


@checkers
@require_POST
@refused_is_missing
def settled(request: SignedIn, pk: int) -> HttpResponse:
    directory.settle(get_object_or_404(ServiceNote, pk=pk), by=request.user)
    messages.success(request, _("Settled."))
    return redirect("directory_due")


def _find(pk: int) -> Service:
    rows: Any = Service.objects.prefetch_related("counties", "languages")
    found: Service = get_object_or_404(rows.select_related("verified_by"), pk=pk)
    return found
