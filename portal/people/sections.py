"""Sections of the portal: signed out leads to sign-in, not for one's role is 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from portal.people import roles

View = Callable[..., HttpResponseBase]


def only(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Open a view to whom the predicate allows; everyone else signed in gets 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


members = only(roles.is_member)
