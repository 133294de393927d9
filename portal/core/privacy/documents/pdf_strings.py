"""Words of a PDF beside its pages: notes, fields, bookmarks, descriptions, properties."""

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    StreamObject,
    TextStringObject,
)

from portal.core.privacy.documents import markup
from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.refused import Refused
from portal.core.privacy.documents.wording import Words

KEYS = ("/Contents", "/V", "/DV", "/TU", "/T", "/TM", "/Title", "/Alt", "/ActualText", "/E", "/URI",
        "/Opt", "/Subj", "/Name", "/Desc", "/F", "/UF", "/P", "/CA", "/RC", "/Reason", "/Location",
        "/ContactInfo")  # fmt: skip
DEEPEST = 4  # arrays in arrays: a choice is a pair of value and words


def of(item: DictionaryObject) -> list[str]:
    """Return the words of one object, as far as they stand in the object itself."""
    return [said for key in KEYS if key in item for said in _said(item.get(key))]


def _said(value: Any, depth: int = 0) -> Iterator[str]:
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield bytes(value).decode("latin-1")
    elif isinstance(value, ArrayObject) and depth < DEEPEST:
        for each in value:
            yield from _said(each, depth + 1)


def properties(reader: PdfReader) -> Part:
    """What the file says about itself; it comes off, and what stands there is told all the same."""
    info: dict[Any, Any] = reader.metadata or {}
    said = [str(value) for value in dict.values(info) if isinstance(value, str)]
    said += _xmp(reader.root_object.get("/Metadata"))
    return Part(Place("properties"), "\n".join(said), stays=False)


def _xmp(value: Any) -> list[str]:
    stream = value.get_object() if value is not None else None
    if not isinstance(stream, StreamObject):
        return []
    words = Words(None)
    try:
        markup.walk(stream.get_data().strip(b"\0 \r\n"), words)
    except Refused:  # it comes off in any case
        return []
    return [words.found]
