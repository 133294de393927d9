"""Finding a service by county, checking one, and a highlight that a second person approves."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.people.models import County, User
from resources import highlights
from resources.models import Highlight, Service
from resources.models.highlight import CHECKS
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def make_service(name: str, *counties: str) -> Service:
    service = Service.objects.create(name=name, category="safety", url="https://example.org/")
    service.counties.set(County.objects.filter(slug__in=counties))
    return service


def test_a_member_finds_a_service_by_county_and_says_what_is_wrong(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    make_service("Harbor House", "essex")
    make_service("Lantern House", "norfolk")
    sign_in(people.member)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/resources/")
    page.get_by_role("link", name="Find a service in the directory").click()
    page.get_by_role("link", name="Essex").click()
    expect(page.get_by_role("heading", name="Lantern House")).to_have_count(0)
    check_axe()
    page.get_by_role("link", name="Harbor House").click()
    expect(page.get_by_text("Verify before use").first).to_be_visible()
    page.get_by_role("link", name="Something is wrong here").click()
    page.get_by_label("What is wrong?").fill("The door is now on the other side of the building")
    check_axe()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The program manager looks into it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_manager_says_that_a_service_was_checked(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    service = make_service("Harbor House", "essex")
    sign_in(people.manager)
    page.goto("/resources/directory/")
    page.get_by_role("link", name="What is to be checked").click()
    check_axe()
    page.get_by_role("button", name="I checked it today: Harbor House").click()
    expect(page.get_by_text("Checked today: Harbor House")).to_be_visible()
    service.refresh_from_db()
    assert not service.must_verify
    assert service.verified_by == people.manager


def test_a_highlight_is_written_by_one_and_approved_by_another(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    sign_in(people.specialist)
    page.goto("/resources/highlights/")
    page.get_by_role("link", name="Write a highlight").click()
    page.get_by_label("Title").fill("Twelve teams share one agenda")
    page.get_by_label("What went well").fill("The agenda is the same everywhere.")
    page.get_by_role("button", name="Keep and ask a second person").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    check_axe()
    for label in CHECKS.values():
        page.get_by_label(str(label)).check()
    page.get_by_role("button", name="Keep and ask a second person").click()
    expect(page.get_by_text("It waits for another person than its author")).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)

    sign_in(people.manager)
    page.goto("/resources/highlights/desk/")
    page.get_by_role("link", name="Twelve teams share one agenda").click()
    check_axe()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Published.")).to_be_visible()

    sign_in(people.member)
    page.goto("/resources/highlights/")
    page.get_by_role("link", name="Twelve teams share one agenda").click()
    expect(page.get_by_text("The agenda is the same everywhere.")).to_be_visible()
    check_axe()


def test_what_is_waiting_stands_the_small_window(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    content = highlights.Content("One agenda", "Text", checks=dict.fromkeys(CHECKS, True))
    row = highlights.write(content, by=people.specialist, key=uuid4())
    highlights.submit(row, by=people.specialist)
    assert Highlight.objects.waiting().count() == 1
    sign_in(people.manager)
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ("/resources/highlights/desk/", row.get_absolute_url()):
        page.goto(path)
        check_axe()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
