"""Error reports leave the house without anything typed, and without anybody."""

import json
from typing import Any

import pytest
import sentry_sdk
from django.http import HttpRequest, HttpResponse

from portal.core import error_reports, trace

CANARY = "canary-typed"


def event() -> dict[str, Any]:
    """A report with something to hide in every part that the package knows."""
    frame = {"filename": "a.py", "function": "f", "lineno": 1, "module": "a", "vars": {"x": CANARY},
             "context_line": CANARY, "pre_context": [CANARY], "post_context": [CANARY]}  # fmt: skip
    return {
        "event_id": "1",
        "level": "error",
        "platform": "python",
        "transaction": "/requests/<str:number>/",
        "transaction_info": {"source": "route"},
        "request": {
            "method": "POST",
            "url": f"https://portal.example.org/x/{CANARY}/?q={CANARY}",
            "query_string": f"q={CANARY}",
            "data": {"text": CANARY},
            "cookies": {"session": CANARY},
            "headers": {"Cookie": CANARY, "Referer": CANARY, "X-Forwarded-For": CANARY},
            "env": {"REMOTE_ADDR": CANARY},
        },
        "user": {"id": CANARY, "email": CANARY, "ip_address": CANARY},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "module": None,
                    "value": CANARY,
                    "mechanism": {"type": "django", "handled": False, "data": {"x": CANARY}},
                    "stacktrace": {"frames": [frame], "registers": {"a": CANARY}},
                }
            ]
        },
        "logentry": {"message": "Failed: %s", "params": [CANARY], "formatted": CANARY},
        "message": CANARY,
        "breadcrumbs": {"values": [{"message": CANARY}]},
        "extra": {"celery-job": {"args": [CANARY]}, "sys.argv": [CANARY]},
        "contexts": {
            "trace": {"trace_id": "2", "data": {"q": CANARY}, "description": CANARY},
            "runtime": {"name": "CPython"},
            "response": {"body": CANARY},
        },
        "tags": {"url": CANARY},
        "threads": {"values": [{"stacktrace": {"frames": [frame]}}]},
        "spans": [{"description": CANARY}],
        "server_name": CANARY,
        "modules": {CANARY: "1"},
        "a part that a later version adds": CANARY,
    }


def test_nothing_that_was_typed_is_left_in_any_part() -> None:
    assert CANARY in json.dumps(event())
    assert CANARY not in json.dumps(error_reports.scrub(event(), {}))


def test_what_is_needed_to_mend_it_stays() -> None:
    kept = error_reports.scrub(event(), {})
    [error] = kept["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"] == [
        {"filename": "a.py", "function": "f", "lineno": 1, "module": "a"}
    ]
    assert kept["request"] == {"method": "POST"}
    assert kept["transaction"] == "/requests/<str:number>/"
    assert kept["logentry"] == {"message": "Failed: %s"}


@pytest.mark.parametrize("info", [{"source": "url"}, {"source": "custom"}, {}, None])
def test_a_title_that_is_an_address_is_taken_out(info: Any) -> None:
    link = f"/accounts/invitation/{CANARY}/"
    report = {**event(), "transaction": link, "transaction_info": info}
    assert "transaction" not in error_reports.scrub(report, {})


def test_an_empty_report_is_no_fault() -> None:
    assert error_reports.scrub({}, {}) == {"contexts": {}, "tags": {}}
    odd = {"exception": {"values": None}, "contexts": None, "request": {}, "logentry": {}}
    assert error_reports.scrub(odd, {})["exception"] == {"values": []}


def test_the_report_says_which_request_it_belongs_to() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        kept.append(error_reports.scrub(event(), {}))
        return HttpResponse()

    kept: list[Any] = []
    request = HttpRequest()
    request.META["HTTP_X_REQUEST_ID"] = "asked"
    trace.name_requests(view)(request)
    assert kept[0]["tags"] == {"request_id": "asked"}


def test_without_a_setting_nothing_is_begun(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object, **options: object) -> None:
        raise AssertionError

    settings.SENTRY_DSN = ""
    monkeypatch.setattr(sentry_sdk, "init", never)
    error_reports.start_where_set()
    with pytest.raises(AssertionError):
        settings.SENTRY_DSN = "https://key@errors.example.org/1"
        error_reports.start_where_set()


def test_without_the_package_the_portal_starts_and_the_check_says_what_is_missing(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from portal.core import checks

    settings.SENTRY_DSN = "https://key@errors.example.org/1"
    monkeypatch.setattr(error_reports, "find_spec", lambda name: None)
    error_reports.start_where_set()
    assert "not installed" in caplog.text
    assert "portal.E129" in {fault.id for fault in checks.nothing_embedded_remains()}
    settings.SENTRY_DSN = ""
    assert "portal.E129" not in {fault.id for fault in checks.nothing_embedded_remains()}
