"""One's own account: details, sign-in, the yearly attestation, everything that is kept."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.people import attestations, idle, roster
from portal.people.forms import AttestForm, OwnDetailsForm
from portal.people.mailing import suppressions
from portal.people.models import User
from portal.people.sections import members
from portal.people.views.person import json_download


@members
def own_account(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = OwnDetailsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        fresh = User.objects.get(pk=user.pk)
        roster.change(fresh, form.cleaned_data, by=fresh)
        messages.success(request, _("Saved. New certificates carry it; older ones stay."))
        return redirect("own_account")
    context = {
        "form": form,
        "memberships": user.memberships.active().select_related("center"),
        "attest_by": attestations.due_on(user),
        "returned": suppressions.standing(user),
        "has_second_step": Authenticator.objects.filter(user=user).exists(),
    }
    return render(request, "people/account.html", context)


@members
@reauthentication_required(allow_get=False)
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that the portal keeps of oneself, as a file; the password is asked again."""
    return json_download(request, request.user)  # type: ignore[arg-type]


@members
def attest(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = AttestForm(request.POST or None)
    wanted = request.GET.get("next", "/")
    if request.method == "POST" and form.is_valid():
        attestations.attest(user)
        attestations.remember(request, user)
        is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=request.is_secure()
        )
        return HttpResponseRedirect(wanted if is_ours else "/")
    context = {"form": form, "attest_by": attestations.due_on(user)}
    return render(request, "people/attest.html", context)


@members
def idle_dialog(request: HttpRequest) -> HttpResponse:
    """The dialog of the idle time-out alone, for Wagtail's admin, whose frame is not ours."""
    return render(request, "frame/idle.html")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Go on: the middleware has noted that somebody is there. 401 when the session has ended,
    unless the page says itself that its time is over."""
    knows = request.headers.get(idle.BY_ITSELF) == idle.OVER
    return HttpResponse(status=204 if knows or request.user.is_authenticated else 401)
