"""Plain text and tables of plain text."""

import codecs
import csv
import io
import re

from portal.core.privacy.documents import tables
from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.refused import Refused

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes) -> str:
    """Return the text; Refused for bytes that are none."""
    text = _decoded(data)
    if CONTROLS.search(text):
        raise Refused("mismatch")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(data: bytes) -> tuple[list[Part], list[Place]]:
    return [Part(Place("text"), decoded(data))], []


def read_table(data: bytes) -> tuple[list[Part], list[Place]]:
    text = decoded(data)
    try:
        read_rows = csv.reader(io.StringIO(text, newline=""), _dialect(text))
        rows = [dict(enumerate(row)) for row in read_rows]
    except csv.Error:  # a table to nobody: read as it stands
        return read(data)
    return [Part(Place("text"), tables.as_text(rows))], []


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.partition("\n")[0]

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Dialect
