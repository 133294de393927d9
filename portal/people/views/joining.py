"""Joining: by invitation, or by asking; and the way into the admin."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import events
from portal.people import invitations, joining, policies
from portal.people.forms import JoinForm, JoinRequestForm
from portal.people.models import Invitation, JoinRequest
from portal.people.sections import only

for_leads = only(policies.can_see_team)


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
    if invitations.is_in(invitation.user):
        return _join_center(request, invitation)
    form = JoinForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(invitation, password=form.cleaned_data["new_password1"])
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    return render(request, "people/join.html", {"form": form, "invitation": invitation})


def ask_to_join(request: HttpRequest) -> HttpResponse:
    """Ask to join a center's team. The answer is the same for every address."""
    if request.user.is_authenticated:
        return redirect("own_account")
    form = JoinRequestForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="join"):
            refused: HttpResponse = ratelimit.respond_429(request)
            return refused
        if form.is_valid():
            joining.ask(form.instance)
            return render(request, "people/asked.html")
    return render(request, "people/ask_to_join.html", {"form": form})


def confirm_asking(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address. The link alone changes nothing: mail scanners follow links."""
    try:
        asked = joining.find(token)
    except joining.NotOpen:
        return render(request, "people/invitation_closed.html", status=410)
    if request.method == "POST":
        joining.confirm(asked)
        return render(request, "people/confirmed.html", {"asked": asked})
    return render(request, "people/confirm_asking.html", {"asked": asked})


@for_leads
def requests_to_join(request: HttpRequest) -> HttpResponse:
    events.record("people.joining_viewed", actor=request.user)
    waiting = JoinRequest.objects.waiting().visible_to(request.user)
    context = {"waiting": waiting.select_related("center", "discipline")}
    return render(request, "people/requests_to_join.html", context)


@for_leads
@require_POST
def decide_joining(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user), pk=pk)
    decide = {"approve": joining.approve, "decline": joining.decline}.get(
        request.POST.get("decision", "")
    )
    if decide is None:
        raise Http404
    try:
        decide(asked, by=request.user)  # type: ignore[arg-type]
    except joining.NotOpen:
        messages.info(request, _("Somebody has decided this request already."))
    except invitations.CannotInvite:
        messages.error(request, _("This account was closed by the program. Ask the manager."))
    else:
        messages.success(request, _("Done. Whoever was approved gets an invitation by mail."))
    return redirect("requests_to_join")
