"""A coordinator asks, the manager agrees; both see the tombstone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assistance.models import Ticket
from portal.core.models import Redaction
from portal.people.models import User
from tests.assistance.redacting import NAME, leaky
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


@pytest.mark.parametrize("width", [1280, 320])
def test_two_persons_remove_a_name(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe, width: int
) -> None:
    ticket: Ticket = leaky(people)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(people.coordinator)
    page.goto(f"/requests/{ticket.number}/")
    page.get_by_role("link", name="This text holds identifying details").click()
    check_axe()
    page.get_by_role("button", name="Hide it now and ask").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the words to remove")
    page.get_by_label("The words to remove").fill("zebulon quackenbush-test")
    page.get_by_label("What kind of detail").select_option("name")
    page.get_by_label("How it came here").select_option("typed")
    page.get_by_role("button", name="Hide it now and ask").click()
    expect(page.get_by_text("[hidden until it is decided]").first).to_be_visible()
    expect(page.get_by_text(NAME)).to_have_count(0)

    sign_in(people.manager)
    page.goto("/requests/redactions/")
    check_axe()
    page.get_by_role("link", name="Look and decide").click()
    expect(page.locator("mark").first).to_contain_text(NAME)
    check_axe()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Agree and remove").click()
    expect(page.get_by_text("It is removed.")).to_be_visible()
    check_axe()
    assert Redaction.objects.get().agreed_by == people.manager

    for user in (people.manager, people.coordinator):
        sign_in(user)
        page.goto(f"/requests/{ticket.number}/")
        expect(page.get_by_text("[removed: a name or initials").first).to_be_visible()
        expect(page.get_by_text(NAME)).to_have_count(0)
        check_axe()
