"""Suggesting an edit of a module, seeing what became of it, and answering."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people import roles
from portal.people.sections import members
from portal.people.suggesting import OWN, AnswerForm, NotAllowed
from training import policies, suggestions
from training.models import EditSuggestion
from training.outline import Outline
from training.suggestion_forms import SuggestForm
from training.views import SignedIn
from training.views.learning import find_path

PAGE_SIZE = 25
VIEWS = {
    "open": gettext_lazy("To answer"),
    "answered": gettext_lazy("Answered"),
    OWN: gettext_lazy("What you suggested"),
}


@members
def suggest(request: SignedIn, slug: str) -> HttpResponse:
    """The form; `?lesson=2` names the lesson that the reader comes from."""
    path = find_path(request.user, slug)
    form = SuggestForm(request.POST or None, path=path, number=request.GET.get("lesson", ""))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            row = suggestions.suggest(
                page=path.page,
                release=path.release,
                lesson_id=values["lesson"],
                kind=values["kind"],
                text=values["text"],
                by=request.user,
                key=values["key"],
                overrides=form.overrides,
            )
        except NotAllowed as error:
            raise Http404 from error
        messages.success(request, _("Thank you. You will get a mail when it is answered."))
        return redirect(row)
    return render(request, "training/suggest.html", {"form": form, "page": path.page})


@members
def index(request: SignedIn) -> HttpResponse:
    """What waits for an answer, for those who give it; and the own suggestions with their state."""
    views = dict(VIEWS) if roles.may_open_cms(request.user) else {OWN: VIEWS[OWN]}
    asked = request.GET.get("view", "")
    view = asked if asked in views else next(iter(views))
    rows = EditSuggestion.objects.of_view(request.user, view).select_related("module")
    rows = rows.defer("module__lessons", "module__quiz")
    context = {
        "views": views,
        "view": view,
        "heading": views[view],
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "training/suggestions.html", context)


@members
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One suggestion; POST answers it."""
    seen = EditSuggestion.objects.visible_to(request.user)
    row = get_object_or_404(seen.select_related("module", "release"), pk=pk)
    may_answer = policies.can_answer_suggestion(request.user, row)
    if request.method == "POST" and not may_answer:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, row, form)
    outline = Outline.from_json(row.release.outline) if row.release else None
    context = {
        "row": row,
        "page": row.module,
        "lesson": outline.lesson(row.lesson_id) if outline and row.lesson_id else None,
        "form": form if may_answer and row.is_open else None,
        "may_edit": may_answer and roles.may_open_cms(request.user),
    }
    return render(request, "training/suggestion.html", context)


def _answer(request: SignedIn, row: EditSuggestion, form: AnswerForm) -> HttpResponse:
    try:
        suggestions.answer(row, by=request.user, overrides=form.overrides, **form.cleaned_data)
        messages.success(request, _("Answered. Whoever suggested it is told by mail."))
    except NotAllowed:
        messages.error(request, _("Somebody else has answered meanwhile; yours was not saved."))
    return redirect(row)
