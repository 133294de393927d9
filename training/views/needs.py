"""What one needs, has and lacks, and when an hour lapses; for oneself, and for whoever answers."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core import events
from portal.core.redaction import showing
from portal.people import policies
from portal.people.models import User
from portal.people.sections import members, only
from training import assignments, credit, needs, nudges, served
from training.models import Assignment, ModulePage, NudgeWish, OutsideTraining, RequirementRule
from training.views import SignedIn

for_leads = only(policies.can_see_team)
FIRST_YEAR = 2000


class LicenceForm(forms.Form):
    """Which licence, and the last day of its cycle. No number and no birth date are asked."""

    rule = forms.ModelChoiceField(
        label=gettext_lazy("Licence"), queryset=RequirementRule.objects.none()
    )
    cycle_ends_on = forms.DateField(
        label=gettext_lazy("Last day of its cycle"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("As it stands on your licence; this cycle or an earlier one."),
    )

    def clean_cycle_ends_on(self) -> date:
        day: date = self.cleaned_data["cycle_ends_on"]
        if not FIRST_YEAR <= day.year <= timezone.localdate().year + 10:
            raise forms.ValidationError(_("This year cannot be right. Please check it."))
        return day

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        licences = RequirementRule.objects.in_effect().filter(is_licence=True)
        self.fields["rule"].queryset = licences  # type: ignore[attr-defined]


@members
def own(request: SignedIn) -> HttpResponse:
    """Every rule that the person falls under; and the licences that they name."""
    form = LicenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        needs.name_licence(request.user, data["rule"], cycle_ends_on=data["cycle_ends_on"])
        return redirect("needs")
    found = needs.of(request.user)
    context = {
        "needs": found,
        "asked": _asked(request.user),
        "credit": credit.by_rule(request.user, [need.rule for need in found]),
        "form": form,
        "person": request.user,
        "wish": NudgeWish.objects.filter(person=request.user).first(),
    }
    return render(request, "training/needs.html", context)


@members
@require_POST
def end_licence(request: SignedIn, slug: str) -> HttpResponse:
    rule = get_object_or_404(RequirementRule, slug=slug, is_licence=True)
    needs.end_licence(request.user, rule)
    messages.success(request, _("Taken off this page. What you completed stays on record."))
    return redirect("needs")


@for_leads
def of_person(request: SignedIn, pk: int) -> HttpResponse:
    """The same for a member of the team; licences are the person's own and are left out."""
    person = get_object_or_404(User, pk=pk)
    if not policies.can_see_person(request.user, person):
        raise Http404
    events.record("team.needs_viewed", actor=request.user, subject=person)
    standing = [need for need in needs.of(person) if not need.rule.is_licence]
    context = {
        "needs": standing,
        "asked": _asked(person),
        "credit": credit.by_rule(person, [need.rule for need in standing]),
        "person": person,
        "elsewhere": _elsewhere(request.user, person),
        "quiet": nudges.why_not(person),
        "may_nudge": person != request.user,
    }
    return render(request, "training/needs.html", context)


def _elsewhere(user: User, person: User) -> list[OutsideTraining]:
    """Return what was accepted of the person's training elsewhere, as far as it may be seen."""
    seen = OutsideTraining.objects.visible_to(user).of(person).accepted()
    rows = list(seen.select_related("completion__annulment"))
    showing.prepare(rows)
    return rows


def _asked(person: User) -> list[tuple[Assignment, list[tuple[ModulePage, date | None]]]]:
    """Return the open assignments, each with its modules and the days they were done."""
    rows = assignments.own(person)
    done = assignments.done_on(rows)
    wanted = {pk for row in rows for pk in row.modules}
    pages = ModulePage.objects.defer(*served.TEXTS).in_bulk(wanted)
    return [
        (row, [(pages[pk], done[row.pk].get(pk)) for pk in row.modules if pk in pages])
        for row in rows
    ]


@for_leads
@require_POST
def nudge(request: SignedIn, pk: int) -> HttpResponse:
    """One polite message; refused where the person asked for quiet or had one lately."""
    person = get_object_or_404(User, pk=pk)
    if person == request.user or not policies.can_see_person(request.user, person):
        raise Http404
    try:
        nudges.send(person, by=request.user)
    except nudges.NotNow:
        messages.info(request, _("Not sent: the page says why."))
    else:
        messages.success(request, _("One message is on its way. It names nothing."))
    return redirect("person_needs", person.pk)


@members
@require_POST
def reminders(request: SignedIn) -> HttpResponse:
    """Put reminders off for a month, stop them, or let them come again."""
    act = request.POST.get("act", "")
    nudges.wish(request.user, stop=act == "stop", snooze=act == "snooze")
    messages.success(request, _("Noted."))
    return redirect("needs")
