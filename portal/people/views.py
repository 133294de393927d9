"""Joining, and the way into the admin."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.people import invitations
from portal.people.forms import JoinForm
from portal.people.models import Invitation


def cms_login(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in page. Who is signed in already and lands here has no work there."""
    if request.user.is_authenticated:
        raise Http404
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, settings.HTTPS)
    return redirect_to_login(wanted if is_ours else "/cms/", "/accounts/login/")


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Hide an address that a library brings along."""
    raise Http404


def _join_center(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody with an account agrees, signed in, to stand on another center's roster."""
    if request.user != invitation.user:
        return redirect_to_login(request.get_full_path(), "/accounts/login/")
    if request.method == "POST":
        invitations.agree(invitation)
        return redirect("home")
    return render(request, "people/join_center.html", {"invitation": invitation})


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: set a password and be signed in."""
    try:
        invitation = invitations.find(token)
    except invitations.InvitationClosed:
        return render(request, "people/invitation_closed.html", status=410)
    if invitation.user.has_joined:
        return _join_center(request, invitation)
    form = JoinForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(invitation, password=form.cleaned_data["new_password1"])
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    return render(request, "people/join.html", {"form": form, "invitation": invitation})
