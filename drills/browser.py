"""One person's browser: a session made beforehand, one kept connection, forms as a page has."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

CSRF = "a" * 32
TIMEOUT = 30  # seconds
KEPT = 1.5  # seconds that a connection may rest; gunicorn closes it after two
Form = Mapping[str, Any]


class NoAnswer(Exception):
    """The connection failed, broke, or gave nothing in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Browser:
    def __init__(self, port: int, session: str = "", *, timeout: float = TIMEOUT) -> None:
        self.session = session
        self._connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
        self._used = 0.0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: Form, file: tuple[str, str, bytes] | None = None) -> Answer:
        """Send a form; `file` is its field, name and content."""
        whole = {"csrfmiddlewaretoken": CSRF, **form}
        if file is None:
            body = urlencode(whole, doseq=True).encode()
            return self._ask("POST", path, body, {"Content-Type": FORM})
        mark = uuid4().hex
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask("POST", path, _multipart(mark, whole, file), kind)

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Answer:
        cookie = f"csrf={CSRF}" + (f"; session={self.session}" if self.session else "")
        headers = {"Cookie": cookie, "User-Agent": "Mozilla/5.0 (drill)", "Accept": "text/html"}
        begun = time.monotonic()
        if begun - self._used > KEPT:
            self._connection.close()
        try:
            self._connection.request(method, path, body, {**headers, **more})
            response = self._connection.getresponse()
            content = response.read()
            self._used = time.monotonic()
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise NoAnswer(type(error).__name__) from error
        location = response.headers.get("Location", "")
        return Answer(response.status, location, content, time.monotonic() - begun)


FORM = "application/x-www-form-urlencoded"


def _multipart(mark: str, form: Form, file: tuple[str, str, bytes]) -> bytes:
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    field, name, content = file
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
    parts += [f"{head}\r\nContent-Type: text/plain\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()])
