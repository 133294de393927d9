"""Video, choices, download and words of a lesson: on a narrow screen, on paper, by keyboard."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from wagtail.documents.models import Document

from portal.core import reference
from portal.people.models import User
from tests.factories import UserFactory
from tests.training.material_factories import (
    WEBM,
    block,
    choice_block,
    glossary_block,
    make_term,
    make_video,
    released,
)
from training import enrolments
from training.models import ModulePage

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]
LESSON = "/training/t01/1/"


@pytest.fixture
def module(db: None) -> ModulePage:
    reference.load()
    video = make_video(described=ContentFile(WEBM, "d.webm"), says_all=False)
    paper = Document.objects.create(title="Card", file=ContentFile(b"Ten terms.", "card.txt"))
    page, _release = released(
        block("video", video.pk),
        choice_block(),
        block("download", {"document": paper.pk, "title": "A card", "about": "Ten terms"}),
        glossary_block(make_term("Harbor"), make_term("Quay")),
    )
    return page


@pytest.fixture
def reader(module: ModulePage, sign_in: SignIn) -> User:
    person: User = UserFactory()
    enrolments.enrol(person=person, module=module)
    sign_in(person)
    return person


@pytest.mark.parametrize("width", [1280, 320])
def test_every_block_fits_and_passes_axe(
    page: Page, reader: User, check_axe: CheckAxe, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(LESSON)
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_axe()


def test_the_player_is_the_browsers_own_and_waits(page: Page, reader: User) -> None:
    page.goto(LESSON)
    player = page.locator("video").first
    assert player.evaluate("v => v.controls && v.paused && !v.autoplay")
    assert player.evaluate("v => v.textTracks[0].kind + ' ' + v.textTracks[0].mode") == (
        "captions showing"
    )


def test_a_choice_opens_by_keyboard_and_sends_nothing(page: Page, reader: User) -> None:
    page.goto(LESSON)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []

    def listen(request: Request) -> None:
        sent.append(request.url)

    page.on("request", listen)
    choice = page.locator(".block-choices summary").first
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Then comes 1.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Then comes 1.")).not_to_be_visible()
    assert sent == []


def test_paper_has_the_transcript_and_the_choices_and_no_player(page: Page, reader: User) -> None:
    page.goto(LESSON)
    page.emulate_media(media="print")
    expect(page.get_by_text("Welcome to the harbor.")).to_be_visible()
    expect(page.get_by_text("Then comes 2.")).to_be_visible()
    expect(page.locator("video").first).not_to_be_visible()


def test_everything_opens_without_a_script(
    browser: Browser, context: BrowserContext, reader: User, base_url: str
) -> None:
    plain = browser.new_context(java_script_enabled=False, base_url=base_url)
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(LESSON)
    page.get_by_text("Read the transcript").click()
    expect(page.get_by_text("Welcome to the harbor.")).to_be_visible()
    page.get_by_text("Way 1").click()
    expect(page.get_by_text("It teaches 1.")).to_be_visible()
    plain.close()


def test_the_draft_as_a_learner_meets_it_passes_axe(
    page: Page, module: ModulePage, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    sign_in(UserFactory(is_statewide=True, roles=("author",)))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/cms/pages/{module.pk}/view_draft/?mode=learner&lesson=1")
    expect(page.get_by_role("heading", name="This is a preview")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check_axe()
