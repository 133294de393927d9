"""The frame in a real browser: quick exit, narrow screens, keyboard, and axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.core import reference
from portal.people.models import User
from tests.factories import UserFactory

SignIn = Callable[[User], None]
PUBLIC = ["/", "/accounts/login/", "/accounts/signup/", "/privacy/", "/accessibility/"]


@pytest.fixture(autouse=True)
def neutral_place(settings: Any, base_url: str, db: None) -> str:
    """Where quick exit leads in tests: no other host is reached."""
    reference.load()
    settings.LEAVE_URL = f"{base_url}/whats-new/"
    return str(settings.LEAVE_URL)


def test_shift_three_times_leaves_and_ends_the_session(page: Page, sign_in: SignIn) -> None:
    sign_in(UserFactory())
    page.goto("/privacy/")
    page.evaluate("sessionStorage.setItem('kept', '1'); localStorage.setItem('kept', '1')")
    page.keyboard.press("Shift")
    expect(page.locator("#leave-status")).to_have_text(
        "Shift, press 2 more times to leave this site."
    )
    page.keyboard.press("Shift")
    expect(page.locator("#leave-status")).to_have_text(
        "Shift, press 1 more time to leave this site."
    )
    expect(page.locator(".exit__dots .is-on")).to_have_count(2)
    page.keyboard.press("Shift")
    page.wait_for_url("**/whats-new/")
    left = "[sessionStorage.getItem('kept'), localStorage.getItem('kept')]"
    assert page.evaluate(left) == [None, None]
    page.goto("/")
    expect(page.get_by_role("search")).to_have_count(0)


def test_any_other_key_starts_the_count_anew(page: Page) -> None:
    page.goto("/privacy/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    expect(page.locator("#leave-status")).to_have_text("")
    page.keyboard.press("Shift")
    expect(page.locator(".exit__dots .is-on")).to_have_count(1)


def test_a_capital_letter_is_not_a_press(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/accounts/login/")
    expect(page.locator(".exit__dots .is-on")).to_have_count(0)


def test_quick_exit_leaves_no_step_of_this_page_in_the_history(page: Page) -> None:
    page.goto("/accessibility/")
    page.goto("/privacy/")
    page.get_by_role("link", name="Quick exit").click()
    page.wait_for_url("**/whats-new/")
    page.go_back()
    page.wait_for_url("**/accessibility/")
    expect(page.locator(".leave-cover")).to_have_count(0)


def test_quick_exit_is_a_plain_link_without_script(page: Page, base_url: str) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False, base_url=base_url)
    plain = context.new_page()
    plain.goto("/privacy/")
    plain.get_by_role("link", name="Quick exit").click()
    plain.wait_for_url("**/whats-new/")
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(
    page: Page, check_axe: Callable[[], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PUBLIC:
        page.goto(path)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0, path
        check_axe()


def test_the_focus_is_never_below_the_top_line(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto("/privacy/")
    top_line = page.locator(".topline").bounding_box()
    assert top_line is not None
    stops = page.locator("a, button, input").count()
    for key in ["Tab"] * stops + ["Shift+Tab"] * (stops - 3):
        page.keyboard.press(key)
        where = page.evaluate(
            "() => { const e = document.activeElement; const r = e.getBoundingClientRect();"
            " return [e.closest('.topline, .usa-skipnav, body') === document.body, r.top]; }"
        )
        if where[0]:
            assert where[1] >= top_line["height"] - 1


def test_the_account_menu_closes_on_escape_and_gives_the_focus_back(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(UserFactory(first_name="Robin"))
    page.goto("/privacy/")
    page.locator(".account summary").click()
    page.get_by_role("link", name="Two-step sign-in").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".account")).not_to_have_attribute("open", "")
    expect(page.locator(".account summary")).to_be_focused()


def test_paper_shows_the_content_alone(page: Page) -> None:
    page.goto("/privacy/")
    page.emulate_media(media="print")
    expect(page.locator("main h1")).to_be_visible()
    for part in (".topline", ".frame-footer", ".usa-skipnav"):
        expect(page.locator(part).first).to_be_hidden()
