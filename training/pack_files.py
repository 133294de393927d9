"""The files of a pack: CSV, workbook, PDF, and the ZIP with all of them and the papers.

Everything is written to a folder of the worker's own; nothing large stands in memory.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.storage import default_storage
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.core.redaction import showing
from portal.core.tables import csv_response, safe
from training import certificate_archive, certificates, pack_paper, pack_tables, paper
from training.models import Certificate, Completion, OutsideTraining
from training.pack_content import Content
from training.pack_tables import Table

PORTION = 50  # certificates or papers in one step
LONGEST_CELL = 32_000  # characters; a workbook holds 32,767
DAY_FORMAT, HOURS_FORMAT = "yyyy-mm-dd", "0.00"
_BOLD = Font(bold=True)


def csv_of(table: Table) -> bytes:
    return bytes(csv_response(table.key, table.header, table.rows).content)


def write_workbook(tables: Sequence[Table], path: Path) -> None:
    """Write a sheet for each part: header frozen and filtered, numbers and days as such."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet: Any = book.create_sheet(table.title[:31])
        sheet.freeze_panes = "A2"
        last = get_column_letter(len(table.header))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
        for place, width in enumerate(pack_tables.widths(table), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_cell(sheet, said, font=_BOLD) for said in table.header])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
    book.save(path)


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    """Return what a cell holds: a number, a day, or text made harmless as in our CSV."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, Decimal | date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = HOURS_FORMAT if isinstance(value, Decimal) else DAY_FORMAT
        return cell
    # `safe` leaves no text that begins with =, which alone openpyxl would take for a formula.
    text = ILLEGAL_CHARACTERS_RE.sub("", str(safe(value)))[:LONGEST_CELL]
    if font is None:
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = font
    return cell


def write_paper(content: Content, path: Path) -> str:
    """Write the PDF; return the standard it keeps, empty where a name has a sign without a font."""
    made, standard = paper.render("pack", pack_paper.of(content))
    path.write_bytes(made)
    return standard


def papers_in(content: Content) -> int:
    """Return how many certificates and papers the ZIP will have, as far as is known by now."""
    return sum(bool(each.paper) or each.has_file for each in content.trainings)


def write_archive(
    content: Content, tables: Sequence[Table], path: Path, others: Sequence[Path]
) -> Iterator[int]:
    """Write the ZIP; yield how many certificates and papers are in it, after each portion."""
    with ZipFile(path, "w") as archive:
        for other in others:
            archive.write(other, other.name, ZIP_STORED)
        for number, table in enumerate(tables, 1):
            archive.writestr(f"csv/{number}-{table.key}.csv", csv_of(table), ZIP_DEFLATED)
        done = 0
        for portion in _certificates(archive, content):
            done += portion
            yield done
        for portion in _papers(archive, content):
            done += portion
            yield done


def _certificates(archive: ZipFile, content: Content) -> Iterator[int]:
    """The standing certificates of what counts, in the order of the roster, a portion at a time."""
    order = _order(content, [each.completion for each in content.trainings if each.paper])
    found = Certificate.objects.standing().ready().select_related("completion__person")
    taken: set[str] = set()
    for ids in order:
        by_completion = {row.completion_id: row for row in found.filter(completion__in=ids)}
        rows = [by_completion[pk] for pk in ids if pk in by_completion]
        for row, name in zip(rows, certificate_archive.file_names(rows, taken), strict=True):
            archive.writestr(f"certificates/{name}", certificates.pdf(row), ZIP_STORED)
        yield len(ids)


def _papers(archive: ZipFile, content: Content) -> Iterator[int]:
    """The papers of training elsewhere; one that is hidden, or whose file is gone, is left out."""
    hidden = showing.hidden_in(OutsideTraining)
    taken: set[str] = set()
    for ids in _order(content, [each.completion for each in content.trainings if each.has_file]):
        found = Completion.objects.filter(pk__in=ids).exclude(outside__in=hidden)
        by_completion = {row.pk: row for row in found.select_related("outside", "person")}
        for pk in ids:
            row = by_completion.get(pk)
            if row is not None and row.outside is not None:
                _put(archive, row, row.outside, taken)
        yield len(ids)


def _put(archive: ZipFile, row: Completion, training: OutsideTraining, taken: set[str]) -> None:
    if not training.file or not default_storage.exists(str(training.file.name)):
        return
    stem = certificate_archive.stem_of(row.person, "paper", training.completed_on.isoformat())
    ending = re.sub(r"[^a-z0-9]", "", training.kind.lower()) or "bin"
    name = certificate_archive.once(stem, ending, taken)
    with (
        default_storage.open(str(training.file.name)) as source,
        archive.open(f"papers/{name}", "w") as target,
    ):
        shutil.copyfileobj(source, target)


def _order(content: Content, completions: Sequence[int]) -> list[list[int]]:
    """Return the ids in portions, those of one person together, by the roster."""
    kept = set(completions)
    ids = [
        each.completion
        for member in content.members
        for each in content.by_person[member.pk]
        if each.completion in kept
    ]
    return [ids[start : start + PORTION] for start in range(0, len(ids), PORTION)]
