"""A released or frozen report as a file, from its plain data alone: no figure is read anew."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.reports import sheets
from portal.reports.exports import HEAD, Cell

Data = dict[str, Any]
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
EPOCH = (1980, 1, 1, 0, 0, 0)


def rows(data: Data) -> Iterator[Sequence[Cell]]:
    """Yield the rows of the CSV and of the workbook, as `exports.rows` does for the inside view."""
    slug, name, first, last = data["period"]
    yield ("Period", name, first, last, slug)
    yield ("As of", data["as_of"])
    if data["cuts_as_of"]:
        yield ("Cuts of requests, tests and evaluations as of", data["cuts_as_of"])
    yield ("Paid by", data["funding"] or "all")
    yield HEAD
    for measure in data["measures"]:
        for table in measure["tables"]:
            for _value, label, numbers, held in table["rows"]:
                for key, column, unit in measure["columns"]:
                    number = _("held back") if key in held else numbers[key]
                    yield (measure["name"], column, table["label"], label, number, unit)


def definitions(data: Data) -> Iterator[Sequence[Cell]]:
    for measure in data["measures"]:
        yield (measure["name"], measure["definition"])


def workbook(data: Data) -> bytes:
    """Return the workbook; the same data gives the same bytes, whenever it is made."""
    heads = (_("Report"), HEAD, rows(data)), (_("Definitions"), HEAD[:1], definitions(data))
    return _timeless(sheets.content(heads))


def _timeless(content: bytes) -> bytes:
    """Write an archive anew, in the same order, without the times at which it was made."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", part)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return made.getvalue()
