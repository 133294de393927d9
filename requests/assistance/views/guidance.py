"""An answer becomes guidance; and what is asked often without a page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assistance import guidance, lifecycle, policies
from assistance.forms.guidance import GuidanceForm, SimilarForm
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import GuidanceDraft, Ticket
from assistance.sections import SignedIn, readers
from portal.core import events


@readers
def guide(request: SignedIn, number: str) -> HttpResponse:
    """Draft a page from the answer; where one is out, link it to similar requests."""
    ticket = _find(request, number)
    sent = request.POST if request.method == "POST" else None
    form = GuidanceForm(sent, ticket=ticket, user=request.user)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        try:
            made = guidance.draft(ticket, by=request.user, title=data["title"], text=data["text"])
        except NotAllowed:  # reopened meanwhile
            form.add_error(None, _("This is not possible as the request stands now."))
            return render(request, "assistance/guidance.html", {"ticket": ticket, "form": form})
        messages.success(request, _("The draft is made. Edit and publish it here."))
        return redirect("wagtailadmin_pages:edit", made.page_id)
    drafts = ticket.guidance_drafts.select_related("page")
    out = [
        (row, SimilarForm(rows=guidance.similar(ticket, row.page)))
        for row in drafts
        if row.published_at
    ]
    context = {"ticket": ticket, "form": form, "drafts": drafts, "out": out}
    return render(request, "assistance/guidance.html", context)


@readers
@require_POST
def link_similar(request: SignedIn, number: str, pk: int) -> HttpResponse:
    ticket = _find(request, number)
    row = get_object_or_404(GuidanceDraft, ticket=ticket, pk=pk, published_at__isnull=False)
    form = SimilarForm(request.POST, rows=guidance.similar(ticket, row.page))
    linked = 0
    if form.is_valid():
        chosen = form.cleaned_data["requests"]
        linked = guidance.link_similar(ticket, row.page, chosen, by=request.user)
    words = ngettext("The page is linked to %(n)d request.", "Linked to %(n)d requests.", linked)
    messages.success(request, words % {"n": linked})
    return redirect("assistance:guide", ticket.number)


@readers
def gaps(request: SignedIn) -> HttpResponse:
    """What was asked in a year, and how often a page answered."""
    if not policies.can_see_gaps(request.user):
        raise Http404
    found = guidance.gaps()
    bars = [(gap.topic, gap.without_page, str(gap.without_page)) for gap in found]
    events.record("request.queue_viewed", actor=request.user, view="gaps")
    return render(request, "assistance/gaps.html", {"gaps": found, "bars": bars})


def _find(request: SignedIn, number: str) -> Ticket:
    seen = Ticket.objects.submitted().visible_to(request.user).with_people()
    ticket: Ticket = get_object_or_404(seen, number=number)
    held = policies.parts(request.user, ticket)
    if not lifecycle.may(Work.GUIDE, State(ticket.state), held):
        raise Http404
    return ticket
