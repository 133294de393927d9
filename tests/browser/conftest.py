"""A real browser: Debian's chromium through Playwright. Missing, it is a skip; in CI a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from portal.core import assets
from portal.people.models import User

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def ready() -> Iterator[None]:
    """Built assets, a browser, and the ORM allowed beside Playwright's event loop."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no chromium")
        pytest.skip("no chromium on this machine")
    assets.build(lambda line: None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Overrides pytest-base-url's fixture, which pytest 9 refuses."""
    return str(live_server.url)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose console must stay silent: a CSP fault or a missing file fails the test."""
    faults: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            faults.append(f"{message.text} at {page.url}")

    page.on("console", listen)
    page.on("pageerror", lambda error: faults.append(f"{error} at {page.url}"))
    page.set_default_timeout(20_000)
    expect.set_options(timeout=15_000)  # a machine that does other work is slow, not wrong
    yield page
    expected = getattr(page, "expected_faults", ())
    assert [f for f in faults if not any(e in f for e in expected)] == []


@pytest.fixture
def sign_in(context: BrowserContext, base_url: str) -> Callable[[User], None]:
    """Sign a person in by a session cookie; the sign-in page itself has tests of its own."""

    def give(user: User) -> None:
        for page in context.pages:
            # An answer still under way to the open page would set the cookie of who had it.
            page.goto("about:blank")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        name, value = settings.SESSION_COOKIE_NAME, session.session_key or ""
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": value, "url": base_url}])

    return give


AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def find_axe(page: Page) -> Callable[[], list[str]]:
    """Return what axe finds on the page as it stands, a line each."""

    def find() -> list[str]:
        # A click waits until the next page begins, not until it is there.
        page.wait_for_load_state("load")
        # At the top: scrolled, the sticky header covers a part of some target or other.
        page.evaluate("window.scrollTo(0, 0)")
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        results = Axe().run(page, options=options)
        return [
            f"{page.url} {v['id']} ({len(v['nodes'])}): {v['nodes'][0]['target']} {v['help']}"
            for v in results.response["violations"]
        ]

    return find


@pytest.fixture
def check_axe(find_axe: Callable[[], list[str]]) -> Callable[[], None]:
    """Fail on any violation that axe finds on the page as it stands."""

    def check() -> None:
        assert find_axe() == []

    return check
