"""One person of the roster: what is known, and what a lead may change."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core import events
from portal.people import (
    anonymising,
    attestations,
    grants,
    invitations,
    leaving,
    merging,
    personal_data,
    policies,
    roster,
    scope,
)
from portal.people.forms import (
    AssignForm,
    CenterForm,
    GrantForm,
    LeaveForm,
    MergeForm,
    PersonForm,
)
from portal.people.models import (
    Center,
    CoordinatorAssignment,
    LegalHold,
    Membership,
    PersonAlias,
    User,
)
from portal.people.models.role import GRANTED
from portal.people.sections import only

View = Callable[..., HttpResponse]
for_leads = only(policies.can_see_team)
for_managers = only(policies.can_give_roles)

REFUSALS = {
    "self": gettext_lazy("You cannot do this to your own account."),
    "gone": gettext_lazy("This account is closed."),
    "taker": gettext_lazy("The person you chose cannot take the work. Choose somebody else."),
    "last_manager": gettext_lazy("Nobody else has the manager's role. Give it to somebody first."),
    "same": gettext_lazy("Both addresses belong to the same account."),
    "alias": gettext_lazy("One of the two counts for another account already."),
    "roles": gettext_lazy(
        "The account to be closed holds a role or an assignment. End that first."
    ),
    "active": gettext_lazy("Access has not ended yet. End it first."),
    "held": gettext_lazy("A legal hold keeps this person's data."),
    "done": gettext_lazy("This was done before."),
}


def of_person(may: Callable[[Any, User], bool]) -> Callable[[View], View]:
    """Give the view the person of the address; 404 where the rule does not hold."""

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            person = get_object_or_404(User, pk=pk)
            if not may(request.user, person):
                raise Http404
            return view(request, person, **kwargs)

        return found

    return decorate


@for_leads
@of_person(policies.can_see_person)
def person(request: HttpRequest, person: User) -> HttpResponse:
    events.record("people.viewed", actor=request.user, subject=person)
    user = request.user
    own = set(scope.centers(user).values_list("pk", flat=True))  # type: ignore[arg-type]
    memberships = list(person.memberships.active().select_related("center"))
    standing = PersonAlias.objects.standing()
    may_change = policies.answers_for(user, person)
    others = _other_centers(user, person) if may_change and person.is_active else None
    context = {
        "person": person,
        "memberships": [(m, m.center_id in own) for m in memberships],
        "assignments": person.assignments.active().select_related("center"),
        # Reviewers may be survivors: who holds which role is the manager's to see.
        "grants": person.grants.active() if policies.can_give_roles(user) else [],
        "invitation": person.invitations.first(),
        "attest_by": attestations.due_on(person),
        "has_second_step": Authenticator.objects.filter(user=person).exists(),
        "aliases": standing.filter(person=person).select_related("alias"),
        "alias_of": standing.filter(alias=person).select_related("person").first(),
        "is_held": policies.can_hold(user)
        and LegalHold.objects.standing().filter(person=person).exists(),
        "may_change": may_change,
        "on_form": CenterForm(among=others) if others else None,
        "may_end": policies.can_end_access(user, person),
        "may_give_roles": policies.can_give_roles(user),
    }
    return render(request, "people/person.html", context)


@for_leads
@of_person(policies.answers_for)
def change(request: HttpRequest, person: User) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        fresh = User.objects.get(pk=person.pk)
        roster.change(fresh, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        return redirect("person", person.pk)
    return render(request, "people/change.html", {"form": form, "person": person})


@for_leads
@of_person(policies.can_end_access)
def leave(request: HttpRequest, person: User) -> HttpResponse:
    """End a person's access: say what is open, choose who takes it, and confirm."""
    form = LeaveForm(request.POST or None, by=request.user, person=person)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        try:
            leaving.leave(person, by=request.user, taker=form.cleaned_data["taker"])  # type: ignore[arg-type]
        except leaving.CannotLeave as refused:
            form.add_error(None, str(REFUSALS[refused.reason]))
        else:
            messages.success(request, _("Access has ended everywhere. What was done stays."))
            return _back_to(request, person)
    context = {
        "form": form,
        "person": person,
        "work": leaving.open_work(person),
        "assignments": person.assignments.active().select_related("center"),
    }
    return render(request, "people/leave.html", context)


@for_leads
@require_POST
@of_person(policies.answers_for)
def invite_again(request: HttpRequest, person: User) -> HttpResponse:
    try:
        invitations.again(person, by=request.user)  # type: ignore[arg-type]
    except invitations.InvitationClosed:
        messages.info(request, _("There is nothing to invite to: the person has joined or left."))
    else:
        messages.success(request, _("A new invitation is on its way; the old link ends."))
    return redirect("person", person.pk)


def _other_centers(user: Any, person: User) -> QuerySet[Center]:
    """Return the centers that somebody answers for and whose roster the person is not on."""
    members = Membership.objects.current_and_coming().filter(user=person)
    return scope.centers(user).exclude(pk__in=members.values("center"))


