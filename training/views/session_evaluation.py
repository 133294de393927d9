"""Evaluating a live session, and reading what was said of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training import evaluations, policies
from training.evaluation_form import EvaluationForm
from training.holding import holds_answers
from training.models import LiveSession
from training.views import SignedIn


@holds_answers
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: SignedIn, pk: int) -> HttpResponse:
    """The questions, for who was there, once it is over; sent twice, the second is thanked too."""
    seen = LiveSession.objects.visible_to(request.user)
    session = get_object_or_404(seen.with_places(request.user), pk=pk)
    may = evaluations.may_evaluate(request.user, session)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        evaluations.give_of_session(request.user, session, said=form.cleaned_data)
        messages.success(request, _("Thank you. Your answers are in."))
        return redirect("session_evaluation", pk)
    context = {
        "session": session,
        "form": form if may else None,
        "is_done": evaluations.is_said(request.user, session),
    }
    return render(request, "training/sessions/evaluation.html", context)


@login_required
@require_safe
def results(request: SignedIn, pk: int) -> HttpResponse:
    """What five people or more said: for the trainer who led it and the manager."""
    session = get_object_or_404(LiveSession.objects.visible_to(request.user), pk=pk)
    if not policies.can_lead(request.user, session):
        raise Http404
    context = {"session": session, "results": evaluations.results(request.user, session)}
    return render(request, "training/sessions/results.html", context)
