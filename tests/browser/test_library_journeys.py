"""Guidance is published and acknowledged; a page is opened, bookmarked and said to be useful."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.people.models import User
from resources.models import Acknowledgement, Bookmark, LibraryPage, ResourcePage, UsefulnessHeld
from tests.browser.test_guidance_journey import insert_text
from tests.resources.factories import make_resource
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
TITLE = "First calls after hours"


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def test_guidance_is_published_acknowledged_and_counted(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    library = LibraryPage.objects.get()
    sign_in(people.manager)
    page.goto(f"/cms/pages/add/resources/resourcepage/{library.pk}/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=line]").fill("Who calls whom at night")
    page.locator("[name=kind]").select_option("guidance")
    page.locator("[name=review_by]").fill("2027-11-01")
    page.locator("[name=source]").fill("Original text")
    page.locator("[name=must_read]").select_option("coordinators")
    insert_text(page, "Call the coordinator on duty first.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(f"**/cms/pages/{library.pk}/")
    guidance = ResourcePage.objects.get(title=TITLE)
    assert guidance.live

    sign_in(people.coordinator)
    page.goto("/")
    # Another link of this name leads to who has read it.
    page.locator(f"main a[href$='{guidance.url}']").first.click()
    check_axe()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("Noted that you read it.")).to_be_visible()
    assert Acknowledgement.objects.get().person == people.coordinator
    page.goto("/resources/to-read/")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    check_axe()

    sign_in(people.manager)
    page.goto("/")
    page.get_by_role("link", name="See who has").click()
    expect(page.get_by_role("row", name=TITLE)).to_contain_text("1 of 2")
    check_axe()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("1 of 2 coordinators")).to_be_visible()
    expect(page.get_by_role("cell", name=people.other_coordinator.name)).to_be_visible()
    check_axe()


def test_a_page_is_opened_bookmarked_and_said_to_be_useful(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    make_resource("Cards for carers", topics=["language"])
    sign_in(people.member)
    page.goto("/resources/")
    page.get_by_role("link", name="Cards for carers").click()
    check_axe()
    page.get_by_role("button", name="Bookmark this page").click()
    expect(page.get_by_role("button", name="Remove the bookmark")).to_be_visible()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. Your answer is in.")).to_be_visible()
    page.get_by_role("link", name="Your bookmarks").click()
    expect(page.get_by_role("link", name="Cards for carers")).to_be_visible()
    check_axe()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No bookmarks yet")).to_be_visible()
    assert not Bookmark.objects.exists()
    assert len(UsefulnessHeld.objects.get().answers) == 1
