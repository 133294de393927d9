"""PDF: the text of every page, notes and form fields, and a copy without what it hides."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter, apply_configuration
from pypdf.generic import StreamObject

from portal.core.privacy.documents import pdf_pages, pdf_strings
from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.pdf_clock import Clock
from portal.core.privacy.documents.pdf_objects import strip, walk
from portal.core.privacy.documents.refused import Refused

MOST_PAGES = 300
UNPACKED = 20_000_000  # bytes of one stream
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": UNPACKED,
    "lzw_maximum_output_length": UNPACKED,
    "run_length_maximum_output_length": UNPACKED,
    "array_based_stream_maximum_output_length": UNPACKED,
    "stream_decoding_work_maximum_length": 3 * UNPACKED,
    "stream_filters_maximum_length": 4,
    "page_tree_maximum_entries": 10 * MOST_PAGES,
    "jbig2dec_binary": None,  # no other program reads what a stranger sent
}


def read(data: bytes) -> tuple[list[Part], list[Place]]:
    with apply_configuration(**LIMITS):
        clock = Clock()
        reader = _opened(data)
        about = pdf_strings.properties(reader)
        beside = _stripped(reader, clock)
        parts, unread = [about], []
        for number, page in enumerate(reader.pages, start=1):
            place = Place("page", number)
            text, is_whole = pdf_pages.read(page, clock)
            parts.append(Part(place, text))
            beside += pdf_pages.appearances(page, clock)
            if not is_whole:
                unread.append(place)
        parts.append(Part(Place("fields"), "\n".join(beside)))
        return [part for part in parts if part.text.strip()], unread


def cleaned(data: bytes) -> bytes:
    """Return a copy of what is left after stripping: nothing of older versions is copied."""
    with apply_configuration(**LIMITS):
        reader = _opened(data)
        _stripped(reader, Clock())
        writer = PdfWriter()
        writer.clone_reader_document_root(reader)
        made = BytesIO()
        writer.write(made)
        return made.getvalue()


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise Refused("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise Refused("pages")
    return reader


def _stripped(reader: PdfReader, clock: Clock) -> list[str]:
    """Strip every object, and return the words that stand in those that are left."""
    said = []
    for found in walk(reader.root_object):
        clock.check()
        strip(found)
        said += pdf_strings.of(found)
        if isinstance(found, StreamObject) and found.get("/Subtype") == "/Form":
            found.get_data()  # pypdf leaves out a form that does not unpack; here it is an error
    return said
