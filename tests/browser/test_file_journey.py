"""A coordinator attaches a paper made here; the specialist downloads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfReader

from portal.people.models import User
from tests.assistance.making import assigned
from tests.core.privacy.uploads import CALM, FLAGGED, changed_pdf, pdf, with_properties
from tests.world import World, build_world

SignIn = Callable[[User], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def paper(*pages: str) -> FilePayload:
    data = changed_pdf(pdf(*pages), with_properties)
    return {"name": "agenda.pdf", "mimeType": "application/pdf", "buffer": data}


def test_a_paper_goes_from_one_side_to_the_other(
    page: Page, people: World, sign_in: SignIn, check_axe: Callable[[], None], tmp_path: Path
) -> None:
    ticket = assigned(people)
    sign_in(people.coordinator)
    page.goto(f"/requests/{ticket.number}/")
    page.get_by_text("Choose a file", exact=True).click()
    attach = page.locator("form", has=page.get_by_role("button", name="Attach the file"))
    attach.get_by_label("File", exact=False).first.set_input_files(paper(CALM, FLAGGED))
    attach.get_by_role("button", name="Attach the file").click()
    expect(attach.get_by_text("page 2: a date of birth")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("2010")
    check_axe()
    attach.get_by_label("File", exact=False).first.set_input_files(paper(CALM, "Jordan Alvarez"))
    attach.get_by_role("button", name="Attach the file").click()
    attach.get_by_label("An author, cited").check()
    check_axe()
    attach.get_by_label("File", exact=False).first.set_input_files(paper(CALM, "Jordan Alvarez"))
    attach.get_by_role("button", name="Attach the file").click()
    expect(page.get_by_text("The file is attached.")).to_be_visible()

    sign_in(people.specialist)
    page.goto(f"/requests/{ticket.number}/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="agenda.pdf").click()
    got: Any = waiting.value
    assert got.suggested_filename == "agenda.pdf"
    kept = tmp_path / "agenda.pdf"
    got.save_as(kept)
    assert PdfReader(kept).pages[0].extract_text() == CALM
    assert b"Jordan Maker" not in kept.read_bytes()
    check_axe()
