"""What is logged and how: no bodies, no query strings, no addresses of people."""

from typing import Any

FORMATS = ("line", "json")


def config(*, log_format: str, audit_log: str) -> dict[str, Any]:
    """Return Django's LOGGING. An unknown format falls back to lines; a check names it."""
    is_printed = audit_log == "stdout"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "plain_request": {"()": "portal.core.logs.WithoutQueryString"},
            "ids": {"()": "portal.core.logs.WithIds"},
        },
        "formatters": {
            "line": {
                "()": "portal.core.logs.ClassOnly",
                "format": "{asctime} {levelname} {name} {ids}{message}",
                "style": "{",
                "defaults": {"ids": ""},
            },
            "json": {"()": "portal.core.logs.AsJson"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": log_format if log_format in FORMATS else "line",
                "filters": ["plain_request", "ids"],
            },
            # The audit's events as JSON lines, for a collector that keeps them elsewhere.
            "audit": {
                "class": "logging.StreamHandler" if is_printed else "logging.NullHandler",
                **({"stream": "ext://sys.stdout"} if is_printed else {}),
            },
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django_tasks": {"level": "WARNING"},
            "elastic_transport": {"level": "ERROR"},  # a server that is gone is told once, by us
            "portal.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
            "wagtail": {"level": "WARNING"},  # its lines name pages by the title somebody typed
            "django.request": {"level": "ERROR"},
            # Its own handler would print an address whole, and an error with its words.
            "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "pypdf": {"level": "CRITICAL"},  # its warnings quote the file
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }
