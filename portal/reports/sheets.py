"""Workbooks: the cells of a table, with no text that a program would take for a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from portal.core.tables import safe

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def content(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook with a sheet for each (title, heading, rows)."""
    book = Workbook(write_only=True)
    for title, head, rows in sheets:
        sheet = book.create_sheet(str(title)[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, name, Font(bold=True)) for name in head])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    answer = HttpResponse(content(sheets), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool):
        value = None if value is None else ILLEGAL_CHARACTERS_RE.sub("", str(safe(str(value))))
    cell = WriteOnlyCell(sheet, value=value)
    if font is not None:
        cell.font = font
    return cell
