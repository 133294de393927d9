"""Evaluating a module, and reading what was said of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.people.sections import only
from training import evaluations, policies
from training.evaluation_form import EvaluationForm
from training.holding import holds_answers
from training.views import SignedIn
from training.views.learning import find_path

for_readers = only(policies.can_see_evaluations)


@holds_answers
def evaluate(request: SignedIn, slug: str) -> HttpResponse:
    """The questions, once the module is completed; sent twice, the second is thanked as well."""
    page = find_path(request.user, slug).page
    completion = evaluations.open_for(request.user, page)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and completion is not None and form.is_valid():
        evaluations.give(completion=completion, said=form.cleaned_data)
        messages.success(request, _("Thank you. Your answers are in."))
        return redirect("module_evaluation", slug)
    context = {
        "page": page,
        "form": form if completion is not None else None,
        "is_done": completion is None and evaluations.is_done(request.user, page),
    }
    return render(request, "training/evaluation.html", context)


@for_readers
def index(request: SignedIn) -> HttpResponse:
    counts = evaluations.counts(request.user)
    rows = [(page, counts.get(page.pk)) for page in evaluations.modules_for(request.user)]
    return render(request, "training/evaluations.html", {"rows": rows})


@for_readers
def results(request: SignedIn, slug: str) -> HttpResponse:
    page = get_object_or_404(evaluations.modules_for(request.user), slug=slug)
    if not policies.can_see_evaluations_of(request.user, page):
        raise Http404
    context = {"page": page, "results": evaluations.results(request.user, page)}
    return render(request, "training/evaluation_results.html", context)
