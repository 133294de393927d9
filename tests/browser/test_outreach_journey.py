"""A talk logged on a phone, and a protocol recorded and signed: in a real browser."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from portal.people.models import User
from tests.world import World, build_world
from training import outreach
from training.models import OutreachTalk, ProtocolSignOff

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
PHONE = {"width": 360, "height": 740}
LEAST = 24  # px of a target, WCAG 2.5.8
# What a finger meets on the page: its box, or that of the label which takes the tap as well.
TARGETS = """() => [...document.querySelectorAll(
    "main a.button, main button, main summary, main input:not([type=hidden]), main select"
)].filter(each => each.checkVisibility()).map(each => {
    const box = each.getBoundingClientRect();
    return [each.id || each.textContent.trim(), Math.min(box.width, box.height)];
})"""


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def stands_on_a_phone(page: Page) -> None:
    """Nothing leaves the window sideways, and every target is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = [name for name, size in page.evaluate(TARGETS) if size < LEAST]
    assert small == []


def test_a_coordinator_logs_a_talk_on_a_phone(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(people.coordinator)
    page.goto("/")
    page.get_by_role("link", name="Log a talk").click()
    stands_on_a_phone(page)
    check_axe()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing was saved")).to_be_visible()
    check_axe()

    page.get_by_label("What it was about").fill("Recognizing concern, for schools")
    page.get_by_label("Community members").fill("12")
    page.get_by_text("By profession").click()
    page.get_by_label("School", exact=True).fill("5")
    page.get_by_text("Topics", exact=True).click()
    page.get_by_label("Mandated reporting").check()
    stands_on_a_phone(page)
    check_axe()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: 17 people.")).to_be_visible()
    stands_on_a_phone(page)
    check_axe()

    page.get_by_role("link", name="Log another like this").click()
    expect(page.get_by_label("What it was about")).to_have_value("Recognizing concern, for schools")
    expect(page.get_by_label("Community members")).to_have_value("")
    talk = OutreachTalk.objects.get()
    assert (talk.recorded_by, talk.happened_on) == (people.coordinator, timezone.localdate())


def test_a_talk_is_logged_and_corrected_without_script(
    page: Page, browser: Browser, base_url: str, people: World, sign_in: SignIn
) -> None:
    sign_in(people.coordinator)
    state = page.context.storage_state()
    plain = browser.new_context(
        java_script_enabled=False, storage_state=state, base_url=base_url, viewport=PHONE
    ).new_page()  # type: ignore[call-overload]
    plain.goto("/training/talks/new/")
    plain.get_by_label("What it was about").fill("Safe online, for families")
    plain.get_by_label("Parents and caregivers").fill("8")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_role("link", name="Correct it").click()
    plain.get_by_label("Parents and caregivers").fill("9")
    plain.get_by_role("button", name="Save the correction").click()
    expect(plain.get_by_text("Saved: 9 people.")).to_be_visible()
    newest = OutreachTalk.objects.standing().get()
    assert outreach.people_of(newest) == {("caregivers", None): 9}
    plain.context.close()


def test_a_coordinator_records_a_version_and_a_sign_off(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    sign_in(people.coordinator)
    page.goto("/")
    page.get_by_role("link", name="Essex County center").click()
    check_axe()
    page.get_by_role("link", name="Record a version").click()
    check_axe()
    today = timezone.localdate()
    page.get_by_label("Version", exact=True).fill("2.0")
    page.get_by_label("Adopted on").fill(today.replace(year=today.year - 1, day=1).isoformat())
    page.get_by_label("To be reviewed by").fill(
        today.replace(year=today.year + 1, day=1).isoformat()
    )
    page.get_by_label("What changed").fill("Calls go to one number.\nMeetings are weekly.")
    page.get_by_role("button", name="Save the version").click()
    expect(page.get_by_text("Meetings are weekly.")).to_be_visible()
    page.get_by_role("link", name="Record a sign-off").click()
    check_axe()
    page.get_by_label("Agency").fill("DCF area office")
    page.get_by_label("Signed on").fill(today.isoformat())
    page.get_by_role("button", name="Save the sign-off").click()
    expect(page.get_by_text("DCF area office,")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 740})
    check_axe()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert ProtocolSignOff.objects.get().recorded_by == people.coordinator
