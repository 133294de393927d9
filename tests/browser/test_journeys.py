"""The three main jobs, each from its first page to its last, in a real browser with axe."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from assistance.lifecycle import State
from assistance.models import Ticket
from portal.people.models import User
from tests.training.factories import make_module
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def in_a_month() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def answer_rightly(page: Page) -> None:
    """In test modules the first option of every question is the right one."""
    for label in page.get_by_label("Answer 0", exact=True).all():
        label.check()


def test_a_member_goes_from_sign_in_to_a_certificate_that_anyone_can_verify(
    page: Page, browser: Browser, people: World, check_axe: CheckAxe
) -> None:
    member = people.member
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    make_module("F04", lessons=2)

    page.goto("/training/f04/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    check_axe()
    page.locator("[name=login]").fill(member.email)
    page.locator("[name=password]").fill("a long test password")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/training/f04/")
    check_axe()
    page.get_by_role("button", name="Start").click()

    for number in (1, 2):
        page.wait_for_url(f"**/training/f04/{number}/**")
        check_axe()
        page.get_by_label("Answer 1", exact=True).first.check()
        page.get_by_role("button", name="Check my answers").click()
        expect(page.get_by_text("Not all right yet")).to_be_visible()
        check_axe()
        answer_rightly(page)
        page.get_by_role("button", name="Check my answers").click()
        expect(page.get_by_text("this lesson is done")).to_be_visible()
        page.get_by_role("link", name="Continue").click()

    page.wait_for_url("**/training/f04/quiz/")
    page.get_by_role("button", name="Start the quiz").click()
    check_axe()
    answer_rightly(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()
    check_axe()
    page.get_by_role("link", name="Continue").click()
    page.wait_for_url("**/done/")
    check_axe()

    page.goto("/me/transcript/")
    check_axe()
    page.get_by_role("link", name=re.compile("certificate", re.IGNORECASE)).first.click()
    page.wait_for_url("**/training/certificates/**")
    check_axe()
    expect(page.locator("main").get_by_text(member.name).first).to_be_visible()
    code = page.url.rstrip("/").split("/")[-1]

    stranger = browser.new_context().new_page()
    stranger.goto(page.url.split("/training/")[0] + f"/verify/{code}/")
    expect(stranger.locator("main").get_by_text(member.name).first).to_be_visible()
    expect(stranger.get_by_text("not yet reviewed").first).to_be_visible()
    stranger.context.close()


def test_a_request_goes_from_draft_through_the_screen_to_closed(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    sign_in(people.coordinator)
    page.goto("/requests/new/")
    check_axe()
    page.locator("[name=type][value=information]").check()
    page.get_by_label("Subject").fill("Agenda for a first conference")
    page.get_by_label("Your question").fill("Which agenda fits? DOB 04/12/2010.")
    page.locator("[name=urgency][value=routine]").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Not saved: 1 thing to settle")).to_be_visible()
    assert not Ticket.objects.exists()
    check_axe()

    page.get_by_label("Your question").fill("Which agenda fits in 45 minutes?")
    page.get_by_label("Facilitation").check()
    page.get_by_label("When do you need it done?").fill(in_a_month())
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile(r"/requests/TA-\d\d-0001/"))
    address = page.url
    check_axe()

    sign_in(people.manager)
    page.goto("/requests/")
    check_axe()
    page.get_by_role("link", name=re.compile("TA-")).first.click()
    check_axe()
    page.get_by_label("Assign to").select_option(str(people.manager.pk))
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_label("Reply", exact=True).fill("Use the 45-minute agenda in the facilitation kit.")
    page.get_by_label("Minutes you spent").fill("20")
    page.get_by_role("button", name="Send to requester as the answer").click()
    check_axe()
    assert Ticket.objects.get().state == State.ANSWERED
    assert "agenda" not in str([m.body for m in mail.outbox])

    sign_in(people.coordinator)
    page.goto(address)
    expect(page.get_by_text("Does this answer your request?")).to_be_visible()
    check_axe()
    page.get_by_role("button", name=re.compile("Yes")).click()
    expect(page.get_by_text("Closed").first).to_be_visible()
    assert Ticket.objects.get().state == State.CLOSED
