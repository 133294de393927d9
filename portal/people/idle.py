"""The idle time-out: a session that nobody uses ends, and what was typed comes back unsaved.

The page warns two minutes before (frame.js and idle.js); without script the next request finds
the session ended, and a form that was sent is given back (portal.people.sections).
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from portal.core import events
from portal.people import devices

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN = "seen_at"
BEGAN = "began_at"
# Seconds between two notes of a session's use: not every page writes the session.
MOST_SELDOM = 5 * 60
# A page that asks by itself, with nobody there, keeps no session alive.
BY_ITSELF = "X-Portal-Unattended"
OVER = "over"  # its value where the page's own clock has run out: the session ends with the page
EDITOR_PINGS = "/cms/editing-sessions/"


def end_idle_sessions(get_response: GetResponse) -> GetResponse:
    """End a session that was not used for SESSION_IDLE_MINUTES; note the use of the others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _look_at(request)
        response = get_response(request)
        devices.keep_cookie(request, response)
        return response

    return middleware


def every() -> int:
    """Return the seconds between two notes of a session's use: five minutes, or a sixth of a
    shorter time-out than half an hour."""
    return min(MOST_SELDOM, settings.SESSION_IDLE_MINUTES * 60 // 6)


def _look_at(request: HttpRequest) -> None:
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.get(SEEN)
    # What was used since the last note is known to the page alone; without it that much is given.
    given = 0 if request.headers.get(BY_ITSELF) == OVER else every()
    is_idle = seen is not None and now - seen >= settings.SESSION_IDLE_MINUTES * 60 + given
    # Each save gives the session its whole age anew; the day's end holds all the same.
    if is_idle or now - began >= settings.SESSION_COOKIE_AGE:
        user: Any = request.user
        events.record("signin.idle", actor=user, subject=user)
        logout(request)
    elif not _asks_by_itself(request) and (seen is None or now - seen >= every()):
        request.session[SEEN] = now


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page that polls, with nobody there: ours say so; Wagtail's editor pings who edits."""
    return BY_ITSELF in request.headers or request.path.startswith(EDITOR_PINGS)


@receiver(user_logged_in)
def begin(sender: object, request: HttpRequest | None, **kwargs: object) -> None:
    if request is not None and hasattr(request, "session"):
        request.session[SEEN] = request.session[BEGAN] = int(time.time())
