"""The centers that somebody answers for, one of them, and the record of its protocol."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.privacy.forms import ScreenedForm
from portal.people import policies as people_policies
from portal.people import scope
from portal.people.models import Center
from portal.people.sections import only
from training import center_page, policies, protocols
from training.center_forms import ReviewForm, SignForm, VersionForm
from training.models import ProtocolSignOff, ProtocolVersion
from training.views import SignedIn

for_leads = only(people_policies.can_see_team)


@for_leads
def index(request: SignedIn) -> HttpResponse:
    """Twelve at most, so all on one page."""
    return render(
        request, "training/centers/index.html", {"lines": center_page.lines(request.user)}
    )


@for_leads
def detail(request: SignedIn, slug: str) -> HttpResponse:
    center = _find(request, slug)
    people = center_page.roster(request.user, center)
    coverage = center_page.coverage(people)
    serving = center_page.coordinators(center)
    kinds = {each.kind for each in serving}
    found = center_page.versions(center)
    newest = found[0].protocol if found else None
    context = {
        "center": center,
        "coordinators": serving,
        "has_primary": "primary" in kinds,
        "has_backup": "backup" in kinds,
        "place": center_page.place(center),
        "people": len(people),
        "joined": sum(person.has_joined for person in people),
        "coverage": coverage,
        "before": center_page.lapses_before(),
        "versions": found,
        "state": protocols.state_of(newest),
        "sessions": center_page.sessions(center),
        "talks": center_page.talks(center),
        "may_log": policies.can_log_talk_for(request.user, center.pk),
    }
    return render(request, "training/centers/detail.html", context)


@for_leads
def new_version(request: SignedIn, slug: str) -> HttpResponse:
    center = _find(request, slug)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "overrides": form.overrides}
        try:
            protocols.record(center, by=request.user, **said)
        except protocols.AlreadyRecorded:
            form.add_error("version", _("This version is recorded already. Give it another name."))
        else:
            messages.success(request, _("The version is recorded."))
            return redirect("center", slug)
    return _form(request, "version", center, form)


@for_leads
def sign(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Say that an agency signed a version."""
    center = _find(request, slug)
    protocol = get_object_or_404(ProtocolVersion, center=center, pk=pk)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "overrides": form.overrides}
        protocols.sign(protocol, by=request.user, **said)
        messages.success(request, _("The sign-off is recorded."))
        return redirect("center", slug)
    return _form(request, "sign", center, form, protocol)


@for_leads
def move_review(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    center = _find(request, slug)
    protocol = get_object_or_404(ProtocolVersion, center=center, pk=pk)
    form = ReviewForm(request.POST or None, protocol=protocol)
    if request.method == "POST" and form.is_valid():
        try:
            protocols.move_review(protocol, by=request.user, **form.cleaned_data)
            messages.success(request, _("The review has its new day."))
        except protocols.Superseded:
            messages.warning(request, _("Not moved: a newer version holds. Move the day of that."))
        return redirect("center", slug)
    return _form(request, "review", center, form, protocol)


@for_leads
@require_POST
def take_back(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Take back a sign-off that was a mistake."""
    rows = ProtocolSignOff.objects.select_related("protocol")
    protocols.take_back(
        get_object_or_404(rows, protocol__center=_find(request, slug), pk=pk), by=request.user
    )
    messages.success(request, _("The sign-off is taken back."))
    return redirect("center", slug)


def _find(request: SignedIn, slug: str) -> Center:
    return get_object_or_404(scope.centers(request.user), slug=slug)


def _form(
    request: SignedIn,
    name: str,
    center: Center,
    form: ScreenedForm | ReviewForm,
    protocol: ProtocolVersion | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"center": center, "form": form, "protocol": protocol}
    return render(request, f"training/centers/{name}.html", context)
