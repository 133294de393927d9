"""The queue: saved views, filters in the address, several assigned at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assistance import due, policies, queues, tickets
from assistance.forms.queue import FilterForm
from assistance.forms.work import BulkAssignForm
from assistance.sections import SignedIn, readers
from portal.core import events, paging
from portal.core.redaction import showing
from portal.people import redactions, roles

PER_PAGE = 25


@readers
def requests(request: SignedIn) -> HttpResponse:
    user = request.user
    names, gives = queues.views_for(user), roles.is_manager(user)
    view = request.GET.get("view", "open")
    if view not in names:
        raise Http404
    around = queues.around(user)
    filters = FilterForm(request.GET, centers=around.centers)
    rows = filters.narrow(queues.of_view(view, user))
    page = paging.page(rows, request.GET.get("page"), per=PER_PAGE)
    showing.prepare([*page.object_list, *around.drafts])
    context: dict[str, Any] = {
        "view": view,
        "counts": around.counts,
        "most": queues.MOST,
        "filters": filters,
        "page_obj": page,
        "drafts": around.drafts,
        "may_create": policies.can_create(user),
        "sees_gaps": policies.can_see_gaps(user),
        "sees_redactions": redactions.may_enter(user),
        "bulk": BulkAssignForm(user=user, among=around.people) if gives else None,
    }
    events.record("request.queue_viewed", actor=user, view=view)
    return render(request, "assistance/queue.html", context)


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
