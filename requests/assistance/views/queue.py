"""The queue: saved views, filters in the address, several assigned at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assistance import due, policies, queues, tickets
from assistance.forms.queue import FilterForm
from assistance.forms.work import BulkAssignForm
from assistance.models import Ticket
from assistance.sections import SignedIn, readers
from portal.core import events
from portal.people import roles

PER_PAGE = 25


@readers
def requests(request: SignedIn) -> HttpResponse:
    user = request.user
    names = queues.views_for(user)
    view = request.GET.get("view", "open")
    filters = FilterForm(request.GET, user=user)
    if view not in names:
        raise Http404
    rows = filters.narrow(queues.of_view(view, user))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "view": view,
        "counts": queues.counts_by_view(user),
        "filters": filters,
        "page_obj": page,
        "drafts": _drafts(request),
        "may_create": policies.can_create(user),
        "sees_gaps": policies.can_see_gaps(user),
        "bulk": BulkAssignForm(user=user) if roles.is_manager(user) else None,
    }
    events.record("request.queue_viewed", actor=user, view=view)
    return render(request, "assistance/queue.html", context)


def _drafts(request: SignedIn) -> QuerySet[Ticket]:
    return Ticket.objects.drafts_of(request.user).order_by("-edited_at")[:10]


@readers
@require_POST
def assign_many(request: SignedIn) -> HttpResponse:
    if not roles.is_manager(request.user):
        raise Http404
    form = BulkAssignForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Nothing was assigned: select requests, and a person."))
        return redirect("assistance:requests")
    to = form.cleaned_data["to"]
    given = tickets.assign_many(list(form.cleaned_data["numbers"]), by=request.user, to=to)
    words = ngettext(
        "%(n)d request assigned to %(to)s.", "%(n)d requests assigned to %(to)s.", given
    )
    messages.success(request, words % {"n": given, "to": to.name})
    return redirect("assistance:requests")


@readers
def due_days(request: SignedIn) -> HttpResponse:
    """What is due in four weeks, day by day, and what is late."""
    events.record("request.queue_viewed", actor=request.user, view="due")
    return render(request, "assistance/calendar.html", {"days": due.calendar(request.user)})
