"""What is released of a period, and the report that is frozen: the same bytes for good."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.core import insert_only
from portal.core.models import Event
from portal.reports import freezing, holding, reading, released_files, releasing
from portal.reports.models import FrozenReport, ReleasedCut
from portal.reports.periods import Period
from resources.models import Forum
from tests.assistance import making
from tests.reports import year
from tests.training.session_factories import make_session
from tests.world import World

pytestmark = pytest.mark.django_db

EASTERN = ZoneInfo("America/New_York")
FEDERAL = Period.parse("federal-2026")
SUMMER = Period.parse("federal-2026-q4")


def ask(world: World, month: int, times: int, **changes: Any) -> None:
    """Requests received in a month of the federal fiscal year 2026."""
    at = datetime(2026 - (month > 9), month, 10, 12, tzinfo=EASTERN)
    for number in range(times):
        making.sent(world, at=at + timedelta(minutes=number), **changes)


def log_forum(world: World, on: date) -> Forum:
    return Forum.objects.create(
        happened_on=on,
        level="state",
        kind="testimony",
        title="A hearing",
        audience=20,
        funding="voca",
        key=uuid4(),
        recorded_by=world.manager,
    )


def freeze(world: World, period: Period = FEDERAL, funding: str = "") -> FrozenReport:
    return freezing.freeze(period, funding, by=world.manager, key=uuid4())


def received(slug: str, cut: str = "") -> Any:
    release = releasing.of_period(Period.parse(slug))
    if not cut:
        return release.table("requests").whole.numbers["received"]
    table = release.tables.get(("requests", cut))
    return table and {row.key: row.numbers["received"] for row in table.rows}


# What is released --------------------------------------------------------------------------------


def test_nothing_of_a_period_that_runs_is_released(world: World, client: Client) -> None:
    now = Period.of("ma", timezone.localdate())
    with pytest.raises(releasing.NotOver):
        releasing.of_period(now)
    with pytest.raises(releasing.NotOver):
        freeze(world, now)
    client.force_login(world.manager)
    page = client.get(f"/reports/released/?period={now.slug}").content.decode()
    assert "This period is not over" in page
    assert client.get(f"/reports/released/figures.csv?period={now.slug}").status_code == 404


def test_a_small_quarter_is_held_back_with_every_year_it_is_part_of(world: World) -> None:
    ask(world, 11, 6)
    ask(world, 2, 3)
    ask(world, 8, 5)
    assert received("federal-2026-q1") == received("calendar-2025-q4") == 6
    assert received("federal-2026-q2") is received("ma-2026-q3") is None
    assert received("federal-2026-q3") == 0
    assert received("federal-2026-q4") == 5
    assert received("calendar-2025") == 6
    for slug in ("federal-2026", "ma-2026"):
        assert received(slug) is None
    release = releasing.of_period(FEDERAL)
    assert release.is_held_back("requests", "", "", "received")
    assert not release.is_held_back("requests", "", "", "resolved")


def test_what_is_open_and_who_trained_are_never_released(world: World) -> None:
    ask(world, 11, 6)
    session = make_session(world.trainer, starts_at=datetime(2026, 2, 3, 12, tzinfo=EASTERN))
    assert session.trainer == world.trainer
    release = releasing.of_period(FEDERAL)
    assert not any(key == "open" for key, _cut in release.tables)
    assert reading.of_period(FEDERAL).table("trainings", "trainer").rows
    assert ("trainings", "trainer") not in release.tables
    assert release.table("trainings", "way").rows
    frozen = freeze(world)
    assert world.trainer.last_name not in frozen.released + frozen.exact


def test_by_funding_nothing_small_is_released_and_the_rest_as_it_is(world: World) -> None:
    ask(world, 11, 9)
    log_forum(world, date(2026, 2, 10))
    release = releasing.of_period(FEDERAL, "voca")
    small = [m for m in release.measures if m.is_small]
    assert {m.key for m in small} >= {"requests", "effort", "speed"}
    for measure in small:
        assert set(release.table(measure.key).whole.numbers.values()) == {None}
    assert release.table("forums").whole.numbers["forums"] == 1
    assert not any(cut for key, cut in release.tables if key in {m.key for m in small})


def test_cuts_of_requests_are_settled_once_with_the_first_frozen_report(world: World) -> None:
    ask(world, 11, 12, type="practice")
    ask(world, 2, 7, type="training")
    ask(world, 8, 8, type="resource")
    ask(world, 8, 2, type="policy")
    assert received("federal-2026", "type") is None
    freeze(world, SUMMER)
    freeze(world, Period.parse("ma-2026"))
    freeze(world, FEDERAL, "voca")
    assert not ReleasedCut.objects.exists()
    freeze(world)
    first = {"practice": 12, "resource": 8, holding.TOGETHER: 9}
    assert received("federal-2026", "type") == first
    release = releasing.of_period(FEDERAL)
    assert release.cuts_as_of is not None
    assert release.is_held_back("requests", "type", "training", "received")
    assert release.is_held_back("requests", "type", "practice", "resolved")
    assert not release.is_held_back("requests", "type", "practice", "received")
    ask(world, 8, 4, type="policy")
    freeze(world)
    assert received("federal-2026", "type") == first
    assert received("federal-2026") == 33
    assert ("requests", "center") not in releasing.of_period(FEDERAL).tables


def test_a_cut_that_cannot_be_released_is_settled_as_well(world: World) -> None:
    """Two values and one of them small: the other would be told by the whole."""
    ask(world, 11, 9, type="practice")
    ask(world, 11, 2, type="policy")
    freeze(world)
    assert received("federal-2026", "type") is None
    ask(world, 11, 8, type="policy")
    freeze(world)
    assert received("federal-2026", "type") is None
    assert ReleasedCut.objects.get(cut="type").data is None


# Frozen reports ----------------------------------------------------------------------------------


def test_a_frozen_report_is_the_same_bytes_after_late_edits(world: World, client: Client) -> None:
    year.fill(world)
    ask(world, 5, 1, type="policy")
    client.force_login(world.manager)
    frozen = freeze(world)
    assert freezing.from_the_facts(frozen) == frozen.exact
    assert freezing.differences(frozen) == []
    files = [f"/reports/frozen/{frozen.pk}/figures.{ending}" for ending in ("csv", "xlsx")]
    texts = freezing.reproduce(frozen), frozen.exact
    before = [client.get(path).content for path in files]
    exact = reading.of_period(FEDERAL)
    log_forum(world, date(2026, 2, 10))
    log_forum(world, date(2025, 9, 30))  # of another year
    ask(world, 5, 1, type="policy")
    frozen = FrozenReport.objects.get(pk=frozen.pk)
    assert (freezing.reproduce(frozen), frozen.exact) == texts
    assert [client.get(path).content for path in files] == before

    def was(measure: str, cut: str, value: str, column: str) -> Any:
        row = exact.table(measure, cut).row(value)
        return row.numbers[column] if row else 0

    def moved(measure: str, column: str, by: int, **values: str) -> set[Any]:
        return {
            (measure, cut, value, column, was(measure, cut, value, column),
             was(measure, cut, value, column) + by)
            for cut, value in {"": "", **values}.items()
        }  # fmt: skip

    place = {"type": "policy", "center": "essex", "discipline": world.coordinator.discipline.slug}
    found = {
        (d.measure.key, d.cut, d.value, d.column.key, d.then, d.now)
        for d in freezing.differences(frozen)
    }
    assert found == (
        moved("forums", "forums", 1, level="state")
        | moved("forums", "people", 20, level="state")
        | moved("requests", "received", 1, **place, county="essex")
        | moved("open", "open", 1, **place)
    )
    page = client.get(f"/reports/frozen/{frozen.pk}/").content.decode()
    assert "Figures that are other ones now" in page
    assert page.count("Requests for technical assistance</th>") == 5
    assert freezing.from_the_facts(frozen) == freezing.exact_text(reading.of_period(FEDERAL).tables)


def test_a_frozen_report_can_be_neither_changed_nor_deleted(world: World) -> None:
    frozen = freeze(world)
    rows = FrozenReport.objects.filter(pk=frozen.pk)
    for change in (lambda: rows.update(note="Other"), rows.delete):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        ReleasedCut.objects.update(data=None)


def test_a_frozen_report_that_somebody_changed_is_not_shown_as_if_it_were_whole(
    world: World,
) -> None:
    frozen = freeze(world)
    other = frozen.released.replace("Forums", "Forum")
    assert other != frozen.released
    with insert_only.lifted(labels=["reports.FrozenReport"]):
        FrozenReport.objects.filter(pk=frozen.pk).update(released=other)
    with pytest.raises(freezing.Damaged):
        freezing.reproduce(FrozenReport.objects.get(pk=frozen.pk))


def test_the_form_freezes_once_however_often_it_is_sent(world: World, client: Client) -> None:
    client.force_login(world.manager)
    data = {"period": "ma-2026", "funding": "", "note": "Sent to the funder", "key": str(uuid4())}
    for _time in range(2):
        assert client.post("/reports/frozen/", data).status_code == 302
    row = FrozenReport.objects.get()
    assert (row.frozen_by, row.note, row.period) == (world.manager, "Sent to the funder", "ma-2026")
    assert Event.objects.filter(kind="reports.frozen").count() == 1
    page = client.get("/reports/frozen/").content.decode()
    assert "Massachusetts fiscal year 2026" in page
    assert world.manager.name in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("note", "Ask her mother at 617-555-0143", "The portal holds nothing"),
        ("period", "", "Choose the period"),
        ("period", "ma-2040", "Please check"),
    ],
)
def test_a_form_that_does_not_fit_freezes_nothing(
    field: str, value: str, words: str, world: World, client: Client
) -> None:
    client.force_login(world.manager)
    data = {"period": "ma-2026", "funding": "", "note": "", "key": str(uuid4()), field: value}
    answer = client.post("/reports/frozen/", data)
    assert words in answer.content.decode()
    assert not FrozenReport.objects.exists()


def test_only_the_manager_and_the_deputy_may_freeze(world: World) -> None:
    for name in ("coordinator", "specialist", "author", "trainer", "member"):
        with pytest.raises(freezing.NotAllowed):
            freezing.freeze(FEDERAL, "", by=world.people[name], key=uuid4())
        assert not FrozenReport.objects.visible_to(world.people[name]).exists()
    freezing.freeze(FEDERAL, "", by=world.deputy, key=uuid4())
    assert FrozenReport.objects.visible_to(world.manager).exists()


# Files -------------------------------------------------------------------------------------------


def cells(client: Client, path: str) -> tuple[list[list[str]], list[list[str]]]:
    """Return the cells of the CSV and of the workbook's first sheet, as text."""
    text = client.get(f"{path}.csv").content.decode().removeprefix("\ufeff")
    book = load_workbook(io.BytesIO(client.get(f"{path}.xlsx").content))
    sheet = [["" if c is None else str(c) for c in row] for row in book.worksheets[0].values]
    return list(csv.reader(io.StringIO(text))), sheet


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Leave out empty cells at the end of a row."""
    made = []
    for row in rows:
        while row and row[-1] == "":
            row = row[:-1]
        made.append(row)
    return made


def test_csv_and_workbook_say_the_same_and_say_what_is_held_back(
    world: World, client: Client
) -> None:
    ask(world, 11, 3)
    log_forum(world, date(2026, 2, 10))
    client.force_login(world.manager)
    frozen = freeze(world)
    for path in (f"/reports/frozen/{frozen.pk}/figures", "/reports/released/figures"):
        text, sheet = cells(client, path)
        assert trimmed(text) == trimmed(sheet)
    text, _sheet = cells(client, f"/reports/frozen/{frozen.pk}/figures")
    lines = {(row[0], row[1], row[2]): row[4] for row in text if len(row) > 4}
    assert lines["Requests for technical assistance", "Received", ""] == "held back"
    assert Event.objects.filter(kind="reports.released").count() == 6


def test_no_cell_is_a_formula_and_no_file_knows_when_it_was_made(world: World) -> None:
    data = freezing.document(releasing.of_period(FEDERAL))
    data["measures"][0]["name"] = "=1+1"
    data["measures"][0]["definition"] = "@SUM(A1)"
    made = released_files.workbook(data)
    book = load_workbook(io.BytesIO(made))
    values = [cell for sheet in book.worksheets for row in sheet.rows for cell in row]
    assert any(cell.value == "'=1+1" for cell in values)
    assert not any(cell.data_type == "f" for cell in values)
    assert not any(str(cell.value).startswith(("=", "@")) for cell in values)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert str(timezone.now().year) not in core


def test_the_frozen_words_are_those_of_that_day(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = freeze(world)
    from portal.reports.measures import BY_KEY

    monkeypatch.setattr(type(BY_KEY["forums"]), "definition", "Another definition by now.")
    client.force_login(world.manager)
    page = client.get(f"/reports/frozen/{frozen.pk}/").content.decode()
    assert "Another definition" not in page
    kept = json.loads(frozen.released)["measures"]
    assert next(m["definition"] for m in kept if m["key"] == "forums") in frozen.released


# Pages -------------------------------------------------------------------------------------------


def test_the_list_asks_no_more_of_the_database_with_more_reports(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(world.manager)
    client.get("/reports/frozen/")  # the frame is cached from now on
    counted = []
    for _size in range(2):
        freeze(world, SUMMER)
        freeze(world, SUMMER)
        with django_assert_max_num_queries(20) as queries:
            client.get("/reports/frozen/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_released_page_says_what_is_held_back_and_why(world: World, client: Client) -> None:
    ask(world, 11, 3)
    client.force_login(world.manager)
    page = client.get("/reports/released/?period=federal-2026").content.decode()
    assert "held back" in page
    assert "What is held back, and why" in page
    assert "settled when a report of this year is frozen" in page
    assert "/reports/released/" in client.get("/reports/").content.decode()
    assert "/reports/frozen/" in client.get("/reports/").content.decode()
    for slug in ("moon", "ma-1", "ma-2026-q7"):
        assert client.get(f"/reports/released/?period={slug}").status_code == 404
    assert client.get("/reports/released/?funding=mine").status_code == 404


def test_a_frozen_report_that_is_not_there_is_404(world: World, client: Client) -> None:
    client.force_login(world.manager)
    for ending in ("", "figures.csv", "figures.xlsx"):
        assert client.get(f"/reports/frozen/987/{ending}").status_code == 404
