"""System checks of the settings of search; silent while nothing is set."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

ENGINES = ("auto", "database", "elasticsearch")


@register()
def search_is_set_as_it_can_be(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(message, hint=hint, id=code)
        for code, stands, message, hint in (
            (
                "portal.E120",
                settings.SEARCH_ENGINE not in ENGINES,
                "SEARCH_ENGINE is none of auto, database, elasticsearch.",
                "Leave it out: auto uses Elasticsearch where ELASTICSEARCH_URL is set.",
            ),
            (
                "portal.E121",
                settings.SEARCH_ENGINE == "elasticsearch" and not settings.ELASTICSEARCH_URL,
                "SEARCH_ENGINE is elasticsearch, and no ELASTICSEARCH_URL is set.",
                "Set it, for example https://user:password@search.example.org:9200.",
            ),
            (
                "portal.E122",
                bool(settings.ELASTICSEARCH_URL) and not _is_complete(settings.ELASTICSEARCH_URL),
                "ELASTICSEARCH_URL has no scheme, host or port.",
                "Write it whole, for example https://user:password@search.example.org:9200.",
            ),
        )
        if stands
    ]


def _is_complete(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        return False
