"""Tables as files: CSV that a spreadsheet opens as text, never as formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> str | int:
    """Return a cell: numbers stay, days become ISO (America/New_York), text is made harmless.

    A spreadsheet runs a cell that begins with = + - @, tab or return; a quote before it stops that
    (OWASP, "CSV injection").
    """
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_response(
    filename: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return a CSV file to save, in UTF-8 with a mark that Excel needs to see."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    writer = csv.writer(response)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return response
