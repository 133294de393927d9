"""Whether an answer helped: asked of the requester's side, read by the manager."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assistance import follow_ups, lifecycle, page, policies
from assistance.forms.desk import FollowUpForm
from assistance.lifecycle import Action, NotAllowed, State, Work
from assistance.models import FollowUp, Ticket
from assistance.sections import SignedIn, readers
from assistance.views.detail import find
from portal.core import events

PER_PAGE = 50


@readers
def follow_up(request: SignedIn, number: str) -> HttpResponse:
    """Say it, or say it otherwise within fourteen days; later it is only read."""
    ticket = find(request, number)
    may = lifecycle.may(Work.FOLLOW_UP, State(ticket.state), policies.parts(request.user, ticket))
    found = follow_ups.current(ticket) if may else None
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = FollowUpForm(sent, found=found)
    if sent is not None and form.is_valid():
        try:
            follow_ups.answer(
                ticket, by=request.user, overrides=form.overrides, **form.cleaned_data
            )
        except NotAllowed:
            form.add_error(None, _("This is not possible as the request stands now."))
        else:
            messages.success(request, _("Thank you. You can change it for fourteen days."))
            return redirect("assistance:follow_up", ticket.number)
    return _page(request, ticket, found, form)


def _page(request: SignedIn, ticket: Ticket, found: FollowUp, form: FollowUpForm) -> HttpResponse:
    ways = page.of(ticket, user=request.user)["offers"] if found.helped == "no" else []
    context = {
        "ticket": ticket,
        "found": found,
        "form": form if found.is_changeable else None,
        "may_reopen": any(o.action == Action.REOPEN and not o.needs for o in ways),
    }
    return render(request, "assistance/follow_up.html", context)


@readers
def overview(request: SignedIn) -> HttpResponse:
    """What a year of follow-ups says, what is coming, and each answer."""
    if not policies.can_keep_desk(request.user):
        raise Http404
    report = follow_ups.report()
    events.record("request.queue_viewed", actor=request.user, view="follow-ups")
    context = {
        "report": report,
        "bars": [(label, count, str(count)) for label, count in report.changes],
        "coming": follow_ups.coming()[:PER_PAGE],
        "page_obj": Paginator(follow_ups.of_a_year(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "assistance/follow_ups.html", context)
