"""The pages of templates: texts, choices of periods, lists, and the mail with a link."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import Effect
from portal.core.privacy import screen
from portal.reports import schedules, texts
from portal.reports.layouts import BOARD, LAYOUTS, VOCA, ByCut, Figures, OfPlace
from portal.reports.measures import BY_KEY
from portal.reports.models import ReportRun, ReportSchedule, ReportText
from portal.reports.periods import Period
from tests.reports import run_making as making
from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/reports/templates/board/"


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.manager)
    return client


def post(**more: str) -> dict[str, str]:
    words = {f"text_{block.key}": str(block.words) for block in BOARD.texts}
    return {"key": str(uuid4()), "period": "ma-2026", "funding": "", **words, **more}


def test_every_template_names_figures_that_there_are() -> None:
    for layout in LAYOUTS.values():
        for part in layout.parts:
            if isinstance(part, Figures | OfPlace):
                for key, column in part.items:
                    assert column in {c.key for c in BY_KEY[key].columns}, (layout.key, key)
            if isinstance(part, OfPlace):
                cuts = [{c.key for c in BY_KEY[key].cuts} for key, _column in part.items]
                assert all(part.cut in each for each in cuts), layout.key
            if isinstance(part, ByCut):
                assert part.cut in {c.key for c in BY_KEY[part.measure].cuts}, layout.key


def test_our_own_words_pass_the_screen() -> None:
    assert not [b.key for each in LAYOUTS.values() for b in each.texts if screen(str(b.words))]


def test_the_list_says_what_each_is_for(manager: Client) -> None:
    page = manager.get("/reports/templates/").content.decode()
    for layout in LAYOUTS.values():
        assert f"/reports/templates/{layout.key}/" in page
    assert manager.get("/reports/templates/moon/").status_code == 404


def test_only_periods_that_are_over_can_be_chosen(manager: Client) -> None:
    running = Period.of("ma", timezone.localdate()).slug
    assert f'value="{running}"' not in manager.get(PAGE).content.decode()
    assert manager.post(PAGE, post(period=running, make="1")).status_code == 200
    assert manager.post(PAGE, post(period="moon", make="1")).status_code == 200
    assert not ReportRun.objects.exists()
    for layout in LAYOUTS.values():
        for basis, periods in layout.periods(date(2026, 11, 26)):
            assert periods, (layout.key, basis)
            assert all(p.last_day < date(2026, 11, 26) for p in periods)
            assert layout.has_quarters or not any(p.quarter for p in periods)


def test_a_place_must_be_one(manager: Client) -> None:
    for place in ("", "99999999999999999999", "x"):
        said = {"key": str(uuid4()), "period": "ma-2026", "county": place, "make": "1"}
        answer = manager.post("/reports/templates/county/", said)
        assert answer.status_code == 200
    assert not ReportRun.objects.exists()


def test_a_text_stands_in_the_next_report_and_emptied_ours_comes_back(
    manager: Client, world: World
) -> None:
    manager.post(PAGE, post(text_summary="A steady year.", make="1"))
    run = ReportRun.objects.get()
    making.work(run)
    assert "A steady year." in str(run.content)
    assert "Asteadyyear." in making.paper_text(run)
    row = ReportText.objects.get()
    assert (row.layout, row.block, row.written_by) == ("board", "summary", world.manager)
    page = manager.get(PAGE).content.decode()
    assert f"Last changed by {world.manager.name}" in page
    manager.post(PAGE, post(text_summary="", keep="1"))
    assert texts.of(BOARD)["summary"] == str(BOARD.texts[0].words)
    assert ReportText.objects.count() == 2
    assert ReportRun.objects.count() == 1


def test_a_text_that_stays_as_it_is_is_not_written_again(world: World) -> None:
    words = {b.key: str(b.words) for b in BOARD.texts}
    assert texts.write(BOARD, words, by=world.manager) == 0
    assert texts.write(BOARD, {**words, "next": "One thing.\r\n"}, by=world.manager) == 1
    assert texts.write(BOARD, {**words, "next": "One thing."}, by=world.deputy) == 0


def test_a_block_without_words_is_left_out(world: World) -> None:
    run = making.made(world.manager, making.wish("board"))
    assert "What comes next" not in str(run.content)


def test_what_the_screen_refuses_stays_on_the_page(manager: Client) -> None:
    said = "Call her at 617-555-0142, born 3/4/2011."
    page = manager.post(PAGE, post(text_summary=said, make="1")).content.decode()
    assert "Not saved" in page
    assert said in page
    assert not ReportText.objects.exists()
    assert not ReportRun.objects.exists()


def test_a_range_needs_days_that_were(manager: Client) -> None:
    tomorrow = (timezone.localdate() + timezone.timedelta(days=1)).isoformat()  # type: ignore[attr-defined]
    for first, last in (("2026-02-01", "2026-01-01"), ("2026-01-01", tomorrow), ("", "2026-01-01"),
                        ("1999-01-01", "2026-01-01")):  # fmt: skip
        said = {"key": str(uuid4()), "first_day": first, "last_day": last, "funding": ""}
        assert manager.post("/reports/range/", said).status_code == 200
    said = {"key": str(uuid4()), "first_day": "2026-01-01", "last_day": "2026-01-01"}
    assert manager.post("/reports/range/", said).status_code == 302
    assert manager.post("/reports/range/", said).status_code == 302
    assert ReportRun.objects.get().layout == "range"


def test_the_list_asks_no_more_with_more_reports(
    manager: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    manager.get("/reports/runs/")
    counted = []
    for _number in range(2):
        making.ask(world.manager, making.wish("county"))
        making.ask(world.deputy, making.wish("center"))
        with django_assert_max_num_queries(30) as queries:
            manager.get("/reports/runs/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_polling_says_what_changed_and_stops(manager: Client, world: World) -> None:
    run = making.ask(world.manager, making.wish("board"))
    url, htmx = f"/reports/runs/{run.pk}/", {"HX-Request": "true"}
    assert manager.get(url, {"seen": "asked-0--0"}, headers=htmx).status_code == 204
    making.work(run)
    answer = manager.get(url, {"seen": "asked-0--0"}, headers=htmx)
    assert answer.status_code == 286
    assert "The report is ready." in answer.content.decode()
    file = manager.get(f"{url}report.csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="report-board-ma-2026.csv"'
    assert manager.get(f"{url}report.zip").status_code == 404


# The mail with a link -------------------------------------------------------------------------


def mails() -> list[Effect]:
    return list(Effect.objects.filter(kind="mail", payload__template="report_due"))


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)


def test_a_link_is_mailed_once_when_a_period_begins(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, date(2026, 11, 26))
    schedules.choose(BOARD, "quarter", by=world.manager)
    schedules.choose(VOCA, "year", by=world.manager)
    assert schedules.tell() == 0, "the period that runs began before"
    at(monkeypatch, date(2027, 1, 1))
    assert schedules.tell() == 1
    assert schedules.tell() == 0
    at(monkeypatch, date(2027, 3, 31))
    assert schedules.tell() == 0
    at(monkeypatch, date(2027, 10, 2))
    assert schedules.tell() == 2
    assert [m.payload["context"] for m in mails()] == [
        {"path": "/reports/templates/board/"},
        {"path": "/reports/templates/board/"},
        {"path": "/reports/templates/voca/"},
    ]


def test_who_may_not_see_reports_gets_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, date(2026, 11, 26))
    ReportSchedule.objects.create(
        user=world.member, layout="board", every="quarter", told="ma-2026-q1"
    )
    assert schedules.tell() == 0
    assert not mails()


def test_the_choice_is_made_on_the_page_and_taken_back(manager: Client, world: World) -> None:
    manager.post(f"{PAGE}mail/", {"mail-every": "quarter"})
    assert schedules.chosen(world.manager, BOARD) == "quarter"
    manager.post(f"{PAGE}mail/", {"mail-every": "week"})
    assert schedules.chosen(world.manager, BOARD) == "quarter"
    manager.post(f"{PAGE}mail/", {"mail-every": ""})
    assert not ReportSchedule.objects.exists()
    manager.post("/reports/templates/voca/mail/", {"mail-every": "quarter"})
    assert not ReportSchedule.objects.exists(), "it is a template of years"
