"""Urgent corrections of modules: making one, and looking at it afterwards."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.people.sections import only
from training import corrections, policies
from training.models import ModulePage, UrgentCorrection
from training.views import SignedIn

for_managers = only(policies.can_correct)
for_panel = only(policies.can_see_corrections)
REFUSALS = {
    "not_out": gettext_lazy("This module is not out, so there is nothing to correct in a hurry."),
    "nothing": gettext_lazy("There is no draft that differs. Save a change in the editor first."),
    "in_review": gettext_lazy("The draft is with the reviewers already. They publish it."),
    "changed": gettext_lazy("A newer draft was saved meanwhile. Look at it before you publish."),
    "substantive": gettext_lazy(
        "The draft changes lessons, questions, right answers or the pass mark, or is marked as "
        "substantive. That always needs a second person first."
    ),
}


class CorrectionForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong now"),
        choices=UrgentCorrection.Reason.choices,
        widget=forms.RadioSelect,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


@for_panel
def index(request: SignedIn) -> HttpResponse:
    rows = UrgentCorrection.objects.visible_to(request.user).select_related(
        "release__page", "made_by"
    )
    standing = [(row, corrections.can_review(request.user, row)) for row in rows.open()]
    done = rows.exclude(reviewed_at=None).order_by("-reviewed_at")[:20]
    context = {"standing": standing, "done": done}
    return render(request, "training/corrections.html", context)


@for_managers
def make(request: SignedIn, pk: int) -> HttpResponse:
    page = get_object_or_404(ModulePage, pk=pk)
    form = CorrectionForm(request.POST or None, initial={"revision": page.latest_revision_id})
    if request.method == "POST" and form.is_valid():
        try:
            corrections.publish(
                page,
                reason=form.cleaned_data["reason"],
                by=request.user,
                revision_id=form.cleaned_data["revision"],
            )
        except corrections.CannotCorrect as refused:
            form.add_error(None, str(REFUSALS[refused.reason]))
        else:
            messages.success(request, _("Published. The review panel looks at it within 5 days."))
            return redirect("corrections")
    context = {"form": form, "page": page, "draft": page.get_latest_revision()}
    return render(request, "training/correct.html", context)


@for_panel
@require_POST
def review(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(UrgentCorrection.objects.visible_to(request.user), pk=pk)
    if not corrections.can_review(request.user, row):
        raise Http404
    corrections.review(row, by=request.user)
    messages.success(request, _("Noted: it may stand."))
    return redirect("corrections")
