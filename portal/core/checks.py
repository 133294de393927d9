"""System checks: the name trap, and what must not remain in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

SHADOWED = Error(
    "The folder `requests/` hides the PyPI library `requests`, which Wagtail needs.",
    hint="Delete requests/__init__.py: it is a plain folder that holds the app `assistance`.",
    id="portal.E001",
)


@register()
def requests_is_the_library(**kwargs: Any) -> list[CheckMessage]:
    import requests

    return [] if hasattr(requests, "get") else [SHADOWED]


@register(Tags.security, deploy=True)
def nothing_embedded_remains(**kwargs: Any) -> list[CheckMessage]:
    """Name each embedded default that is still in place; `check --deploy` fails on them."""
    faults = {
        "portal.E101": (settings.SECRET_KEY_IS_KEPT_IN_STATE, "SECRET_KEY is kept in var/."),
        "portal.E102": (settings.SQLITE, "The database is SQLite. Set DATABASE_URL."),
        "portal.E103": (
            settings.CELERY_BROKER_URL.startswith("filesystem:"),
            "The broker is a folder. Set CELERY_BROKER_URL.",
        ),
        "portal.E104": (not settings.EMAIL_URL, "Mail is written to files. Set EMAIL_URL."),
        "portal.E105": (not settings.HTTPS, "BASE_URL is not https."),
        "portal.E106": (
            "filebased" in settings.CACHES["default"]["BACKEND"].lower(),
            "The cache is a folder. Set CACHE_URL.",
        ),
        "portal.E107": (
            not settings.MFA_REQUIRED_ROLES,
            "No role must use a second factor. Set MFA_REQUIRED_ROLES=manager,coordinator.",
        ),
        "portal.E108": (
            bool({"*", "localhost"} & set(settings.ALLOWED_HOSTS)),
            "ALLOWED_HOSTS is open or local. Name the host.",
        ),
        "portal.E109": (
            settings.DEFAULT_FROM_EMAIL.endswith("@example.org"),
            "DEFAULT_FROM_EMAIL is an example.",
        ),
    }
    return [
        Error(message, hint="See docs/operations.md.", id=code)
        for code, (stands, message) in faults.items()
        if stands
    ]


@register(Tags.security, deploy=True)
def no_demo_data(**kwargs: Any) -> list[CheckMessage]:
    from portal.core.models import DemoMark

    try:
        marked = DemoMark.objects.exists()
    except DatabaseError:  # not migrated, or out of reach: another check says so
        return []
    message = "This database holds demo accounts."
    return [Error(message, hint="Start from an empty one.", id="portal.E002")] if marked else []
