"""The objects of a PDF, and what is taken off each."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from portal.core.privacy.documents import pictures

# Who made it and when, what it runs, what it carries, what other programs noted.
DROPPED = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/AF", "/EF", "/Collection",
    "/XFA", "/Thumb", "/JavaScript", "/EmbeddedFiles", "/JS", "/SpiderInfo", "/M", "/CreationDate",
    "/NM", "/Perms", "/DSS", "/Legal", "/Requirements",
)  # fmt: skip
# Only following a link inside the file or to a page of the web is left.
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
           "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"}  # fmt: skip
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/3D", "/Sound", "/Movie", "/Screen"}
MARKUP = {"/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
          "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink",
          "/Popup", "/Redact"}  # fmt: skip


def walk(root: Any) -> Iterator[DictionaryObject]:
    """Yield every dictionary and stream that can be reached, each once, before what is in it."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def strip(item: DictionaryObject) -> None:
    """Take off what names the maker, runs or carries files. The page looks as before."""
    if _is_action(item) or "/ByteRange" in item:  # a signature, which a changed file breaks anyway
        item.clear()
        return
    for key in DROPPED:
        item.pop(key, None)
    if item.get("/Subtype") in MARKUP:
        for key in ("/T", "/RC"):
            item.pop(key, None)
    annotations = item.get("/Annots")
    if annotations is not None:
        item[NameObject("/Annots")] = _kept(annotations.get_object())
    if isinstance(item, StreamObject) and _is_photograph(item):
        stream: Any = item
        stream._data = pictures.stripped(stream._data)


def _is_action(item: DictionaryObject) -> bool:
    return item.get("/S") in ACTIONS


def _kept(annotations: Any) -> ArrayObject:
    if not isinstance(annotations, ArrayObject):
        return ArrayObject()
    return ArrayObject(
        raw for raw in list.__iter__(annotations) if not _is_dropped(raw.get_object())
    )


def _is_dropped(annotation: Any) -> bool:
    is_known = isinstance(annotation, DictionaryObject)
    return not is_known or annotation.get("/Subtype") in ANNOTATIONS


def _is_photograph(item: StreamObject) -> bool:
    return item.get("/Filter") in ("/DCTDecode", ["/DCTDecode"])
