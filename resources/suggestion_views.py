"""Suggesting an edit of a page, asking for another format, and answering."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people import roles
from portal.people.sections import members
from portal.people.suggesting import OWN, AnswerForm, NotAllowed
from resources import policies, suggestions
from resources.models import PageSuggestion
from resources.page_forms import FormatForm, SuggestForm
from resources.page_views import SignedIn, find

PAGE_SIZE = 25
VIEWS = {
    "open": gettext_lazy("To answer"),
    "answered": gettext_lazy("Answered"),
    OWN: gettext_lazy("What you wrote"),
}


@members
def suggest(request: SignedIn, slug: str) -> HttpResponse:
    """Suggest an edit of a page."""
    page = find(request.user, slug)
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = suggestions.suggest(
                page=page, by=request.user, overrides=form.overrides, **form.cleaned_data
            )
        except NotAllowed as error:
            raise Http404 from error
        messages.success(request, _("Thank you. You will get a mail when it is answered."))
        return redirect(row)
    return render(request, "resources/suggest.html", {"form": form, "page": page})


@members
def ask_format(request: SignedIn, slug: str) -> HttpResponse:
    """Ask for a page in another format."""
    page = find(request.user, slug)
    form = FormatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = suggestions.ask_format(
                page=page, by=request.user, overrides=form.overrides, **form.cleaned_data
            )
        except NotAllowed as error:
            raise Http404 from error
        messages.success(request, _("Sent. You will get a mail when it is answered."))
        return redirect(row)
    return render(request, "resources/format.html", {"form": form, "page": page})


@members
def index(request: SignedIn) -> HttpResponse:
    """What waits for an answer, for those who give it; and the own ones with their state."""
    views = dict(VIEWS) if roles.may_open_cms(request.user) else {OWN: VIEWS[OWN]}
    asked = request.GET.get("view", "")
    view = asked if asked in views else next(iter(views))
    rows = (
        PageSuggestion.objects.of_view(request.user, view)
        .select_related("page")
        .defer("page__body", "page__sources")
    )
    context = {
        "views": views,
        "view": view,
        "heading": views[view],
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "resources/suggestions.html", context)


@members
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One suggestion; POST answers it."""
    seen = PageSuggestion.objects.visible_to(request.user)
    row = get_object_or_404(seen.select_related("page"), pk=pk)
    may_answer = policies.can_answer_suggestion(request.user, row)
    if request.method == "POST" and not may_answer:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, row, form)
    context = {
        "row": row,
        "page": row.page,
        "may_read": policies.can_read(request.user, row.page),
        "form": form if may_answer and row.is_open else None,
        "may_edit": may_answer and roles.may_open_cms(request.user),
    }
    return render(request, "resources/suggestion.html", context)


def _answer(request: SignedIn, row: PageSuggestion, form: AnswerForm) -> HttpResponse:
    try:
        suggestions.answer(row, by=request.user, overrides=form.overrides, **form.cleaned_data)
        messages.success(request, _("Answered. Whoever wrote it is told by mail."))
    except NotAllowed:
        messages.error(request, _("Somebody else has answered meanwhile; yours was not saved."))
    return redirect(row)
