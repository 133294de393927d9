"""Error reports to a Sentry server, where SENTRY_DSN is set: the place and class of an error.

The server is another house, so what leaves is built from what may leave: a part of the report
that is not named here does not go. Compare `portal.core.logs`, which holds the same rules.
"""

import logging
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from portal.core import trace

logger = logging.getLogger(__name__)
Report = dict[str, Any]

KEPT = frozenset({
    "contexts", "environment", "event_id", "exception", "fingerprint", "level", "logentry",
    "logger", "platform", "release", "request", "sdk", "tags", "timestamp", "transaction", "type",
})  # fmt: skip
NAMES_OF_CODE = frozenset({"component", "route", "task", "view"})
KEPT_CONTEXTS = frozenset({"runtime", "trace"})
KEPT_OF_TRACE = frozenset({"op", "parent_span_id", "span_id", "status", "trace_id", "type"})
KEPT_OF_FRAME = frozenset({"abs_path", "filename", "function", "in_app", "lineno", "module"})


def is_installed() -> bool:
    return find_spec("sentry_sdk") is not None


def start_where_set() -> None:
    """Begin where SENTRY_DSN is set; without the package `check --deploy` names what is missing."""
    if settings.SENTRY_DSN and is_installed():
        start(settings.SENTRY_DSN, release=settings.REVISION)
    elif settings.SENTRY_DSN:
        logger.error("SENTRY_DSN is set, and the package for it is not installed.")


def start(dsn: str, *, release: str, **options: Any) -> None:
    """Send errors to the server of the address. `options` are the package's own."""
    import sentry_sdk

    ours: dict[str, Any] = {
        "release": release or None,
        # `send_default_pii` is off by itself; newer versions warn of whoever names it.
        "max_request_body_size": "never",
        "include_local_variables": False,
        "include_source_context": False,
        "max_breadcrumbs": 0,
        "auto_session_tracking": False,
        "send_client_reports": False,
        "before_send": scrub,
        "before_send_transaction": _none,
    }
    sentry_sdk.init(dsn=dsn, **ours, **options)


def _none(event: Report, hint: Mapping[str, Any]) -> None:
    """No timings of requests: their names would tell what somebody reads."""


def scrub(event: Report, hint: Mapping[str, Any]) -> Report:
    """Return the report with nothing typed, and nobody, in it.

    Gone are addresses, query strings, bodies, headers, cookies, the user, local variables,
    breadcrumbs, a task's arguments, and the words of errors and log lines, which may quote a row
    or an input.
    """
    kept = {name: value for name, value in event.items() if name in KEPT}
    if "request" in kept:
        kept["request"] = {"method": kept["request"].get("method")}
    if not _is_name_of_code(event):
        kept.pop("transaction", None)
    if "exception" in kept:
        kept["exception"] = {"values": list(_of_errors(kept["exception"]))}
    if "logentry" in kept:  # the text as the code has it; what was filled in is not sent
        kept["logentry"] = {"message": str(kept["logentry"].get("message", "")).split("?")[0]}
    kept["contexts"] = dict(_of_contexts(kept.get("contexts") or {}))
    ids = trace.now()
    known = {"request_id": ids.request, "task_id": ids.task}
    kept["tags"] = {name: value for name, value in known.items() if value}
    return kept


def _is_name_of_code(event: Mapping[str, Any]) -> bool:
    """Say whether the report's title is a route or a task, and not an address with what it holds:
    a link to join or to a new password is a secret."""
    return (event.get("transaction_info") or {}).get("source") in NAMES_OF_CODE


def _of_errors(exception: Mapping[str, Any]) -> Iterator[Report]:
    for error in exception.get("values") or []:
        kept = {name: error.get(name) for name in ("type", "module")}
        if error.get("mechanism"):
            kept["mechanism"] = {n: error["mechanism"].get(n) for n in ("type", "handled")}
        if error.get("stacktrace"):
            kept["stacktrace"] = {"frames": [_of_frame(f) for f in _frames(error)]}
        yield kept


def _frames(error: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(error["stacktrace"].get("frames") or [])


def _of_frame(frame: Mapping[str, Any]) -> Report:
    return {name: value for name, value in frame.items() if name in KEPT_OF_FRAME}


def _of_contexts(contexts: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    for name in KEPT_CONTEXTS & set(contexts):
        parts = contexts[name] or {}
        yield name, {n: v for n, v in parts.items() if name != "trace" or n in KEPT_OF_TRACE}
