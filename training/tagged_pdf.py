"""Is a PDF tagged: does it carry the structure that a screen reader needs."""

from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST = 50 * 1024 * 1024  # bytes; a larger paper is not opened only to be asked


def is_pdf(document: Any) -> bool:
    return bool(document.file_extension.lower() == "pdf")


def is_tagged(document: Any) -> bool:
    """Say whether the PDF says that it is tagged; one that cannot be read does not."""
    try:
        with document.file.storage.open(document.file.name) as stream:
            if document.file.size > LARGEST:
                return False
            root: Any = PdfReader(stream).trailer["/Root"]
            mark = root.get("/MarkInfo")
            is_marked = mark is not None and bool(mark.get_object().get("/Marked"))
            return is_marked and "/StructTreeRoot" in root
    except (PyPdfError, OSError, KeyError, ValueError, AttributeError, TypeError, RecursionError):
        return False
