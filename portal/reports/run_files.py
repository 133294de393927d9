"""The files of a report: CSV, workbook and PDF, with the figures of the page."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.core import paper
from portal.core.tables import csv_response
from portal.reports import sheets
from portal.reports.filling import Data

SOURCE = Path(__file__).resolve().parent / "report.typ"
ENDINGS = ("pdf", "xlsx", "csv")
Row = Sequence[Any]


def head() -> list[str]:
    return [_("Part"), _("Row"), _("Figure"), _("Number"), _("Unit")]


def rows(content: Data) -> Iterator[Row]:
    """Yield what the report says, a line each; what is held back says so in the number's place."""
    yield [_("Report"), content["title"], content["line"]]
    yield [_("Note"), content["note"]]
    for key, words in content["about"]:
        yield [key, words]
    for section in content["sections"]:
        yield from _of(section)


def figures(content: Data) -> Iterator[Row]:
    for section in content["sections"]:
        if section["kind"] == "table":
            yield from _of(section)


def _of(section: Data) -> Iterator[Row]:
    heading = section["heading"]
    if section["kind"] == "text":
        for paragraph in section["paragraphs"]:
            yield [heading, paragraph]
        return
    if section["note"]:
        yield [heading, section["note"]]
    if section["kind"] == "list":
        for item in section["entries"]:
            yield [heading, item["title"], item["text"], item["source"]]
        return
    for label, cells in section["rows"]:
        for column, (number, unit, words) in zip(section["head"][1:], cells, strict=True):
            yield [heading, label, column, words if number is None else number, unit]


def csv_of(content: Data) -> bytes:
    return bytes(csv_response("report.csv", head(), rows(content)).content)


def workbook_of(content: Data) -> bytes:
    """Return a workbook: everything in order, and the figures alone, to sort and filter."""
    return sheets.content(
        [
            (_("Report"), head(), rows(content)),
            (_("Figures"), head(), figures(content)),
        ]
    )


def paper_of(content: Data, made_on: str, provider: str) -> tuple[bytes, str]:
    """Return (PDF, the standard it keeps). `made_on` is a day, ISO, America/New_York."""
    return paper.render(SOURCE, {**content, "made_on": made_on, "provider": provider})
