"""Assignments of a team: what is asked of whom by when, standing plans, waivers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import events
from portal.people import policies as people_policies
from portal.people.sections import only
from training import assignments, plans, policies, team
from training.assignment_forms import (
    AssignForm,
    AssignmentFilterForm,
    DueForm,
    PlanForm,
    WaiveForm,
)
from training.models import Assignment, AssignmentPlan, ModulePage
from training.views import SignedIn

PER_PAGE = 50
for_leads = only(people_policies.can_see_team)


@for_leads
def index(request: SignedIn) -> HttpResponse:
    """What is asked of the team, the nearest day first; and the standing plans."""
    form = AssignmentFilterForm(request.GET, by=request.user)
    people = team.roster(request.user, **form.chosen)
    rows = form.narrow(Assignment.objects.standing().filter(person__in=people.values("pk")))
    rows = rows.select_related("person", "pathway").order_by("due_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    done = assignments.done_on(shown)
    standing = AssignmentPlan.objects.open().visible_to(request.user)
    events.record("team.viewed", actor=request.user)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(row, len(done[row.pk])) for row in shown],
        "plans": [
            (plan, policies.can_end_plan(request.user, plan))
            for plan in standing.select_related("pathway", "center", "discipline")
        ],
    }
    return render(request, "training/assignments/index.html", context)


@for_leads
def new(request: SignedIn) -> HttpResponse:
    """Ask a pathway of people; those ticked elsewhere come along as `person`."""
    sent = request.POST if request.method == "POST" else None
    chosen = request.GET.getlist("person") or (sent.getlist("people") if sent else [])
    form = AssignForm(sent, by=request.user, chosen=chosen)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        asked, had = assignments.assign_many(
            data["people"], data["pathway"], due_on=data["due_on"], by=request.user
        )
        messages.success(request, _("Asked: %(n)s. Had it open already: %(had)s.") % {
            "n": asked, "had": had,
        })  # fmt: skip
        return redirect("assignments")
    return render(request, "training/assignments/new.html", {"form": form})


@for_leads
def detail(request: SignedIn, pk: int) -> HttpResponse:
    row = _find(request, pk)
    return render(request, "training/assignments/detail.html", _context(row))


@for_leads
@require_POST
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Waive it, move its day, or take it back."""
    row = _find(request, pk)
    act = request.POST.get("act", "")
    waive, due = WaiveForm(request.POST), DueForm(request.POST)
    if act == "waive" and not waive.is_valid():
        return render(request, "training/assignments/detail.html", _context(row, waive=waive))
    if act == "move" and not due.is_valid():
        return render(request, "training/assignments/detail.html", _context(row, due=due))
    try:
        _apply(request, row, act, waive, due)
    except assignments.CannotAssign:
        messages.info(request, _("Nothing was changed: it was settled meanwhile."))
    else:
        messages.success(request, _("Done."))
    return redirect("assignment", row.pk)


def _apply(request: SignedIn, row: Assignment, act: str, waive: WaiveForm, due: DueForm) -> None:
    if act == "waive":
        assignments.waive(row, reason=waive.cleaned_data["reason"], by=request.user)
    elif act == "move":
        assignments.move(row, due_on=due.cleaned_data["due_on"], by=request.user)
    elif act == "withdraw":
        assignments.withdraw(row, by=request.user)
    else:
        raise Http404


@for_leads
def new_plan(request: SignedIn) -> HttpResponse:
    """Ask a pathway of whoever fits, from now on."""
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, by=request.user)
    if sent is not None and form.is_valid():
        plans.make(form.save(commit=False), by=request.user)
        messages.success(request, _("The plan stands. Whoever joins later is asked as well."))
        return redirect("assignments")
    return render(request, "training/assignments/plan.html", {"form": form})


@for_leads
@require_POST
def end_plan(request: SignedIn, pk: int) -> HttpResponse:
    plan = get_object_or_404(AssignmentPlan.objects.visible_to(request.user), pk=pk)
    if not policies.can_end_plan(request.user, plan):
        raise Http404
    plans.end(plan, by=request.user)
    messages.success(request, _("Nobody else is asked by this plan. What was assigned stays."))
    return redirect("assignments")


def _find(request: SignedIn, pk: int) -> Assignment:
    """Return an assignment of somebody the person answers for, or 404."""
    rows = Assignment.objects.visible_to(request.user).select_related("person", "pathway")
    row: Assignment = get_object_or_404(rows, pk=pk)
    if not policies.can_assign(request.user, row.person):
        raise Http404
    return row


def _context(
    row: Assignment, *, waive: WaiveForm | None = None, due: DueForm | None = None
) -> dict[str, object]:
    done = assignments.done_on([row])[row.pk]
    pages = ModulePage.objects.in_bulk(row.modules)
    return {
        "row": row,
        "modules": [(pages[pk], done.get(pk)) for pk in row.modules if pk in pages],
        "waive": waive or WaiveForm(),
        "due": due or DueForm(initial={"due_on": row.due_on}),
        "error_form": waive or due,
    }
