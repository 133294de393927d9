"""The team page: roster, coverage, who completed what; and the way onto the roster."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import events
from portal.core.tables import csv_response
from portal.people import invitations, policies
from portal.people.forms import InviteForm, RosterFilterForm
from portal.people.models import JoinRequest, User
from portal.people.sections import only
from training import team
from training.models import RequirementRule
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


class RequirementFilterForm(RosterFilterForm):
    """Whose requirements, and only those who fall short before a day."""

    before = forms.DateField(
        label=gettext_lazy("Who lapses before"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        rules = RequirementRule.objects.in_effect().filter(is_licence=False)
        self.fields["rule"] = forms.ModelChoiceField(
            label=_("Requirement"), queryset=rules, required=False, empty_label=_("All")
        )


@for_leads
def requirements(request: SignedIn) -> HttpResponse:
    """Roster by requirement: each cell a word and a date; and who lapses before a day."""
    form = RequirementFilterForm(request.GET, by=request.user)
    people = team.roster(request.user, **form.chosen)
    data = form.cleaned_data
    rule, before = data.get("rule"), data.get("before")
    events.record("team.viewed", actor=request.user)
    page: Page[Any]
    if before is not None:
        matrix = team.falling_short(people, before=before, rule=rule)
        page = Paginator(matrix, PER_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    else:
        page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
        rows = team.requirement_rows(page.object_list, rule=rule)
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "columns": team.rules_of(rows),
        "before": before,
    }
    return render(request, "training/requirements.html", context)
