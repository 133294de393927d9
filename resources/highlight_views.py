"""Highlights: what members read, and the desk where two people make one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resources import highlights, policies
from resources.highlight_forms import HighlightForm, SendBackForm, VersionForm
from resources.highlights import NotChecked
from resources.models import Highlight
from resources.models.highlight import CHECKS
from resources.policies import NotAllowed, Stale
from resources.sections import SignedIn, members, refused_is_missing, writers

PAGE_SIZE = 25


@members
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """What is published, the newest first."""
    rows = Highlight.objects.published().with_people()
    context = {
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_write": policies.can_write_highlights(request.user),
    }
    return render(request, "resources/highlights.html", context)


@writers
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """Drafts, and what waits for a second person; what this person may decide comes first."""
    rows = Highlight.objects.exclude(state=Highlight.State.PUBLISHED).with_people()
    rows = rows.order_by("-state", "written_at", "pk")
    context = {"page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "resources/highlight_desk.html", context)


@members
@require_safe
def highlight(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@writers
@refused_is_missing
def new(request: SignedIn) -> HttpResponse:
    form = HighlightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        row = highlights.write(form.content(), by=request.user, key=key, overrides=form.overrides)
        return _kept(request, form, row)
    return render(request, "resources/highlight_form.html", {"form": form})


@writers
@refused_is_missing
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if not policies.can_change_highlight(request.user, found):
        raise NotAllowed
    form = HighlightForm(request.POST or None, highlight=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        said: dict[str, Any] = {"by": request.user, "version": version}
        try:
            row = highlights.change(found, form.content(), overrides=form.overrides, **said)
            return _kept(request, form, row)
        except Stale:
            form.add_error(None, _("It has changed since you opened it. Open it again."))
    return render(request, "resources/highlight_form.html", {"form": form, "highlight": found})


@writers
@require_POST
@refused_is_missing
def submit(request: SignedIn, pk: int) -> HttpResponse:
    row = _find(request, pk)
    try:
        highlights.submit(row, by=request.user)
        messages.success(request, _("A second person is asked to approve it."))
    except NotChecked:
        messages.error(request, _("Tick every box of the checklist first."))
    return redirect(row)


@writers
@require_POST
@refused_is_missing
def approve(request: SignedIn, pk: int) -> HttpResponse:
    row, form = _find(request, pk), VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        highlights.approve(row, by=request.user, version=version)
        messages.success(request, _("Published."))
    except Stale:
        messages.error(request, _("It has changed since you opened it. Please read it again."))
    return redirect(row)


@writers
@require_POST
@refused_is_missing
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    row, form = _find(request, pk), SendBackForm(request.POST)
    if not policies.can_approve_highlight(request.user, row):
        raise NotAllowed
    if not form.is_valid():
        return _page(request, row, form)
    highlights.send_back(row, by=request.user, overrides=form.overrides, **form.cleaned_data)
    messages.success(request, _("It went back to its author."))
    return redirect(row)


@writers
@require_POST
@refused_is_missing
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    row = highlights.withdraw(_find(request, pk), by=request.user)
    messages.success(request, _("It is a draft again; nobody else reads it."))
    return redirect(row)


@writers
@require_POST
@refused_is_missing
def delete(request: SignedIn, pk: int) -> HttpResponse:
    highlights.delete(_find(request, pk), by=request.user)
    messages.success(request, _("The draft is deleted."))
    return redirect("highlight_desk")


def _find(request: SignedIn, pk: int) -> Highlight:
    rows = Highlight.objects.visible_to(request.user).with_people()
    found: Highlight = get_object_or_404(rows, pk=pk)
    return found


def _kept(request: SignedIn, form: HighlightForm, row: Highlight) -> HttpResponse:
    if form.wants_second_person:
        highlights.submit(row, by=request.user)
        messages.success(request, _("Kept, and a second person is asked to approve it."))
    else:
        messages.success(request, _("Kept as a draft."))
    return redirect(row)


def _page(request: SignedIn, row: Highlight, form: SendBackForm | None = None) -> HttpResponse:
    user = request.user
    approves = policies.can_approve_highlight(user, row)
    context = {
        "highlight": row,
        "boxes": [(CHECKS[name], ticked) for name, ticked in row.checks.items()],
        "writes": policies.can_write_highlights(user),
        "may_change": policies.can_change_highlight(user, row),
        "may_delete": policies.can_delete_highlight(user, row),
        "approve": VersionForm(initial={"version": row.version}) if approves else None,
        "form": (form or SendBackForm()) if approves else None,
    }
    return render(request, "resources/highlight.html", context)
