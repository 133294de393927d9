"""System checks: the name trap, and what must not remain in production."""

import ipaddress
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from portal import log_settings
from portal.core import error_reports

SHORTEST_TOKEN = 32  # characters
SHADOWED = Error(
    "The folder `requests/` hides the PyPI library `requests`, which Wagtail needs.",
    hint="Delete requests/__init__.py: it is a plain folder that holds the app `assistance`.",
    id="portal.E001",
)
BAD_MFA_KEY = Error(
    "MFA_KEYS holds something that is no key.",
    hint="Make one: python -c 'from cryptography.fernet import Fernet; "
    "print(Fernet.generate_key().decode())'",
    id="portal.E003",
)
BAD_LOG_FORMAT = Error(
    "LOG_FORMAT is none of line, json; lines are written.",
    hint="Leave it out, or set LOG_FORMAT=json.",
    id="portal.E004",
)


@register()
def requests_is_the_library(**kwargs: Any) -> list[CheckMessage]:
    import requests

    return [] if hasattr(requests, "get") else [SHADOWED]


@register()
def the_format_of_the_log_is_known(**kwargs: Any) -> list[CheckMessage]:
    return [] if settings.LOG_FORMAT in log_settings.FORMATS else [BAD_LOG_FORMAT]


@register()
def second_factor_keys_are_keys(**kwargs: Any) -> list[CheckMessage]:
    try:
        for key in settings.MFA_KEYS:
            Fernet(key)
    except ValueError:
        return [BAD_MFA_KEY]
    return []


@register(Tags.security, deploy=True)
def nothing_embedded_remains(**kwargs: Any) -> list[CheckMessage]:
    """Name each embedded default that is still in place; `check --deploy` fails on them."""
    return [
        Error(message, hint=hint or "See docs/operations.md.", id=code)
        for code, stands, message, hint in [*_defaults(), *_transport(), *_watching()]
        if stands
    ]


Fault = tuple[str, bool, str, str]


def _defaults() -> Iterator[Fault]:
    yield "portal.E101", settings.SECRET_KEY_IS_KEPT_IN_STATE, "SECRET_KEY is kept in var/.", ""
    yield "portal.E102", settings.SQLITE, "The database is SQLite. Set DATABASE_URL.", ""
    yield (
        "portal.E103",
        settings.CELERY_BROKER_URL.startswith("filesystem:"),
        "The broker is a folder. Set CELERY_BROKER_URL.",
        "",
    )
    yield "portal.E104", not settings.EMAIL_URL, "Mail is written to files. Set EMAIL_URL.", ""
    yield "portal.E105", not settings.HTTPS, "BASE_URL is not https.", ""
    yield (
        "portal.E106",
        "filebased" in settings.CACHES["default"]["BACKEND"].lower(),
        "The cache is a folder. Set CACHE_URL.",
        "",
    )
    yield (
        "portal.E107",
        not {"manager", "coordinator"} <= set(settings.MFA_REQUIRED_ROLES),
        "Managers and coordinators need no second factor.",
        "Set MFA_REQUIRED_ROLES=manager,coordinator.",
    )
    yield (
        "portal.E108",
        bool({"*", "localhost"} & set(settings.ALLOWED_HOSTS)),
        "ALLOWED_HOSTS is open or local. Name the host.",
        "",
    )
    yield (
        "portal.E109",
        settings.DEFAULT_FROM_EMAIL.endswith("@example.org"),
        "DEFAULT_FROM_EMAIL is an example.",
        "",
    )
    yield (
        "portal.E110",
        settings.MFA_KEYS_ARE_KEPT_IN_STATE,
        "The key of second-factor secrets is kept in var/. Set MFA_KEYS.",
        BAD_MFA_KEY.hint or "",
    )
    yield (
        "portal.E111",
        settings.AUDIT_KEY_IS_KEPT_IN_STATE,
        "The key of the audit's chain is kept in var/. Set AUDIT_KEY.",
        "",
    )
    yield (
        "portal.E112",
        not settings.BACKUP_KEY,
        "Backups are not encrypted. Set BACKUP_KEY.",
        "manage.py backup_key makes a pair; the server gets the public half alone.",
    )
    yield (
        "portal.E113",
        "SECRET" in settings.BACKUP_KEY,
        "BACKUP_KEY is the secret half. The server needs the public one alone.",
        "",
    )
    yield (
        "portal.E114",
        not 5 <= settings.SESSION_IDLE_MINUTES <= 60,
        "SESSION_IDLE_MINUTES is not between 5 and 60.",
        "",
    )
    yield (
        "portal.E115",
        not settings.ACCESSIBILITY_CONTACT,
        "The accessibility statement names nobody. Set ACCESSIBILITY_CONTACT.",
        "",
    )


