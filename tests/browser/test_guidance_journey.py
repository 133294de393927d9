"""Guidance from draft through the workflow to found, in Wagtail's admin and on our pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from portal.people.models import User
from resources.models import LibraryPage, ResourcePage
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
TITLE = "Agenda that fits 45 minutes"


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def insert_text(page: Page, words: str) -> None:
    """Add a text block to the body; the menu opens only once the editor's script has run."""
    option = page.get_by_role("option", name="Text").first
    for _try in range(5):
        page.get_by_role("button", name="Insert a block").first.click()
        try:
            option.click(timeout=2_000)
            break
        except PlaywrightTimeout:
            continue
    page.locator("[data-streamfield-child] [contenteditable=true]").first.click()
    page.keyboard.type(words)
    # The editor hands its text to the form a moment after the last key.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(words))


def test_guidance_goes_from_draft_through_the_workflow_to_found(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    library = LibraryPage.objects.get()
    sign_in(people.author)
    page.goto(f"/cms/pages/add/resources/resourcepage/{library.pk}/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=line]").fill("Time boxes for a case conference")
    page.locator("[name=review_by]").fill("2027-11-01")
    page.locator("[name=source]").fill("Original text")
    insert_text(page, "Give each role two minutes, then decide who does what.")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")
    draft = ResourcePage.objects.get(title=TITLE)
    assert not draft.live

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to").click()
    expect(page.get_by_text("submitted")).to_be_visible()
    assert ResourcePage.objects.get(title=TITLE).current_workflow_state is not None

    sign_in(people.member)
    assert page.request.get(f"/resources/{draft.slug}/").status == 404

    sign_in(people.manager)
    page.goto("/cms/")
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
    page.goto(f"/cms/pages/{draft.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(TITLE)
    assert ResourcePage.objects.get(title=TITLE).live

    sign_in(people.member)
    page.goto("/search/?q=time+boxes")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("Give each role two minutes")).to_be_visible()
    check_axe()
