"""Reports of templates and of any days: the same figures in every form, made once, gone in time."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.core import making as worker
from portal.core.models import Effect, Event
from portal.core.redaction import registry
from portal.people import retention
from portal.people.models import User
from portal.reports import freezing, ranges, reading, releasing, run_keeping, runs
from portal.reports.layouts import LAYOUTS
from portal.reports.measures import MEASURES, TOTAL, Window
from portal.reports.models import ReportRun
from portal.reports.periods import Period
from portal.reports.runs import Wish
from resources.models import Fact, Highlight, Initiative
from resources.models.highlight import CHECKS
from tests.assistance import making as ticket_making
from tests.reports import run_making as making
from tests.reports import year
from tests.world import World
from training import tagged_pdf

pytestmark = pytest.mark.django_db
State = ReportRun.State
SPRING = (date(2026, 2, 3), date(2026, 8, 1))


@pytest.fixture(autouse=True)
def nothing_lies_about(db: None) -> Iterator[None]:
    yield
    for run in ReportRun.objects.all():
        for name in making.lying_about(run):
            default_storage.delete(name)


@pytest.fixture
def full(world: World) -> World:
    year.fill(world)
    return world


def board(world: World) -> ReportRun:
    return making.ask(world.manager, making.wish("board"))


def events_of(run: ReportRun) -> list[str]:
    rows = Event.objects.filter(subject_type="reports.reportrun", subject_id=str(run.pk))
    return list(rows.order_by("pk").values_list("kind", flat=True))


# The same figures in every form ---------------------------------------------------------------


def test_each_template_and_a_range_say_the_same_on_page_paper_and_sheets(
    full: World, client: Client
) -> None:
    client.force_login(full.manager)
    asked = [making.wish(key) for key in LAYOUTS] + [Wish.of_range(*SPRING)]
    for wish in asked:
        run = making.made(full.manager, wish)
        assert (run.state, run.done) == (State.READY, run.total), wish.layout
        figures = [
            [heading, label, column, words if number is None else number, *([unit] if unit else [])]
            for heading, label, column, (number, unit, words) in making.cells(run)
        ]
        assert figures, wish.layout
        for sheet in ("Report", "Figures"):
            lines_of = making.sheet_lines(run, sheet)
            assert [line for line in figures if line not in lines_of] == [], wish.layout
        lines = making.csv_lines(run)
        assert lines[0] == list(making.FIGURES)
        for figure in figures:
            text = [str(each) for each in figure]
            assert any(line[: len(text)] == text for line in lines), (wish.layout, figure)
        page = making.plain(client.get(f"/reports/runs/{run.pk}/").content.decode())
        paper = making.paper_text(run)
        for _heading, _label, _column, (_number, _unit, words) in making.cells(run):
            assert making.plain(words) in page
            assert making.plain(words) in paper
        _is_tagged(run)


def _is_tagged(run: ReportRun) -> None:
    said = run.files["pdf"]
    assert said["standard"] == "ua-1"
    file = SimpleNamespace(storage=default_storage, name=said["name"], size=said["size"])
    assert tagged_pdf.is_tagged(SimpleNamespace(file=file))
    reader = making.paper(run)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert run.content["title"] in str(reader.metadata.title)  # type: ignore[union-attr]


def test_the_figures_are_those_of_the_release(full: World) -> None:
    run = making.made(full.manager, making.wish("annual"))
    release = releasing.of_period(Period.parse("ma-2026"))
    found = {(h, r, c): cell for h, r, c, cell in making.cells(run)}
    for row in release.tables["people", "discipline"].rows:
        cell = found["People trained, by discipline", row.label, "People"]
        assert cell[0] == row.numbers["people"]
    minutes = release.tables["minutes", TOTAL].whole.numbers["minutes"] or 0
    assert found["Training", "Training hours", "This period"][0] == round(minutes / 60, 1)


def test_the_board_has_one_page(full: World) -> None:
    assert len(making.paper(making.made(full.manager, making.wish("board"))).pages) == 1


def test_a_range_says_what_a_recount_of_its_days_says_and_is_not_for_release(full: World) -> None:
    run = making.made(full.manager, Wish.of_range(*SPRING))
    counted = reading.recount(Window(*SPRING))
    kept = {
        (key, cut): table
        for (key, cut), table in counted.items()
        for m in MEASURES
        if m.key == key and not any(c.key == cut and c.is_personal for c in m.cuts)
    }
    numbers = [
        number if column.unit != "min" or number is None else round(number / 60, 1)
        for m in MEASURES
        for cut in (TOTAL, *(c.key for c in m.cuts if not c.is_personal))
        for row in kept[m.key, cut].rows
        for column in m.columns
        for number in [row.numbers[column.key]]
    ]
    assert [cell[0] for *_where, cell in making.cells(run)] == numbers
    assert any(numbers)
    assert "Notforrelease" in making.paper_text(run)
    assert any("Not for release" in line[1] for line in making.csv_lines(run) if len(line) > 1)
    assert run.total == runs.STEPS + len(ranges.measures(""))


def test_of_one_funder_only_measures_that_know_one_are_shown(full: World) -> None:
    run = making.made(full.manager, making.wish("voca", funding="voca"))
    assert "What people learned" not in {s["heading"] for s in run.content["sections"]}
    released = releasing.of_period(Period.parse("federal-2026"), "voca")
    cell = next(c for _h, r, _c, c in making.cells(run) if r == "Trainings delivered")
    assert cell[0] == released.tables["trainings", TOTAL].whole.numbers["trainings"]


# What is left out -----------------------------------------------------------------------------


def test_what_is_held_back_stays_so_in_every_form(full: World, client: Client) -> None:
    release = releasing.of_period(Period.parse("ma-2025"))
    assert release.is_held_back("requests", TOTAL, "", "received")
    exact = reading.of_period(Period.parse("ma-2025")).number("requests", "received")
    run = making.made(full.manager, making.wish("board"))
    label = "Requests for technical assistance, received"
    cells = {c: cell for _h, r, c, cell in making.cells(run) if r == label}
    assert cells["Period before"] == [None, "", "held back"]
    assert cells["This period"][0] is not None
    line = ["The figures", label, "Period before", "held back"]
    assert line in making.sheet_lines(run)
    assert line in [found[:4] for found in making.csv_lines(run)]
    assert exact not in (None, 0)
    said = f"{label}{cells['This period'][0]}heldback"
    assert making.plain(said) in making.paper_text(run)
    client.force_login(full.manager)
    page = client.get(f"/reports/runs/{run.pk}/").content.decode()
    assert page.count("held back") >= 2


def test_a_cut_that_is_not_released_shows_no_number(full: World) -> None:
    run = making.made(full.manager, making.wish("advocacy"))
    found = [cell for heading, *_at, cell in making.cells(run) if heading == "Requests, by county"]
    assert found
    assert {cell[0] for cell in found} == {None}
    assert "It is for a federal fiscal year that was frozen" in str(run.content)


def test_needs_by_type_stand_in_the_brief_once_the_year_is_frozen(world: World) -> None:
    """Of the small type nothing is told: it stands together with the smallest of the others."""
    for kind, count in (("practice", 9), ("review", 7), ("training", 6), ("data", 2)):
        for _number in range(count):
            at = timezone.make_aware(datetime(2026, 2, 3, 12))
            ticket_making.sent(world, type=kind, at=at)
    freezing.freeze(Period.parse("federal-2026"), "", by=world.manager, key=uuid4())
    run = making.made(world.manager, making.wish("advocacy"))
    found = {
        row: cell[0]
        for heading, row, column, cell in making.cells(run)
        if heading == "Requests, by type" and column == "Received"
    }
    assert found.pop("Practice consultation (process only)") == 9
    assert found.pop("Document or template review") == 7
    assert list(found.values()) == [8]
    assert "Data and reporting" not in found


def test_no_name_of_a_person_is_in_any_form(full: World, client: Client) -> None:
    client.force_login(full.manager)
    names = {u.name for u in User.objects.all()} | {u.email for u in User.objects.all()}
    for wish in (*(making.wish(key) for key in LAYOUTS), Wish.of_range(*SPRING)):
        run = making.made(full.manager, wish)
        sheets = str(making.csv_lines(run)) + str(making.sheet_lines(run)) + str(run.content)
        assert not [name for name in names if name in sheets]
        text = making.paper_text(run)
        assert not [name for name in names if making.plain(name) in text]


def test_a_formula_is_text_in_every_form(full: World) -> None:
    Initiative.objects.update(name="=HYPERLINK(1)")
    run = making.made(full.manager, Wish.of_range(*SPRING))
    book = load_workbook(io.BytesIO(making.stored(run, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == "'=HYPERLINK(1)"]
    lines = making.csv_lines(run)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))]
    assert [line for line in lines if "'=HYPERLINK(1)" in line]


def test_highlights_of_the_period_and_facts_looked_up_stand_in_the_advocacy_brief(
    world: World,
) -> None:
    at = timezone.make_aware(timezone.datetime(2026, 3, 3, 12))  # type: ignore[attr-defined]
    ticked = dict.fromkeys(CHECKS, True)
    both = {"author": world.author, "approved_by": world.manager, **ticked}
    for title, state, when in (
        ("Shown", "published", at),
        ("A year before", "published", at - timedelta(days=200)),
        ("Not read yet", "waiting", None),
    ):
        Highlight.objects.create(
            title=title, text="A team meets weekly.", state=state, published_at=when,
            key=uuid4(), **both,
        )  # fmt: skip
    said: dict[str, Any] = {"statement": "So it is.", "source": "A yearbook", "source_date": "2025"}
    Fact.objects.create(figure="Twelve", checked_on=timezone.localdate(), **said)
    Fact.objects.create(figure="Ninety", **said)
    run = making.made(world.manager, making.wish("advocacy"))
    text = str(run.content)
    assert "Shown" in text
    assert "A year before" not in text
    assert "Not read yet" not in text
    assert "Twelve: So it is." in text
    assert "A yearbook, 2025" in text
    assert "Ninety" not in text


# Asking, and what goes wrong ------------------------------------------------------------------


def test_one_post_sent_twice_makes_one_report(world: World) -> None:
    key = uuid4()
    first = runs.ask(making.wish("board"), key=key, by=world.manager)
    assert runs.ask(making.wish("board"), key=key, by=world.manager) == first
    assert runs.ask(making.wish("board"), key=key, by=world.deputy) != first
    for person in set(world.people.values()) - {world.manager, world.deputy}:
        with pytest.raises(PermissionDenied):
            board_by(person)
        assert not ReportRun.objects.visible_to(person).exists()


def board_by(person: User) -> ReportRun:
    return making.ask(person, making.wish("board"))


def test_what_fails_is_seen_and_can_be_tried_again(
    world: World, client: Client, settings: Any
) -> None:
    run = board(world)
    kept = settings.STORAGES
    nowhere = {**kept["default"], "OPTIONS": {"location": "/dev/null/nowhere"}}
    settings.STORAGES = {**kept, "default": nowhere}
    making.work(run)
    assert run.state == State.FAILED
    settings.STORAGES = kept
    client.force_login(world.manager)
    assert "could not be made" in client.get(f"/reports/runs/{run.pk}/").content.decode()
    client.post(f"/reports/runs/{run.pk}/")
    assert making.work(run).state == State.READY
    assert events_of(run) == [
        "reports.run_asked", "reports.run_failed", "reports.run_asked", "reports.run_made",
    ]  # fmt: skip


def test_a_period_that_runs_still_is_not_made(world: World) -> None:
    wish = Wish.of_period("board", Period.of("ma", timezone.localdate()))
    run = making.made(world.manager, wish)
    assert run.state == State.FAILED
    assert not making.lying_about(run)


def test_what_ends_the_worker_each_time_is_not_tried_for_ever(world: World) -> None:
    run = board(world)
    Effect.objects.update(attempts=worker.MOST_TRIES)
    assert making.work(run).state == State.FAILED


def test_of_two_runs_the_slower_one_leaves_nothing(world: World) -> None:
    run = board(world)
    slow = runs.Reporting(run, making.effect_of(run))
    making.work(run)
    files = run.files
    with pytest.raises(worker.Overtaken):
        slow.make()
    slow.discard()
    run.refresh_from_db()
    assert (run.state, run.files) == (State.READY, files)
    assert making.lying_about(run) == {each["name"] for each in files.values()}


def test_a_report_that_nobody_begins_is_told(world: World, client: Client) -> None:
    run = board(world)
    Effect.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    assert worker.is_stalled(runs.KIND, run)
    client.force_login(world.manager)
    page = client.get(f"/reports/runs/{run.pk}/").content.decode()
    assert "Nothing has moved for more than five minutes" in page
    assert not worker.is_stalled(runs.KIND, making.work(run))


# Kept and removed -----------------------------------------------------------------------------


def test_after_thirty_days_it_goes(world: World, django_capture_on_commit_callbacks: Any) -> None:
    run = making.work(board(world))
    ReportRun.objects.update(kept_until=timezone.localdate() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.apply_all()["report_runs"] == 1
    run.refresh_from_db()
    assert (run.state, run.files, run.content) == (State.GONE, {}, {})
    assert not making.lying_about(run)


def test_it_goes_when_words_in_it_may_no_longer_be_read(world: World) -> None:
    run = making.work(board(world))
    fact = Fact.objects.create(figure="1", statement="So it is.", source="A book")
    registry.run_after([fact])
    run.refresh_from_db()
    assert run.state == State.GONE


def test_files_that_no_report_knows_are_swept(world: World, monkeypatch: Any) -> None:
    run = making.work(board(world))
    lost = default_storage.save(f"{run.folder}/lost.pdf", ContentFile(b"x"))
    run_keeping.sweep()
    assert default_storage.exists(lost), "it may belong to a run that goes on"
    monkeypatch.setattr(worker, "UNUSED_FOR", timedelta(seconds=-5))
    assert run_keeping.sweep() >= 1
    assert making.lying_about(run) == {each["name"] for each in run.files.values()}
