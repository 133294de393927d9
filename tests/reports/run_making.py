"""Reports for tests: asked for, made by the worker, and read back from each of their forms."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.core import outbox
from portal.core.models import Effect
from portal.people.models import Center, County, User
from portal.reports import runs
from portal.reports.layouts import CENTER, COUNTY, LAYOUTS
from portal.reports.models import ReportRun
from portal.reports.periods import Period
from portal.reports.runs import Wish

FIGURES = ("Part", "Row", "Figure", "Number", "Unit")


def wish(layout: str, year: int = 2026, funding: str = "", place: str = "essex") -> Wish:
    """A template for a year of its usual basis, about Essex where it is about a place."""
    made = LAYOUTS[layout]
    more: dict[str, Any] = {"funding": funding}
    if made.place == COUNTY:
        more["county"] = County.objects.get(slug=place)
    if made.place == CENTER:
        more["center"] = Center.objects.get(slug=place)
    return Wish.of_period(layout, Period(made.bases[0], year), **more)


def ask(by: User, asked: Wish) -> ReportRun:
    return runs.ask(asked, key=uuid4(), by=by)


def effect_of(run: ReportRun) -> Effect:
    return Effect.objects.filter(kind=runs.KIND, subject=str(run.pk)).latest("pk")


def work(run: ReportRun) -> ReportRun:
    """Let the worker have this report alone."""
    outbox.deliver(effect_of(run).pk)
    run.refresh_from_db()
    return run


def made(by: User, asked: Wish) -> ReportRun:
    return work(ask(by, asked))


def stored(run: ReportRun, ending: str) -> bytes:
    with default_storage.open(run.files[ending]["name"]) as file:
        content: bytes = file.read()
    return content


def lying_about(run: ReportRun) -> set[str]:
    """Return the stored files of one report; those of others are not looked at."""
    if not default_storage.exists(run.folder):
        return set()
    return {f"{run.folder}/{name}" for name in default_storage.listdir(run.folder)[1]}


def csv_lines(run: ReportRun) -> list[list[str]]:
    return list(csv.reader(io.StringIO(stored(run, "csv").decode("utf-8-sig"))))


def sheet_lines(run: ReportRun, sheet: str = "Report") -> list[list[Any]]:
    book = load_workbook(io.BytesIO(stored(run, "xlsx")))
    rows = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    return [row[: max((i + 1 for i, c in enumerate(row) if c is not None), default=0)]
            for row in rows]  # fmt: skip


def paper(run: ReportRun) -> PdfReader:
    return PdfReader(io.BytesIO(stored(run, "pdf")))


def plain(text: str) -> str:
    """Return a text without blanks: paper and page break lines in other places."""
    return "".join(text.split())


def paper_text(run: ReportRun) -> str:
    return plain("".join(page.extract_text() for page in paper(run).pages))


def cells(run: ReportRun) -> Iterator[tuple[str, str, str, list[Any]]]:
    """Yield (heading, row, column, cell) of every figure as the report keeps it."""
    for section in run.content["sections"]:
        if section["kind"] == "table":
            for label, found in section["rows"]:
                for column, cell in zip(section["head"][1:], found, strict=True):
                    yield section["heading"], label, column, cell
