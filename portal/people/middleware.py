"""What roles mean before a view runs."""

import re
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from portal.core.redaction import pages
from portal.core.views import give_back
from portal.people import attestations, roles
from portal.people.models import Role

GetResponse = Callable[[HttpRequest], HttpResponse]
PAGE_OF_CMS = re.compile(r"/cms/(?:pages|workflows)/(?:[a-z_]+/)*(\d{1,18})/")
OPEN_WITHOUT_MFA = ("/accounts/", "/leave/", "/static/", "/healthz", "/readyz")


def require_mfa(get_response: GetResponse) -> GetResponse:
    """Lead whoever holds a role of MFA_REQUIRED_ROLES to the second factor until one is set up."""
    required = frozenset(settings.MFA_REQUIRED_ROLES)
    if Role.MANAGER in required:
        required |= {Role.DEPUTY}  # holds the manager's rights

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            required
            and not request.path.startswith(OPEN_WITHOUT_MFA)
            and (request.user.is_superuser or roles.has(request.user, *required))
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


OPEN_WITHOUT_ATTESTATION = (*OPEN_WITHOUT_MFA, "/me/attest/", "/privacy/", "/accessibility/")


def ask_for_attestation(get_response: GetResponse) -> GetResponse:
    """Lead whoever has not attested for a year and a month to the yearly page first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_overdue = (
            request.user.is_authenticated
            and not request.path.startswith(OPEN_WITHOUT_ATTESTATION)
            and attestations.is_overdue(request)
        )
        if not is_overdue:
            return get_response(request)
        if request.method == "POST":
            return give_back(request, {"must_attest": True})
        return redirect(f"/me/attest/?{urlencode({'next': request.get_full_path()})}")

    return middleware


def hide_cms(get_response: GetResponse) -> GetResponse:
    """Answer 404 under /cms/ to signed-in people who have no work there, and for a page that a
    second person looks at: its editor and its history would show what is hidden."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if request.path.startswith("/cms/") and user.is_authenticated:
            may_enter = roles.may_open_cms(user) or user.is_superuser
            if not may_enter or _is_withheld(request.path):
                raise Http404
        return get_response(request)

    return middleware


def _is_withheld(path: str) -> bool:
    found = PAGE_OF_CMS.match(path)
    return found is not None and pages.is_withheld(int(found[1]))
