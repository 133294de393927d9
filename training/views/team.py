"""The team page: roster, coverage, who completed what; and the way onto the roster."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import events
from portal.core.tables import csv_response
from portal.people import invitations, policies
from portal.people.forms import InviteForm, RosterFilterForm
from portal.people.models import JoinRequest
from portal.people.sections import only
from training import needs, team
from training.roster_pages import PER_PAGE, RosterPages, counted
from training.team_filters import RequirementFilterForm, TeamFilterForm
from training.views import SignedIn

for_leads = only(policies.can_see_team)


@for_leads
def index(request: SignedIn) -> HttpResponse:
    form = TeamFilterForm(request.GET, by=request.user)
    people, columns = team.roster(request.user, **form.chosen), team.modules()
    events.record("team.viewed", actor=request.user)
    coverage, counted_at = team.kept_coverage(people, columns)
    page = RosterPages(people, known=coverage.people).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": team.rows(page.object_list, columns),
        "columns": columns,
        "joining": JoinRequest.objects.waiting().visible_to(request.user).count(),
        "coverage": coverage,
        "counted_at": counted_at,
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


@for_leads
def requirements(request: SignedIn) -> HttpResponse:
    """Roster by requirement: each cell a word and a date; and who lapses before a day."""
    rules = list(needs.of_teams(timezone.localdate()))
    form = RequirementFilterForm(request.GET, by=request.user, rules=rules)
    people = team.roster(request.user, **form.chosen)
    data = form.cleaned_data
    rule, before = data.get("rule"), data.get("before")
    events.record("team.viewed", actor=request.user)
    page: Page[Any]
    if before is not None:
        find = team.lapsing if data.get("lapsing") else team.falling_short
        matrix = find(people, before=before, rule=rule)
        page = Paginator(matrix, PER_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    else:
        page = RosterPages(people, known=counted(people)).get_page(request.GET.get("page"))
        rows = team.requirement_rows(page.object_list, rule=rule, rules=rules)
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "columns": team.rules_of(rows),
        "before": before,
        "lapsing": data.get("lapsing"),
    }
    return render(request, "training/requirements.html", context)
