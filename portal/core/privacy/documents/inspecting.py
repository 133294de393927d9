"""Reading an upload: what it is, every text in it, and what the screen finds there.

In memory only. Whatever is wrong with a file, the answer is `Refused` and no other error.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pypdf.errors import LimitReachedError

from portal.core.privacy import screen
from portal.core.privacy.documents import kinds, office, pdf, pictures, plain_text
from portal.core.privacy.documents.kinds import Kind
from portal.core.privacy.documents.parts import Found, Inspected, Part, Place
from portal.core.privacy.documents.refused import Refused
from portal.core.privacy.findings import BLOCK

LARGEST = 10 * 1024 * 1024  # bytes
LONGEST = 1_000_000  # characters; the screen takes about two seconds for them

Result = TypeVar("Result")
# What a reader returns: the texts, and what a person has to read.
Read = tuple[list[Part], list[Place]]
READERS: dict[Kind, Callable[[bytes], Read]] = {
    Kind.PDF: pdf.read,
    Kind.DOCX: office.read_document,
    Kind.XLSX: office.read_workbook,
    Kind.TXT: plain_text.read,
    Kind.CSV: plain_text.read_table,
    Kind.PNG: pictures.read,
    Kind.JPEG: pictures.read,
}
CLEANERS: dict[Kind, Callable[[bytes], bytes]] = {
    Kind.PDF: pdf.cleaned,
    Kind.DOCX: office.cleaned,
    Kind.XLSX: office.cleaned,
    Kind.TXT: bytes,
    Kind.CSV: bytes,
    Kind.PNG: pictures.cleaned,
    Kind.JPEG: pictures.cleaned,
}


def inspect(name: str, data: bytes, *, allow: frozenset[str] = frozenset()) -> Inspected:
    """Read an upload. Refused when it is not taken; what was found is in the answer.

    `allow` is as for `screen`: full names that may stand there.
    """
    if not data:
        raise Refused("empty")
    if len(data) > LARGEST:
        raise Refused("large")
    kind = kinds.of(name, data)
    texts, unread = _safely(READERS[kind], data)
    parts = [Part(Place("name"), name.replace("_", " ")), *texts]
    if sum(len(part.text) for part in parts) > LONGEST:
        raise Refused("long")
    found = tuple(_screened(parts, allow))
    return Inspected(name, kind, data, tuple(parts), found, tuple(unread))


def cleaned(inspected: Inspected) -> bytes:
    """Return the file without what it says about whoever made it. Refused when it cannot be."""
    return _safely(CLEANERS[inspected.kind], inspected.data)


def _safely(function: Callable[[bytes], Result], data: bytes) -> Result:
    try:
        return function(data)
    except Refused:
        raise
    except LimitReachedError:
        raise Refused("bomb") from None
    except Exception:
        # A hostile file breaks a reader in ways nobody lists; it is refused all the same. Nothing
        # of the error is kept, since its words may quote the file.
        raise Refused("broken") from None


def _screened(parts: Iterable[Part], allow: frozenset[str]) -> Iterator[Found]:
    at = 0
    for part in parts:
        for finding in screen(part.text, allow=allow):
            if part.stays or finding.tier == BLOCK:
                said = part.text[finding.start : finding.end]
                start, end = at + finding.start, at + finding.end
                yield Found(part.place, finding.kind, finding.tier, said, start, end)
        at += len(part.text) + 1