@for_leads
@require_POST
@of_person(policies.answers_for)
def put_on(request: HttpRequest, person: User) -> HttpResponse:
    """Put somebody whom one answers for on the roster of another center of one's own."""
    form = CenterForm(request.POST, among=_other_centers(request.user, person))
    if not person.is_active or not form.is_valid():
        messages.error(request, _("Nothing was changed. Choose one of the centers."))
    elif roster.put_on(person, form.cleaned_data["center"], by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("Put on this roster."))
    return redirect("person", person.pk)


@for_leads
@require_POST
@of_person(policies.answers_for)
def take_off(request: HttpRequest, person: User, slug: str) -> HttpResponse:
    center = get_object_or_404(scope.centers(request.user), slug=slug)  # type: ignore[arg-type]
    roster.take_off(person, center, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Taken off this roster. The account and its record stay."))
    return _back_to(request, person)


def _back_to(request: HttpRequest, person: User) -> HttpResponse:
    seen = policies.can_see_person(request.user, person)
    return redirect("person", person.pk) if seen else redirect("team")


@for_managers
@of_person(policies.answers_for)
def give_roles(request: HttpRequest, person: User) -> HttpResponse:
    """Roles, duties and assignments: give, and end."""
    act = request.POST.get("act", "")
    grant_form = GrantForm(
        request.POST if act == "grant" else None,
        prefix="grant",
        by=request.user,  # type: ignore[arg-type]
        person=person,
    )
    assign_form = AssignForm(request.POST if act == "assign" else None, prefix="assign")
    if request.method == "POST" and _act(request, person, act, grant_form, assign_form):
        return redirect("person_roles", person.pk)
    context = {
        "person": person,
        "grant_form": grant_form,
        "assign_form": assign_form,
        "grants": person.grants.active().order_by("role"),
        "coming": person.grants.filter(starts_on__gt=timezone.localdate()),
        "earlier": person.grants.filter(ends_on__lt=timezone.localdate()),
        "assignments": person.assignments.active().select_related("center"),
    }
    return render(request, "people/roles.html", context)


def _act(
    request: HttpRequest, person: User, act: str, grant_form: GrantForm, assign_form: AssignForm
) -> bool:
    by: Any = request.user
    if act == "grant" and grant_form.is_valid():
        data = grant_form.cleaned_data
        if not policies.can_give_role(by, person, data["role"]):
            raise Http404
        grants.grant(
            person, data["role"], by=by, starts_on=data["starts_on"], ends_on=data["ends_on"]
        )
    elif act == "assign" and assign_form.is_valid():
        data = assign_form.cleaned_data
        roster.assign(
            person,
            data["center"],
            kind=data["kind"],
            label=data["label"],
            ends_on=data["ends_on"],
            by=by,
        )
    elif act == "end":
        return _end_role(request, person)
    elif act == "unassign":
        rows = CoordinatorAssignment.objects.active().filter(user=person)
        pk = request.POST.get("assignment", "")
        roster.unassign(get_object_or_404(rows, pk=pk if pk.isdecimal() else 0), by=by)
    else:
        return False
    return True


def _end_role(request: HttpRequest, person: User) -> bool:
    role = request.POST.get("role", "")
    if role not in [r.value for r in GRANTED]:
        raise Http404
    if not policies.can_give_role(request.user, person, role):
        raise Http404
    grants.end(person, role, by=request.user)  # type: ignore[arg-type]
    return True


@for_managers
@of_person(policies.answers_for)
def merge(request: HttpRequest, person: User) -> HttpResponse:
    """Another account of the same person is closed, and counts for this one from now on."""
    form = MergeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid() and form.alias is not None:
        try:
            merging.merge(form.alias, person, by=request.user)  # type: ignore[arg-type]
        except merging.CannotMerge as refused:
            form.add_error("email", str(REFUSALS[refused.reason]))
        else:
            messages.success(request, _("Merged. It can be taken back on this page."))
            return redirect("person", person.pk)
    return render(request, "people/merge.html", {"form": form, "person": person})


@for_managers
@require_POST
@of_person(policies.can_see_person)
def undo_merge(request: HttpRequest, person: User) -> HttpResponse:
    pk = request.POST.get("alias", "")
    rows = PersonAlias.objects.standing().filter(person=person)
    row = get_object_or_404(rows, alias_id=pk if pk.isdecimal() else 0)
    merging.undo(row, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The two accounts are two again."))
    return redirect("person", person.pk)


@for_managers
@of_person(policies.answers_for)
def anonymise(request: HttpRequest, person: User) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            anonymising.anonymise(person, by=request.user)  # type: ignore[arg-type]
        except anonymising.CannotAnonymise as refused:
            refusal = str(REFUSALS[refused.reason])
        else:
            messages.success(request, _("The name is gone everywhere; the counts stay."))
            return redirect("person", person.pk)
    return render(request, "people/anonymise.html", {"person": person, "refusal": refusal})


@for_managers
@reauthentication_required(allow_get=False)
@of_person(policies.can_see_person)
def data_of(request: HttpRequest, person: User) -> HttpResponse:
    """All data of one person, for whoever asks for a copy through the manager."""
    return json_download(request, person)


def json_download(request: HttpRequest, person: User) -> HttpResponse:
    events.record("people.data_exported", actor=request.user, subject=person)
    own = request.user.pk == person.pk
    text = personal_data.as_json(person, for_themselves=own)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="person-{person.pk}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
