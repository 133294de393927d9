"""A dashboard is remembered for a minute, for whoever opens it again and again.

Forgotten at once when the person sends anything, when their roles or centers change, when a text
is hidden anywhere, and at midnight. Only in a cache that forgets by itself: `HOME_KEPT_SECONDS` is
0 where the cache is files.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from portal.core import remembered
from portal.home import dashboards
from portal.people import roles

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def parts(request: HttpRequest) -> SafeString:
    """Return what stands on the dashboard of whoever asks, made now or within the last minute."""
    user: Any = request.user
    known = remembered.kept("home", _said(user), [f"user.{user.pk}"], lambda: str(_made(request)))
    safe: SafeString = mark_safe(known)  # noqa: S308  our own template's output
    return safe


def _made(request: HttpRequest) -> SafeString:
    user: Any = request.user
    made: SafeString = render_to_string("home/_parts.html", dashboards.read(user), request)
    return made


def _said(user: Any) -> list[str]:
    return [
        str(user.pk),
        str(timezone.localdate()),
        *sorted(roles.of(user)),
        "centers",
        *sorted(map(str, roles.centers_of(user))),
    ]


def forget_after_change(get_response: GetResponse) -> GetResponse:
    """Forget what is remembered for whoever sends something."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and request.user.is_authenticated:
            remembered.forget(f"user.{request.user.pk}")
        return response

    return middleware
