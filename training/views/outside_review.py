"""The review of training from elsewhere: what waits, one review, and its annulment."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.redaction import showing
from portal.people import aliases
from portal.people.sections import only
from training import completions, outside, policies
from training.models import OutsideTraining
from training.outside_forms import AcceptForm, ReturnForm
from training.views import SignedIn
from training.views.outside import PAGE_SIZE, find
from training.views.record import AnnulForm

EARLIER = 10  # rows of the same person beside a review
VIEWS = {"waiting": gettext_lazy("Waiting"), "reviewed": gettext_lazy("Reviewed")}
for_reviewers = only(policies.reviews_outside)


@for_reviewers
def queue(request: SignedIn) -> HttpResponse:
    """What waits, the oldest first, without the own; and what was decided."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "waiting"
    rows = OutsideTraining.objects.visible_to(request.user)
    rows = rows.reviewed() if view == "reviewed" else rows.to_review_by(request.user)
    rows = rows.select_related("person", "reviewed_by", "completion__annulment")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    showing.prepare(page.object_list)
    context = {"views": VIEWS, "view": view, "heading": VIEWS[view], "page_obj": page}
    return render(request, "training/outside/queue.html", context)


@for_reviewers
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Accept it with what it counts for, or send it back with a reason."""
    row = find(request, pk)
    if not policies.can_review_outside(request.user, row):
        raise Http404
    if row.state != row.State.SENT:
        return _decided(request, row)
    if request.method != "POST":
        return _page(request, row)
    return _send_back(request, row) if "back-version" in request.POST else _accept(request, row)


def _accept(request: SignedIn, row: OutsideTraining) -> HttpResponse:
    form = _form(row, request.POST)
    try:
        if form.is_valid():
            outside.accept(
                row,
                form.corrected,
                form.counts,
                by=request.user,
                version=form.cleaned_data["version"],
                overrides=form.overrides,
            )
            messages.success(request, _("Accepted. Whoever handed it in is told by mail."))
            return redirect("outside_queue")
    except outside.Stale:
        return _moved(request, row, accept=form)
    except outside.NoPaper:
        form.add_error(None, _("Its paper cannot be had now, so nothing can be accepted."))
    return _page(request, row, accept=form)


def _send_back(request: SignedIn, row: OutsideTraining) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, row, back=form)
    said = form.cleaned_data
    try:
        outside.send_back(row, by=request.user, version=said["version"], reason=said["reason"])
    except outside.Stale:
        return _moved(request, row)
    messages.success(request, _("Sent back. Whoever handed it in is told by mail."))
    return redirect("outside_queue")


def _moved(
    request: SignedIn, row: OutsideTraining, accept: AcceptForm | None = None
) -> HttpResponse:
    """It was sent anew, withdrawn or reviewed since the page was opened; what was typed stays."""
    there = find(request, row.pk)
    if there.state != there.State.SENT:
        return _decided(request, there)
    if accept is not None:
        accept.again(there)
    return _page(request, there, status=409, accept=accept, has_moved=True)


def _decided(request: SignedIn, row: OutsideTraining) -> HttpResponse:
    if request.method == "POST" and row.reviewed_by != request.user:
        messages.error(request, _("This is decided meanwhile; yours was not saved."))
    return redirect(row)


def _form(row: OutsideTraining, data: Any = None) -> AcceptForm:
    rules, licences = outside.rules_for(row), outside.licence_rules()
    return AcceptForm(data, row=row, rules=rules, licences=licences)


def _page(
    request: SignedIn,
    row: OutsideTraining,
    *,
    status: int = 200,
    accept: AcceptForm | None = None,
    back: ReturnForm | None = None,
    **more: Any,
) -> HttpResponse:
    others = OutsideTraining.objects.of(aliases.resolve(row.person)).exclude(pk=row.pk)
    earlier = list(others.select_related("completion__annulment")[:EARLIER])
    showing.prepare([row, *earlier])
    context = {
        "row": row,
        "withheld": showing.hidden_in(OutsideTraining, "name"),
        "accept": accept or _form(row),
        "back": back or ReturnForm(initial={"version": row.version}),
        "earlier": earlier,
        "alike": outside.alike(row),
        **more,
    }
    return render(request, "training/outside/review.html", context, status=status)


@only(policies.can_annul)
def annul(request: SignedIn, pk: int) -> HttpResponse:
    """Say that it does not count after all; its row stays."""
    accepted = OutsideTraining.objects.visible_to(request.user).accepted()
    row = get_object_or_404(accepted.select_related("person", "completion__annulment"), pk=pk)
    if row.completed is None:
        raise Http404
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        completions.annul(completion=row.completed, reason=reason, by=request.user)
        messages.success(request, _("It no longer counts. Its row stays on record."))
        return redirect(row)
    return render(request, "training/outside/annul.html", {"row": row, "form": form})
