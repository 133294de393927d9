"""Training from the author's first word to the coordinator's list, in a real browser with axe."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from portal.people.models import User
from tests.training.factories import linked_quiz, make_module, make_pathway
from tests.world import World, build_world
from training.models import Assignment, Completion, ModulePage, TrainingIndexPage

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
KINDS = ("single", "matching", "ordering", "short")


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def insert(page: Page, field: str, block: str, holds: str) -> None:
    """Add a block to a stream; one kind alone is added at once, others by a menu, which opens only
    when the editor's script has run.
    """
    wanted = page.locator(f"[name={holds}]").first
    stream = page.locator(f"[data-contentpath={field}]").first
    for _try in range(8):
        stream.get_by_role("button", name="Insert a block").first.click()
        try:
            if not wanted.count():
                page.get_by_role("option", name=block, exact=True).first.click(timeout=2_000)
            wanted.wait_for(state="attached", timeout=3_000)
            return
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
    raise AssertionError(f"no {block} in {field}")


def write_question(page: Page, at: str) -> None:
    """Fill a question of two answers; the first is right."""
    page.locator(f"[name={at}-prompt]").fill("What comes first?")
    options = f"{at}-options"
    if not page.locator(f"[name={options}-1-value-text]").count():
        container = page.locator(f"[name={options}-count]").locator("xpath=..")
        container.locator("[data-streamfield-list-add]").last.click()
    for n, text in enumerate(("The call", "The form")):
        page.locator(f"[name={options}-{n}-value-text]").fill(text)
        page.locator(f"[name={options}-{n}-value-feedback]").fill("A word on it.")
    page.locator(f"[name={options}-0-value-correct]").check()


def test_an_author_writes_a_reviewer_approves_and_the_module_is_out(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    index = TrainingIndexPage.objects.get()
    sign_in(people.author)
    page.goto(f"/cms/pages/add/training/modulepage/{index.pk}/")
    page.locator("[name=title]").fill("The first call")
    page.locator("[name=code]").fill("W01")
    page.locator("[name=summary]").fill("How to make the first call.")
    insert(page, "lessons", "Lesson", "lessons-0-value-title")
    page.locator("[name=lessons-0-value-title]").fill("Before the call")
    insert(page, "body", "Text", "lessons-0-value-body-0-value")
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.type("Say what you saw, and when.")
    text = page.locator("[name=lessons-0-value-body-0-value]")
    expect(text).to_have_value(re.compile("what you saw"))
    write_question(page, "lessons-0-value-checks-0-value")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")
    draft = ModulePage.objects.get(code="W01")
    assert not draft.live
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to").click()
    expect(page.get_by_text("submitted")).to_be_visible()

    sign_in(people.member)
    assert page.request.get("/training/the-first-call/").status == 404

    sign_in(people.reviewer)
    page.goto(f"/cms/pages/{draft.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve and publish").first.click()
    page.locator(".modal [type=submit]").first.click()
    expect(page.locator(".messages")).to_contain_text("The first call")

    sign_in(people.member)
    page.goto("/training/")
    page.get_by_role("link", name="The first call").click()
    check_axe()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Say what you saw, and when.")).to_be_visible()
    check_axe()


def answer(page: Page, *, right: bool) -> None:
    """Answer one question of each kind; line 0 of a test module belongs to match 0, and so on."""
    offset = 0 if right else 1
    page.get_by_label(f"Answer {offset}", exact=True).and_(page.locator("[type=radio]")).check()
    for box in page.locator("select").all():
        line = page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
        number = int(line.removeprefix("Answer ")) + offset
        labels = box.locator("option").all_inner_texts()
        fits = {f"Match {number % 3}", str(number % 3 + 1)}
        box.select_option(label=next(label for label in labels if label in fits))
    page.get_by_label("Your answer").fill("answer 0" if right else "something else")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_member_fails_reviews_passes_and_is_certified(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    make_module("F04", lessons=1, quiz=linked_quiz("F04", *KINDS))
    sign_in(people.member)
    page.goto("/training/f04/")
    page.get_by_role("button", name="Start with 4 questions").click()
    check_axe()
    page.get_by_role("button", name="Show the questions").click()
    answer(page, right=False)
    check_axe()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Thank you")).to_be_visible()
    check_axe()
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("Answer 0", exact=True).check()
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Some questions still need an answer")).to_be_visible()
    check_axe()
    answer(page, right=False)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Not passed yet")).to_be_visible()
    check_axe()
    page.get_by_role("link", name="Module F04").click()
    page.get_by_role("link", name="Lesson 1").click()
    page.go_back()
    page.get_by_role("link", name="Continue with the quiz").click()
    page.get_by_role("button", name="Try again").click()
    answer(page, right=True)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()
    check_axe()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Continue").click()
    assert Completion.objects.filter(person=people.member).count() == 1
    page.goto("/me/transcript/")
    page.get_by_role("link", name=re.compile("certificate", re.IGNORECASE)).first.click()
    expect(page.locator("main").get_by_text(people.member.name).first).to_be_visible()


def test_a_coordinator_sees_who_lapses_and_assigns(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    module, _release = make_module("F01", lessons=1)
    make_pathway("way", module, title="The way")
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    sign_in(people.coordinator)
    page.goto("/team/")
    page.get_by_role("link", name=re.compile("who lapses")).click()
    page.get_by_label("Who lapses before").fill(day)
    page.get_by_role("button", name="Show").click()
    check_axe()
    page.get_by_label(people.member.name).check()
    page.get_by_role("button", name="Assign a pathway to those chosen").click()
    check_axe()
    expect(page.get_by_label(re.compile(people.member.name))).to_be_checked()
    page.get_by_label("Pathway").select_option(label="The way")
    page.get_by_label("To be done by").fill(day)
    page.get_by_role("button", name="Assign", exact=True).click()
    page.wait_for_url("**/team/assignments/")
    check_axe()
    row = Assignment.objects.get()
    assert row.person == people.member
    page.get_by_role("link", name=re.compile(people.member.name)).click()
    check_axe()

    sign_in(people.member)
    page.goto("/")
    page.get_by_role("link", name="The way").first.click()
    expect(page.get_by_role("heading", name="Asked of you")).to_be_visible()
    check_axe()
