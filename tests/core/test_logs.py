"""Log lines carry the id of their request or task, as a line or as JSON, and nothing typed."""

import io
import json
import logging
import logging.config
import re
from collections.abc import Iterator
from typing import Any

import pytest
from celery import shared_task, signals
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal import log_settings
from portal.core import trace
from portal.home import views

MADE = re.compile(r"[0-9a-f]{32}")
logger = logging.getLogger("tests.lines")
WORDS = "Key (email)=(somebody@example.org)"


@pytest.fixture(params=log_settings.FORMATS)
def printed(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the handler of production would print, in each format."""
    yield from _printing(request.param)


@pytest.fixture
def as_json() -> Iterator[io.StringIO]:
    yield from _printing("json")


def _printing(log_format: str) -> Iterator[io.StringIO]:
    kept = io.StringIO()
    parts = log_settings.config(log_format=log_format, audit_log="")
    configurator = logging.config.DictConfigurator(parts)
    handler = logging.StreamHandler(kept)
    name = parts["handlers"]["console"]["formatter"]
    handler.setFormatter(configurator.configure_formatter(dict(parts["formatters"][name])))
    for name in parts["handlers"]["console"]["filters"]:
        handler.addFilter(configurator.configure_filter(dict(parts["filters"][name])))
    root = logging.getLogger()
    root.addHandler(handler)
    yield kept
    root.removeHandler(handler)


def fail(*args: object) -> HttpResponse:
    logger.warning("before the fault")
    raise ValueError(WORDS)


@pytest.fixture
def a_page_fails(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(views.readiness, "states", fail)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("offered", ["abc-DEF_123", "a" * 64])
def test_the_proxys_id_is_taken_and_given_back(offered: str) -> None:
    answer = Client().get("/healthz", headers={"X-Request-ID": offered})
    assert answer["X-Request-ID"] == offered


@pytest.mark.parametrize(
    "offered", ["", "a" * 65, "two words", "line\nbreak", "{json}", "a@example.org", "ä", "a\n"]
)
def test_anything_else_is_replaced(offered: str) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": offered})
    answer = trace.name_requests(lambda request: HttpResponse())(request)
    assert MADE.fullmatch(answer["X-Request-ID"])


def test_each_request_has_an_id_of_its_own_and_none_is_left_behind() -> None:
    first, second = (Client().get("/healthz")["X-Request-ID"] for _ in range(2))
    assert first != second
    assert trace.now() == trace.Ids()


def test_an_id_ends_with_its_request_even_when_that_fails() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  (any error that passes through)
        trace.name_requests(view)(RequestFactory().get("/"))
    assert trace.now() == trace.Ids()


def test_the_lines_of_a_request_carry_its_id(printed: io.StringIO, a_page_fails: Client) -> None:
    a_page_fails.get("/readyz?q=secret", headers={"X-Request-ID": "from-the-proxy"})
    text = printed.getvalue()
    starts = [n for n, line in enumerate(text.splitlines()) if "before the fault" in line]
    assert len(starts) == 1
    assert "from-the-proxy" in text.splitlines()[starts[0]]
    assert "Internal Server Error" in text
    assert text.count("from-the-proxy") == 2
    assert "ValueError" in text
    assert "secret" not in text
    assert "somebody" not in text


def test_a_line_outside_of_requests_and_tasks_is_as_before(printed: io.StringIO) -> None:
    logger.warning("alone")
    assert "[" not in printed.getvalue()
    assert "alone" in printed.getvalue()
    assert "request" not in printed.getvalue()


def test_a_json_line_is_one_object_of_named_parts(
    as_json: io.StringIO, a_page_fails: Client
) -> None:
    a_page_fails.post("/readyz?q=secret", {"text": "typed"}, headers={"X-Request-ID": "abc"})
    lines = [json.loads(line) for line in as_json.getvalue().splitlines()]
    last = lines[-1]
    assert last["logger"] == "django.request"
    assert last["request_id"] == "abc"
    assert last["error"] == "ValueError"
    assert "test_logs.py" in last["where"]
    assert last["message"] == "Internal Server Error: /readyz"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", last["at"])
    named = {"at", "level", "logger", "message", "request_id", "task_id", "error", "where"}
    assert all(set(line) <= named for line in lines)


def test_what_hangs_on_a_record_is_not_printed(printed: io.StringIO) -> None:
    logger.warning(
        "seen", extra={"body": "typed by somebody", "request": RequestFactory().get("/")}
    )
    assert "typed" not in printed.getvalue()


def test_a_line_break_in_a_message_stays_in_its_json_line(as_json: io.StringIO) -> None:
    logger.warning('one\n{"at": "forged"}')
    [line] = as_json.getvalue().splitlines()
    assert json.loads(line)["message"].startswith("one\n")


@pytest.mark.parametrize(
    "address",
    ["/search/?q=secret", "https://es.example.org/x?q=secret", "http://a.example.org/?secret"],
)
def test_query_strings_are_cut_of_every_address(printed: io.StringIO, address: str) -> None:
    logger.error("Error handling request %s", address)
    assert "secret" not in printed.getvalue()
    assert "Error handling request" in printed.getvalue()


def test_the_words_of_a_failed_tasks_error_are_left_out(printed: io.StringIO) -> None:
    context = {"name": "a.task", "id": "1", "description": "raised unexpected",
               "exc": "ValueError('somebody')", "args": "['typed']", "kwargs": "{}",
               "traceback": "ValueError: somebody", "hostname": "here", "is": 0}  # fmt: skip
    logger.error("Task %(name)s[%(id)s] %(description)s: %(exc)s %(args)s %(traceback)s", context)
    assert "ValueError" in printed.getvalue()
    assert "somebody" not in printed.getvalue()
    assert "typed" not in printed.getvalue()


@shared_task
def outer(kept: list[trace.Ids]) -> None:
    kept.append(trace.now())
    logger.warning("in the task")
    inner.apply(args=[kept])
    kept.append(trace.now())


@shared_task
def inner(kept: list[trace.Ids]) -> None:
    kept.append(trace.now())


def test_a_tasks_lines_carry_its_id_and_that_of_the_request(printed: io.StringIO) -> None:
    kept: list[trace.Ids] = []

    def view(request: HttpRequest) -> HttpResponse:
        outer.apply(args=[kept], task_id="task-one")
        return HttpResponse()

    trace.name_requests(view)(RequestFactory().get("/", headers={"X-Request-ID": "asked"}))
    before, within, after = kept
    assert before == after == trace.Ids(request="asked", task="task-one")
    assert within.request == "asked"
    assert within.task not in {"", "task-one"}
    assert "task-one" in printed.getvalue()
    assert trace.now() == trace.Ids()


def test_the_requests_id_goes_with_the_message_and_comes_out_of_it() -> None:
    headers: dict[str, Any] = {}

    def view(request: HttpRequest) -> HttpResponse:
        signals.before_task_publish.send(sender="a.task", headers=headers)
        return HttpResponse()

    trace.name_requests(view)(RequestFactory().get("/", headers={"X-Request-ID": "asked"}))
    assert headers == {trace.IN_MESSAGE: "asked"}
    kept: list[trace.Ids] = []
    outer.apply(args=[kept], headers=headers)
    assert kept[0].request == "asked"


def test_a_message_of_nobodys_request_carries_none() -> None:
    headers: dict[str, Any] = {}
    trace.send_along(headers=headers)
    assert headers == {}


def test_the_web_servers_own_lines_take_the_same_way() -> None:
    """Gunicorn prints the whole address of a request whose answer broke off."""
    part = log_settings.config(log_format="line", audit_log="")["loggers"]["gunicorn.error"]
    assert part == {"handlers": ["console"], "level": "WARNING", "propagate": False}
