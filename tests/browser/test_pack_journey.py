"""Ten minutes before a site visit: a coordinator asks for a pack and takes it along."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from portal.core import outbox
from portal.people.models import User
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.world import World, build_world
from training import certificates
from training.models import AccreditationPack

SignIn = Callable[[User], None]
State = AccreditationPack.State


@pytest.fixture
def people(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A team with a module, a session and a paper; the worker is let go by hand."""
    monkeypatch.setattr(outbox, "wake", lambda lane: None)
    world = build_world()
    packing.belong(world.member)
    module = make.make_release("F01", lessons=1)[0]
    at = timezone.now() - timedelta(days=40)
    done = packing.complete(world.member, module, at)
    certificates.issue(done, at=at)
    packing.attend(packing.session_at(world.trainer, at, topics=["trauma"]), world.member)
    packing.elsewhere(world.member, world.manager, at, topics=["online"])
    return world


def take(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    got: Any = waiting.value
    kept = folder / got.suggested_filename
    got.save_as(kept)
    return kept


def test_a_coordinator_exports_a_pack_ten_minutes_before_a_site_visit(
    page: Page, people: World, sign_in: SignIn, check_axe: Callable[[], None], tmp_path: Path
) -> None:
    sign_in(people.coordinator)
    page.goto("/team/")
    page.get_by_role("link", name="Accreditation packs").click()
    page.get_by_role("link", name="Last 12 months").click()
    check_axe()
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_text("It waits for its turn")).to_be_visible()
    check_axe()

    pack = AccreditationPack.objects.get()
    AccreditationPack.objects.update(state=State.WORKING, done=2, total=6, step="paper")
    shown = page.locator("#pack-state").get_by_text("Typesetting the PDF. Step 2 of 6 is done.")
    expect(shown).to_be_visible()
    expect(page.locator("#announce")).to_have_text("Typesetting the PDF. Step 2 of 6 is done.")
    expect(page.get_by_role("progressbar", name="2 of 6 steps")).to_be_visible()
    check_axe()
    packing.work(pack)
    pack.refresh_from_db()
    expect(page.locator("#announce")).to_have_text("The pack is ready.")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check_axe()
    page.set_viewport_size({"width": 1280, "height": 800})

    minutes = pack.facts["minutes"]
    assert minutes > 300
    expect(page.get_by_text(f"({minutes} min)")).to_be_visible()
    book = take(page, "Workbook (XLSX)", tmp_path)
    header, *rows = load_workbook(book)["Roster"].iter_rows(values_only=True)
    assert sum(row[header.index("Minutes")] for row in rows) == minutes
    paper = take(page, "To read and print (PDF)", tmp_path)
    text = "".join(each.extract_text() for each in PdfReader(paper).pages)
    assert f"Minutes {minutes}" in " ".join(text.split())
    with zipfile.ZipFile(take(page, "Everything in one file (ZIP)", tmp_path)) as archive:
        assert archive.testzip() is None
        assert archive.read("pack.xlsx") == book.read_bytes()
        folders = {name.partition("/")[0] for name in archive.namelist()}
    assert folders == {"pack.pdf", "pack.xlsx", "csv", "certificates", "papers"}


def test_without_script_the_page_is_refreshed_by_a_link(
    page: Page, browser: Browser, base_url: str, people: World, sign_in: SignIn
) -> None:
    sign_in(people.coordinator)
    page.goto("/team/packs/")
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), base_url=base_url
    ).new_page()
    plain.goto("/team/packs/")
    plain.get_by_role("button", name="Make the pack").click()
    pack = AccreditationPack.objects.get()
    AccreditationPack.objects.update(state=State.FAILED)
    plain.get_by_role("link", name="Refresh").click()
    plain.get_by_role("button", name="Try again").click()
    expect(plain.get_by_text("It waits for its turn")).to_be_visible()
    packing.work(pack)
    plain.get_by_role("link", name="Refresh").click()
    expect(plain.get_by_role("link", name="Everything in one file (ZIP)")).to_be_visible()
    plain.context.close()
