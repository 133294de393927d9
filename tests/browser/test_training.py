"""Reflections stay in the tab; the catalogue and its pathway pass axe."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from portal.core import reference
from portal.people.models import User
from tests.factories import UserFactory
from tests.training.factories import draft_module, make_module, make_pathway
from training import enrolments

SignIn = Callable[[User], None]
SECRET = "what only I think"


@pytest.fixture(autouse=True)
def whole(db: None) -> None:
    reference.load()


def kept(page: Page) -> list[str]:
    """What the tab keeps of reflections; htmx keeps the address of the page beside it."""
    entries = page.evaluate("Object.entries(sessionStorage)")
    return [text for key, text in entries if key.startswith("reflection:")]


def open_lesson(page: Page, sign_in: SignIn) -> User:
    module, _release = make_module("T01")
    person = UserFactory()
    enrolments.enrol(person=person, module=module)
    sign_in(person)
    page.goto("/training/t01/1/")
    return person


def test_a_reflection_is_kept_in_the_tab_and_never_sent(page: Page, sign_in: SignIn) -> None:
    sent: list[str] = []

    def listen(request: Request) -> None:
        sent.append(request.post_data or "")

    page.on("request", listen)
    open_lesson(page, sign_in)
    box = page.locator("[data-reflection] textarea").first
    box.fill(SECRET)
    page.reload()
    expect(box).to_have_value(SECRET)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Check my answers").click()
    page.wait_for_load_state()
    assert not any(SECRET in body for body in sent)
    page.goto("/training/t01/1/")
    expect(box).to_have_value(SECRET)


def test_signing_out_empties_the_reflections(page: Page, sign_in: SignIn) -> None:
    open_lesson(page, sign_in)
    page.locator("[data-reflection] textarea").first.fill(SECRET)
    assert kept(page) == [SECRET]
    page.locator("details[data-menu] summary").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert kept(page) == []


def test_another_person_in_the_same_tab_finds_nothing(page: Page, sign_in: SignIn) -> None:
    open_lesson(page, sign_in)
    page.locator("[data-reflection] textarea").first.fill(SECRET)
    sign_in(UserFactory())
    page.goto("/training/")
    assert kept(page) == []


def test_who_reads_the_other_version_asks_the_server_for_the_same(
    page: Page, sign_in: SignIn
) -> None:
    """All that an access log can hold of a lesson is what the browser asks for, in which order."""
    module, _release = make_module("T01", lessons=1, sensitivity=2)
    asked: list[tuple[str, str, tuple[str, ...]]] = []

    def listen(request: Request) -> None:
        fields = sorted(parse_qs(request.post_data or ""))
        asked.append((request.method, urlsplit(request.url).path, tuple(fields)))

    page.on("request", listen)
    logs = []
    for reads_other in (False, True):
        person = UserFactory()
        enrolments.enrol(person=person, module=module)
        sign_in(person)
        page.goto("/training/t01/1/", wait_until="networkidle")
        asked.clear()
        page.reload(wait_until="networkidle")
        if reads_other:
            page.get_by_text("Read the other version (same length, less detail)").click()
            expect(page.get_by_text("Other text of lesson 1.")).to_be_visible()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Check my answers").click()
        page.wait_for_load_state("networkidle")
        logs.append(list(asked))
    assert any(method == "POST" for method, _path, _fields in logs[0])
    assert logs[0] == logs[1]


@pytest.mark.parametrize("width", [1280, 320])
def test_the_catalogue_and_a_pathway_are_accessible(
    page: Page, sign_in: SignIn, check_axe: Callable[[], None], width: int, base_url: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    module, _release = make_module("T01", sensitivity=2)
    planned = draft_module("T02", is_in_preparation=True, live=True, planned_minutes=60)
    make_module("E01")[0].topics.add("reporting")
    make_pathway("way", module, planned, summary="In order.")
    sign_in(UserFactory())
    for address in ("/training/", "/training/?topic=reporting", "/training/pathways/way/"):
        page.goto(address)
        check_axe()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
