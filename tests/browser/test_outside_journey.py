"""An advocate hands a certificate in, a specialist accepts it, record and needs show the hours."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from portal.people.models import User
from tests.core.privacy.uploads import pdf
from tests.world import World, build_world
from training.models import OutsideTraining

SignIn = Callable[[User], None]
TITLE = "Court support for young witnesses"


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def certificate() -> FilePayload:
    data = pdf("Certificate of completion: Robin Member, 3.5 hours")
    return {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": data}


@pytest.mark.parametrize("width", [1280, 320])
def test_a_certificate_becomes_hours(
    page: Page, people: World, sign_in: SignIn, check_axe: Callable[[], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(people.member)
    page.goto("/me/needs/")
    page.get_by_role("link", name=re.compile("Have a certificate from elsewhere")).first.click()
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what it was called")
    check_axe()
    page.get_by_label("What it was called").fill(TITLE)
    page.get_by_label("Who gave it").fill("Example Regional Training Center")
    day = timezone.localdate() - timedelta(days=20)
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Hours", exact=True).fill("3")
    page.get_by_label("Minutes", exact=True).fill("30")
    page.get_by_label("In a room or live online").check()
    page.get_by_label("Court education, support and accompaniment").check()
    page.get_by_label("The paper that proves it").set_input_files(certificate())
    page.get_by_label(re.compile("I have looked at every page")).check()
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("3 h 30 min")).to_be_visible()
    check_axe()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    row = OutsideTraining.objects.get()

    sign_in(people.specialist)
    page.goto("/")
    page.get_by_role("link", name="Review them").click()
    check_axe()
    page.get_by_role("link", name=TITLE).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="certificate.pdf").click()
    assert waiting.value.suggested_filename == "certificate.pdf"
    initial = page.get_by_role("group", name="Victim advocate, initial training")
    initial.get_by_label("It counts").check()
    expect(initial.get_by_label("Category")).to_have_value("advocate-competency")
    initial.get_by_label("Minutes that count").fill("999")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_role("alert")).to_contain_text("no more can count than it lasted")
    check_axe()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    initial.get_by_label("Minutes that count").fill("")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("Accepted. Whoever handed it in")).to_be_visible()
    page.get_by_role("link", name="Reviewed").click()
    check_axe()

    sign_in(people.member)
    page.goto("/me/transcript/")
    expect(page.get_by_text(re.compile("210 min for Victim advocate, initial"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Its paper")).click()
    page.wait_for_url(f"**{row.get_absolute_url()}")
    check_axe()
    page.goto("/me/needs/")
    part = page.locator("section.need", has_text="Victim advocate, initial training")
    expect(part.get_by_text("210 of 1440 min")).to_be_visible()
    expect(part.get_by_text("Competencies covered: 1 of 12")).to_be_visible()
    page.goto("/me/outside/")
    check_axe()
