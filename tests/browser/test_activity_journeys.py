"""A passage in a reply, a record from form to approval, a follow-up: in a real browser."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from assistance import follow_ups, passages
from assistance.models import ActivityRecord, FollowUp, Message, Ticket
from portal.people.models import User
from tests.assistance.making import assigned, closed
from tests.world import World, build_world

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
KIT = "The facilitation kit stands in the library."


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def insert_into(page: Page, ticket: Ticket) -> None:
    """Type a reply and minutes, and put the passage in."""
    page.goto(ticket.get_absolute_url())
    page.get_by_label("Reply", exact=True).fill("Thank you for asking.")
    page.get_by_label("Minutes you spent").fill("17")
    page.get_by_text("Insert a passage").click()
    page.get_by_label("Passage", exact=True).select_option(label="The kit")
    page.get_by_role("button", name="Insert after what is typed").click()
    expect(page.get_by_label("Reply", exact=True)).to_have_value(f"Thank you for asking.\n\n{KIT}")
    expect(page.get_by_label("Minutes you spent")).to_have_value("17")
    assert not Message.objects.exists()


def test_a_passage_goes_into_the_reply_with_and_without_script(
    page: Page, browser: Browser, base_url: str, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    ticket = assigned(people)
    passages.keep(by=people.manager, key=uuid4(), title="The kit", text=KIT)
    sign_in(people.specialist)
    insert_into(page, ticket)
    assert page.url.endswith(ticket.get_absolute_url())  # swapped in, no page was loaded
    check_axe()

    state = page.context.storage_state()
    plain = browser.new_context(
        java_script_enabled=False, storage_state=state, base_url=base_url
    ).new_page()
    insert_into(plain, ticket)
    assert plain.url.endswith("/reply/passage/")
    plain.get_by_role("button", name="Send to requester", exact=True).click()
    assert Message.objects.get().text.endswith(KIT)
    plain.context.close()


def test_a_record_goes_from_the_form_to_its_approval(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    ticket = assigned(people)
    sign_in(people.specialist)
    page.goto(ticket.get_absolute_url())
    page.get_by_role("link", name="Record an activity").click()
    check_axe()
    page.get_by_label("By video").check()
    page.get_by_label("How long it lasted, in minutes").fill("60")
    page.get_by_label("How many took part").fill("9")
    page.get_by_label("Prosecution").check()
    page.get_by_label("Goal").fill("Shorter meetings")
    page.get_by_label("Working notes").fill("Bring the timer.")
    page.get_by_label("Your own time, in minutes").fill("90")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Bring the timer.")).to_be_visible()
    check_axe()

    sign_in(people.manager)
    page.goto(ActivityRecord.objects.get().get_absolute_url())
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("It stays as it is")).to_be_visible()
    expect(page.get_by_text("Bring the timer.")).to_have_count(0)
    check_axe()


def test_a_follow_up_is_answered(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    ticket = closed(people)
    Ticket.objects.filter(pk=ticket.pk).update(follow_up_on=timezone.localdate())
    follow_ups.ask()
    sign_in(people.coordinator)
    page.goto(ticket.get_absolute_url())
    page.get_by_role("link", name="Say it in a minute").click()
    check_axe()
    page.get_by_label("Partly").check()
    page.get_by_label("4", exact=True).check()
    page.get_by_label("We trained others").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("4 of 5")).to_be_visible()
    check_axe()
    assert FollowUp.objects.get().rating == 4
