"""The board meets tonight: the manager makes the one-pager, with and without script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.core import outbox
from portal.people.models import User
from portal.reports.models import ReportRun
from tests.reports import run_making as making
from tests.world import World, build_world

SignIn = Callable[[User], None]
State = ReportRun.State


@pytest.fixture
def people(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The worker is let go by hand."""
    monkeypatch.setattr(outbox, "wake", lambda lane: None)
    return build_world()


def test_the_manager_makes_the_board_one_pager(
    page: Page, people: World, sign_in: SignIn, check_axe: Callable[[], None], tmp_path: Path
) -> None:
    sign_in(people.manager)
    page.goto("/reports/templates/")
    check_axe()
    page.get_by_role("link", name="Board one-pager").click()
    page.get_by_label("Period", exact=True).select_option(label="Massachusetts fiscal year 2026")
    page.get_by_label("What comes next").fill("Two counties need a coordinator.")
    check_axe()
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_text("It waits for its turn")).to_be_visible()
    check_axe()

    run = ReportRun.objects.get()
    ReportRun.objects.update(state=State.WORKING, done=2, total=5, step="paper")
    expect(page.locator("#announce")).to_have_text("Typesetting the PDF. Step 2 of 5 is done.")
    expect(page.get_by_role("progressbar", name="2 of 5 steps")).to_be_visible()
    making.work(run)
    expect(page.locator("#announce")).to_have_text("The report is ready.")
    expect(page.get_by_text("Two counties need a coordinator.")).to_be_visible()
    check_axe()
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check_axe()
    page.set_viewport_size({"width": 1280, "height": 800})
    with page.expect_download() as waiting:
        page.get_by_role("link", name="To read and print (PDF)").click()
    got: Any = waiting.value
    assert got.suggested_filename == "report-board-ma-2026.pdf"
    run.refresh_from_db()
    assert "Twocountiesneedacoordinator." in making.paper_text(run)


def test_without_script_the_page_is_refreshed_by_a_link(
    page: Page, browser: Browser, base_url: str, people: World, sign_in: SignIn
) -> None:
    sign_in(people.manager)
    page.goto("/reports/templates/")
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), base_url=base_url
    ).new_page()
    plain.goto("/reports/templates/board/")
    plain.get_by_label("Period", exact=True).select_option(label="Massachusetts fiscal year 2026")
    plain.get_by_role("button", name="Make the report").click()
    run = ReportRun.objects.get()
    ReportRun.objects.update(state=State.FAILED)
    plain.get_by_role("link", name="Refresh").click()
    plain.get_by_role("button", name="Try again").click()
    expect(plain.get_by_text("It waits for its turn")).to_be_visible()
    making.work(run)
    plain.get_by_role("link", name="Refresh").click()
    expect(plain.get_by_role("link", name="To read and print (PDF)")).to_be_visible()
    plain.context.close()
