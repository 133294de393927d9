"""Which request or task a log line belongs to: an id that says nothing about anybody.

The proxy's `X-Request-ID` is taken where it is a plain token; anything else is replaced, so that
nobody writes into the log. A task's lines carry its own id and that of the request that asked.
"""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from typing import Any

from celery import signals
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
IN_MESSAGE = "portal_request_id"  # the header of a task's message
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ids:
    request: str = ""
    task: str = ""


_now: ContextVar[Ids] = ContextVar("portal_trace", default=Ids())  # noqa: B039  (frozen)
_begun: ContextVar[tuple[Token[Ids], ...]] = ContextVar("portal_trace_begun", default=())


def now() -> Ids:
    return _now.get()


def taken(offered: object) -> str:
    """Return the id that was offered where it is a plain token, else an empty text."""
    return offered if isinstance(offered, str) and PLAIN.fullmatch(offered) else ""


def name_requests(get_response: GetResponse) -> GetResponse:
    """Give each request an id: in its log lines, and in the answer for whoever reports a fault."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = taken(request.headers.get(HEADER)) or secrets.token_hex(16)
        token = _now.set(Ids(request=number))
        try:
            response = get_response(request)
        finally:
            _now.reset(token)
        response[HEADER] = number
        return response

    return middleware


@signals.before_task_publish.connect
def send_along(headers: dict[str, Any] | None = None, **kwargs: object) -> None:
    """Put the request's id on the message, so that the task's lines can be found by it."""
    if headers is not None and now().request:
        headers[IN_MESSAGE] = now().request


def _asked_by(message: Any) -> str:
    """Return the id on the message; a task that runs at once has its headers in one place more."""
    headers = getattr(message, "headers", None) or {}
    return taken(getattr(message, IN_MESSAGE, None)) or taken(headers.get(IN_MESSAGE))


@signals.task_prerun.connect
def begin_task(task_id: str = "", task: Any = None, **kwargs: object) -> None:
    asked_by = _asked_by(getattr(task, "request", None)) or now().request
    _begun.set((*_begun.get(), _now.set(replace(now(), task=task_id, request=asked_by))))


@signals.task_postrun.connect
def end_task(**kwargs: object) -> None:
    if begun := _begun.get():
        _begun.set(begun[:-1])
        _now.reset(begun[-1])
