"""Sections of the portal: signed out leads to sign-in, not for one's role is 404.

A form that is sent after the session ended comes back with what was typed, unsaved.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.core.views import csrf_failure
from portal.people import roles

View = Callable[..., HttpResponseBase]


def only(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Open a view to whom the predicate allows; everyone else signed in gets 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out(request)
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _signed_out(request: HttpRequest) -> HttpResponse:
    if "X-Portal-Unattended" in request.headers:
        return HttpResponse(
            status=204
        )  # a page that asks by itself gets no sign-in page swapped in
    if request.method == "POST":
        return csrf_failure(request)
    return redirect_to_login(request.get_full_path())


members = only(roles.is_member)