def _transport() -> Iterator[Fault]:
    """What leaves this machine is encrypted on its way (201 CMR 17.04 (3))."""
    database = settings.DATABASES["default"]
    options = {**database.get("OPTIONS", {})}
    is_safe = _is_here(database.get("HOST", "")) or str(options.get("sslmode", "")) in {
        "require",
        "verify-ca",
        "verify-full",
    }
    hint = "Add ?sslmode=verify-full to DATABASE_URL."
    yield (
        "portal.E121",
        not (settings.SQLITE or is_safe),
        "The database is spoken to plainly.",
        hint,
    )
    caches = settings.CACHES["default"].get("LOCATION", "")
    for code, name, urls in (
        ("portal.E122", "CACHE_URL", caches if isinstance(caches, list) else [str(caches)]),
        ("portal.E123", "CELERY_BROKER_URL", settings.CELERY_BROKER_URL.split(";")),
        ("portal.E124", "ELASTICSEARCH_URL", [settings.ELASTICSEARCH_URL]),
        ("portal.E126", "OIDC_SERVER_URL", [settings.OIDC_SERVER_URL]),
    ):
        is_plain = not all(_is_safe(url) for url in urls)
        yield code, is_plain, f"{name} speaks plainly over a network.", "Use TLS."
    is_open = bool(settings.OIDC_SERVER_URL) and not settings.OIDC_DOMAINS
    hint = "Set OIDC_DOMAINS to the domains of its addresses."
    yield "portal.E127", is_open, "The agency's sign-on vouches for no domain.", hint
    is_mail_safe = settings.EMAIL_URL.startswith(("smtp+tls", "smtps", "smtp+ssl", "submission"))
    query = parse_qs(urlsplit(settings.EMAIL_URL).query)
    is_mail_safe |= "tls" in query or "ssl" in query or not settings.EMAIL_URL
    is_mail_safe |= _is_here(urlsplit(settings.EMAIL_URL).hostname or "")
    yield "portal.E125", not is_mail_safe, "EMAIL_URL sends plainly.", "Use smtp+tls://."


def _watching() -> Iterator[Fault]:
    """What tells others how the portal does, where it is set."""
    token = settings.METRICS_TOKEN
    hint = "Make one: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    is_short = bool(token) and len(token) < SHORTEST_TOKEN
    yield "portal.E128", is_short, "METRICS_TOKEN is shorter than 32 characters.", hint
    is_missing = bool(settings.SENTRY_DSN) and not error_reports.is_installed()
    hint = "Run uv sync --no-dev --extra sentry, or leave SENTRY_DSN out."
    yield "portal.E129", is_missing, "SENTRY_DSN is set, and its package is missing.", hint
    is_plain = not _is_safe(settings.SENTRY_DSN)
    yield "portal.E130", is_plain, "SENTRY_DSN speaks plainly over a network.", "Use https."


def _is_safe(url: str) -> bool:
    """Say whether an address is encrypted, or no network lies between. A path is on this machine;
    `host:port` without a scheme (memcached) is plain.
    """
    if not url or url.startswith("/"):
        return True
    if "://" not in url:
        return _is_here(url.rpartition(":")[0] or url)
    parts = urlsplit(url)
    encrypted = {"https", "rediss", "amqps"}
    encrypted |= {"filesystem", "file", "unix", "redis+socket", "locmem"}  # on this machine
    return parts.scheme in encrypted or (bool(parts.hostname) and _is_here(parts.hostname or ""))


def _is_here(host: str) -> bool:
    """Say whether a host is this machine: a socket, localhost, or a loopback address."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@register(Tags.security, deploy=True)
def no_demo_data(**kwargs: Any) -> list[CheckMessage]:
    from portal.core.models import DemoMark

    try:
        marked = DemoMark.objects.exists()
    except DatabaseError:  # not migrated, or out of reach: another check says so
        return []
    message = "This database holds demo accounts."
    return [Error(message, hint="Start from an empty one.", id="portal.E002")] if marked else []
