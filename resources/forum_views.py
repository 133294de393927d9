"""The manager's log of forums and advocacy, and the facts with their sources."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import events
from portal.core.tables import csv_response
from resources import facts, forums, policies
from resources.forum_forms import ForumFilter, ForumForm
from resources.models import Fact, Forum
from resources.sections import SignedIn, checkers, managers, members, refused_is_missing

PAGE_SIZE = 25
HEADER = ("day", "level", "kind", "title", "audience", "funding")


@managers
@require_safe
def index(request: SignedIn) -> HttpResponse:
    filters = ForumFilter(request.GET)
    rows = filters.narrowed(Forum.objects.visible_to(request.user))
    context = {
        "filters": filters,
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "totals": rows.totals(),
    }
    return render(request, "resources/forums.html", context)


@managers
@require_safe
def export(request: SignedIn) -> HttpResponse:
    """The list as it is filtered; who recorded an entry is not in it."""
    rows = ForumFilter(request.GET).narrowed(Forum.objects.visible_to(request.user))
    events.record("resources.forums_exported", actor=request.user)
    return csv_response("forums.csv", HEADER, _lines(rows))


def _lines(rows: Any) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        choices = (row.get_level_display(), row.get_kind_display())
        yield row.happened_on, *choices, row.title, row.audience, row.get_funding_display()


@managers
def new(request: SignedIn) -> HttpResponse:
    form = ForumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        forums.record(form.content(), by=request.user, key=key, overrides=form.overrides)
        messages.success(request, _("The entry is kept."))
        return redirect("forums")
    return render(request, "resources/forum_form.html", {"form": form})


@managers
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(Forum.objects.visible_to(request.user), pk=pk)
    form = ForumForm(request.POST or None, forum=found)
    if request.method == "POST" and form.is_valid():
        forums.change(found, form.content(), by=request.user, overrides=form.overrides)
        messages.success(request, _("The entry is kept."))
        return redirect("forums")
    return render(request, "resources/forum_form.html", {"form": form, "forum": found})


@managers
@require_POST
def delete(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(Forum.objects.visible_to(request.user), pk=pk)
    forums.delete(found, by=request.user)
    messages.success(request, _("The entry is deleted."))
    return redirect("forums")


@members
@require_safe
def all_facts(request: SignedIn) -> HttpResponse:
    """Each statement with its source beside it."""
    rows = Fact.objects.visible_to(request.user)
    context = {
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_check": policies.can_verify(request.user),
        "may_edit": request.user.has_perm("resources.change_fact"),
    }
    return render(request, "resources/facts.html", context)


@checkers
@require_POST
@refused_is_missing
def fact_checked(request: SignedIn, pk: int) -> HttpResponse:
    facts.check(get_object_or_404(Fact, pk=pk), by=request.user)
    messages.success(request, _("Checked today."))
    return redirect("facts")
