"""Every page of every role: axe finds nothing, the console is silent, nothing leaves at 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal.home import demo
from portal.people.demo import DOMAIN
from portal.people.models import User

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]

PUBLIC = ["/", "/resources/", "/privacy/", "/accessibility/", "/whats-new/", "/accounts/login/"]
SHARED = [
    "/",
    "/training/",
    "/training/pathways/foundations/",
    "/training/mandated-reporting/",
    "/training/what-csec-is/",
    "/training/sessions/",
    "/me/transcript/",
    "/resources/",
    "/resources/first-24-hours-checklist/",
    "/resources/directory/",
    "/search/?q=report",
    "/search/?q=nothing-like-this",
    "/ask/",
    "/accounts/2fa/",
    "/accounts/password/change/",
]
MORE = {
    "": PUBLIC,
    "advocate": [*SHARED, "/training/words-that-protect/2/", "/training/mandated-reporting/3/"],
    "essex": ["/", "/team/", "/team/invite/", "/requests/", "/requests/new/", "/ask/"],
    "manager": ["/", "/requests/", "/requests/?view=closed", "/team/", "/reports/"],
    "trainer": ["/training/sessions/", "/training/sessions/new/"],
}
ADMIN = [
    "/cms/",
    "/cms/modules/",
    "/cms/guidance/",
    "/cms/snippets/people/helpline/",
]


@pytest.fixture
def demo_data(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a word for the walk")
    demo.load(lambda line: None)


def narrow_and_wide(page: Page, path: str, check_axe: CheckAxe) -> None:
    """Look at a page at 1280 and at 320 px; nothing may stand outside the window."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        needs = page.evaluate("document.documentElement.scrollWidth")
        assert needs <= width, f"{path} needs {needs} px at {width}"
        check_axe()


def test_every_page_of_every_role_stands_the_walk(
    page: Page, demo_data: None, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    for key, paths in MORE.items():
        if key:
            sign_in(User.objects.get(email=f"{key}@{DOMAIN}"))
        for path in paths:
            narrow_and_wide(page, path, check_axe)
        if key == "manager":
            page.goto("/requests/")
            page.get_by_role("link", name="TA-").first.click()
            check_axe()
    sign_in(User.objects.get(email=f"manager@{DOMAIN}"))
    for path in ADMIN:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
