"""The team page: roster, coverage, who completed what; and the way onto the roster."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core import events
from portal.core.tables import csv_response
from portal.people import invitations, policies
from portal.people.forms import InviteForm, RosterFilterForm
from portal.people.models import JoinRequest
from portal.people.sections import only
from training import team
from training.views import SignedIn

PER_PAGE = 50
for_leads = only(policies.can_see_team)


@for_leads
def index(request: SignedIn) -> HttpResponse:
    form = RosterFilterForm(request.GET, by=request.user)
    people, columns = team.roster(request.user, **form.chosen), team.modules()
    events.record("team.viewed", actor=request.user)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": team.rows(page.object_list, columns),
        "columns": columns,
        "joining": JoinRequest.objects.waiting().visible_to(request.user).count(),
        "coverage": team.coverage(people, columns),
    }
    return render(request, "training/team.html", context)


@for_leads
def roster_csv(request: SignedIn) -> HttpResponse:
    """The whole roster with the same filters: a day where a module is complete, else empty."""
    form = RosterFilterForm(request.GET, by=request.user)
    people, columns = team.roster(request.user, **form.chosen), team.modules()
    events.record("team.roster_exported", actor=request.user)
    header = [_("Name"), _("E-mail"), _("Discipline"), _("Centers"), _("Joined")]
    rows = [
        [
            row.person.name,
            row.person.email,
            row.person.discipline,
            "; ".join(center.name for center in row.centers),
            row.person.joined_at,
            *(cell.day for cell in row.cells),
        ]
        for row in team.all_rows(people, columns)
    ]
    return csv_response("roster.csv", [*header, *(page.code for page in columns)], rows)


@for_leads
def invite(request: SignedIn) -> HttpResponse:
    """Put a person on the roster of a center of one's own, and send an invitation."""
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        if not policies.can_invite_to(request.user, form.cleaned_data["center"].pk):
            raise Http404
        try:
            invitations.invite(by=request.user, **form.cleaned_data)
        except invitations.CannotInvite:
            form.add_error("email", _("This account was closed by the program. Ask the manager."))
            return render(request, "training/invite.html", {"form": form})
        messages.success(request, _("Done. Whoever has to agree or to join gets a mail."))
        return redirect("team")
    return render(request, "training/invite.html", {"form": form})
