"""What the frame around every page needs."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal.core.models import DemoMark
from portal.people import roles
from portal.people.models import HelpLine

# Seconds, in each process for itself; the footer made of it is kept as long again (base.html).
KEEP = 30
VERSION = version("team-portal")

HelpLines = list[tuple[str, list[HelpLine]]]


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Names, navigation by role, help lines, the demo mark."""
    user = getattr(request, "user", None)
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_version": VERSION,
        "leave_url": "/leave/",
        "nav_items": navigation(user, request.path),
        "help_lines": help_lines,
        "is_demo": is_demo,
        "roles": roles.of(user),
        "is_manager": roles.is_manager(user),
        "agency_sign_on": bool(settings.OIDC_SERVER_URL),
        "idle": _idle(user),
        "may_open_cms": roles.may_open_cms(user),
    }


def _idle(user: Any) -> dict[str, int] | None:
    """Seconds of the idle time-out and of its warning, for idle.js; None when signed out."""
    if not roles.is_member(user):
        return None
    seconds = settings.SESSION_IDLE_MINUTES * 60
    return {"seconds": seconds, "warning": min(settings.SESSION_WARNING_SECONDS, seconds // 2)}


def navigation(user: Any, path: str) -> list[NavItem]:
    """Return the main navigation of the person's role."""
    if not roles.is_member(user):
        return []
    leads = roles.is_coordinator(user) or roles.is_manager(user)
    works_requests = leads or roles.is_specialist(user)
    entries = [
        ("Training", "/training/", True),
        ("Resources", "/resources/", True),
        ("Requests", "/requests/", works_requests),
        ("Ask", "/ask/", not works_requests),
        ("Team", "/team/", leads),
        ("Reports", "/reports/", roles.is_manager(user)),
        ("My record", "/me/transcript/", True),
    ]
    return [NavItem(label, url, path.startswith(url)) for label, url, shown in entries if shown]


def is_demo() -> bool:
    return bool(caches["process"].get_or_set("frame.is_demo", DemoMark.objects.exists, KEEP))


def help_lines() -> HelpLines:
    return caches["process"].get_or_set("frame.help_lines", _help_lines, KEEP) or []


def forget() -> None:
    caches["process"].clear()


@receiver([post_save, post_delete], sender=HelpLine)
@receiver([post_save, post_delete], sender=DemoMark)
def forget_after_change(**kwargs: object) -> None:
    """Show a changed help line at once in this process, within a minute in the others."""
    transaction.on_commit(forget)


def _help_lines() -> HelpLines:
    lines = list(HelpLine.objects.all())
    return [(g.label, [x for x in lines if x.group == g]) for g in HelpLine.Group]
