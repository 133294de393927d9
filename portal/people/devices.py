"""Known browsers: a sign-in from a new one is told to the person by mail.

A browser is known by a cookie of its own, or by its kind together with the network it comes from.
Both are kept as keyed digests; no address of a network is stored here.
"""

import hashlib
import hmac
import ipaddress
import re
import secrets

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.core import events, mail, mail_registry
from portal.people.models import KnownDevice, User

COOKIE = "__Host-device" if settings.HTTPS else "device"
COOKIE_AGE = 400 * 24 * 60 * 60  # seconds; browsers allow no more
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"),
            ("CriOS", "Chrome"), ("FxiOS", "Firefox"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux"))  # fmt: skip
mail_registry.put("account", "new_device")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


def label(user_agent: str) -> str:
    """Return browser and system in words, never the whole text that the browser sent."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "another browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "another system")
    return f"{browser} on {system}"


@receiver(user_logged_in)
def note(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Record the sign-in; tell the person by mail when the browser is a new one."""
    what = label(request.headers.get("User-Agent", ""))
    token = request.COOKIES.get(COOKIE, "")
    if not TOKEN.fullmatch(token):
        token = secrets.token_urlsafe(24)
    marks = [_mark(user, "cookie", token), _mark(user, what, _network(request))]
    known = KnownDevice.objects.filter(user=user)
    is_known = known.filter(mark__in=marks).exists()
    is_first = not known.exists()
    for mark in marks:
        KnownDevice.objects.update_or_create(
            user=user,
            mark=mark,
            defaults={"label": what, "last_seen_on": timezone.localdate()},
        )
    request._portal_device = token  # type: ignore[attr-defined]
    event = events.record("signin.done", actor=user, subject=user, device=what)
    if not (is_known or is_first):
        events.record("signin.new_device", actor=user, subject=user, device=what)
        context: dict[str, str | int] = {"device": what, "path": "/accounts/sessions/"}
        mail.queue(user.pk, "new_device", subject_key=f"device:{event.pk}", context=context)


def keep_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its cookie in the answer to a sign-in."""
    token = getattr(request, "_portal_device", None)
    if token:
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )


def _mark(user: User, kind: str, value: str) -> str:
    text = f"{user.pk}\n{kind}\n{value}"
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _network(request: HttpRequest) -> str:
    """Return the network of the visitor: /24 of IPv4, /48 of IPv6."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except ValueError:
        return ""
    width = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
