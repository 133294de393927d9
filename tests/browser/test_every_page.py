"""Every page of every role: axe finds nothing, the console is silent, nothing leaves at 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assistance.models import Ticket
from portal.home import demo
from portal.people.demo import DOMAIN
from portal.people.models import User

SignIn = Callable[[User], None]
FindAxe = Callable[[], list[str]]

PUBLIC = [
    "/",
    "/resources/",
    "/privacy/",
    "/accessibility/",
    "/whats-new/",
    "/accounts/login/",
    "/accounts/join/",
    "/accounts/password/reset/",
]
SHARED = [
    "/",
    "/training/",
    "/training/pathways/foundations/",
    "/training/mandated-reporting/",
    "/training/what-csec-is/",
    "/training/glossary/",
    "/training/what-csec-is/evaluation/",
    "/training/mandated-reporting/evaluation/",
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
    "/accounts/sessions/",
    "/accounts/email/",
    "/me/",
    "/me/attest/",
    "/me/needs/",
    "/privacy/inventory/",
]
WALKS = {
    "": PUBLIC,
    "advocate": [*SHARED, "/training/words-that-protect/2/", "/training/mandated-reporting/3/"],
    "essex": [
        "/",
        "/team/",
        "/team/invite/",
        "/team/import/",
        "/team/requirements/",
        "/team/assignments/",
        "/team/assignments/new/",
        "/team/assignments/plans/new/",
        "/team/certificates/",
        "/team/joining/",
        "/requests/",
        "/requests/new/",
        "/ask/",
    ],
    "manager": [
        "/",
        "/requests/",
        "/requests/?view=closed",
        "/team/",
        "/reports/",
        "/team/coverage/",
        "/training/evaluations/",
        "/training/evaluations/what-csec-is/",
        "/training/evaluations/mandated-reporting/",
        "/audit/",
        "/retention/",
        "/training/outcomes/",
        "/training/outcomes/words-that-protect/",
    ],
    "specialist": ["/", "/requests/"],
    "author": ["/", "/training/evaluations/"],
    "trainer": ["/training/sessions/", "/training/sessions/new/"],
}
ADMIN = [
    "/cms/",
    "/cms/modules/",
    "/cms/guidance/",
    "/cms/snippets/people/helpline/",
    "/cms/snippets/training/video/",
    "/cms/snippets/training/glossaryterm/",
]


@pytest.fixture
def demo_data(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a word for the walk")
    demo.load(lambda line: None)


def look(page: Page, path: str, find_axe: FindAxe) -> list[str]:
    """Look at a page at 1280 and at 320 px; nothing may stand outside the window."""
    faults: list[str] = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            return [f"{path}: no page"]
        needs = page.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            faults.append(f"{path} needs {needs} px at {width}")
        faults += find_axe()
    return faults


def test_every_page_of_every_role_stands_the_walk(
    page: Page, demo_data: None, sign_in: SignIn, find_axe: FindAxe
) -> None:
    faults: list[str] = []
    for key, paths in WALKS.items():
        if key:
            sign_in(User.objects.get(email=f"{key}@{DOMAIN}"))
        for path in [*paths, *requests_of(key), *people_of(key)]:
            faults += look(page, path, find_axe)
    assert not faults, "\n".join(faults)


def people_of(key: str) -> list[str]:
    """The pages of one person, for those who answer for people."""
    pk = User.objects.get(email=f"advocate@{DOMAIN}").pk
    pages = {
        "essex": ["", "change/", "leave/"],
        "manager": ["", "roles/", "merge/"],
    }
    return [f"/team/people/{pk}/{page}" for page in pages.get(key, [])]


def requests_of(key: str) -> list[str]:
    """One request in each state, for those who work on them."""
    if key not in {"manager", "specialist"}:
        return []
    tickets = Ticket.objects.submitted().visible_to(User.objects.get(email=f"{key}@{DOMAIN}"))
    newest = {ticket.state: ticket for ticket in tickets.order_by("pk")}
    return [ticket.get_absolute_url() for ticket in newest.values()]


def test_our_part_of_the_admin_stands_the_walk(
    page: Page, demo_data: None, sign_in: SignIn, find_axe: FindAxe
) -> None:
    """Wagtail's own screens are Wagtail's; what we add to them is looked at here."""
    sign_in(User.objects.get(email=f"manager@{DOMAIN}"))
    faults: list[str] = []
    for path in ADMIN:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        faults += find_axe()
    assert not faults, "\n".join(faults)
