"""The folder `requests/` never hides the HTTP library of that name."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from wagtail.embeds.finders.oembed import OEmbedFinder

from portal.core import checks


def test_import_requests_is_the_http_library() -> None:
    assert callable(requests.get)
    assert "site-packages" in str(requests.__file__)
    assert checks.requests_is_the_library() == []


def test_a_worker_process_sees_the_library_too() -> None:
    from portal.celery import app

    assert app.main == "portal"
    assert requests.__name__ == "requests"


def test_the_check_fails_when_something_hides_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(requests, "get")
    assert checks.requests_is_the_library() == [checks.SHADOWED]


class Provider(BaseHTTPRequestHandler):
    """An oEmbed provider on loopback."""

    def do_GET(self) -> None:
        body = json.dumps({"type": "video", "title": "A door", "html": "<p>door</p>"}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_wagtails_oembed_finder_reaches_a_provider_on_loopback(provider: str) -> None:
    rule = {"endpoint": f"{provider}/oembed", "urls": [r"^http://127\.0\.0\.1.*$"]}
    found = OEmbedFinder(providers=[rule]).find_embed(f"{provider}/video")
    assert found["title"] == "A door"
