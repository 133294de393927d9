"""XML as it comes from strangers: read, or written anew with parts of it left out.

Expat by itself: ElementTree would rename the prefixes that Office files speak of in attributes. A
document type is refused, so that there are no entities: nothing expands and nothing is fetched.
"""

from collections.abc import Callable
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from portal.core.privacy.documents.refused import Refused

Attributes = dict[str, str]
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BUFFER = 64 * 1024


class Reader:
    """Called with local names, in the order of the document; what it does not need stays empty."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Characters between two tags."""


def walk(data: bytes, reader: Reader) -> None:
    """Read a document. Refused when it is none."""

    def start(name: str, attributes: Attributes) -> None:
        reader.start(_local(name), {_local(key): value for key, value in attributes.items()})

    _parse(data, " ", start, lambda name: reader.end(_local(name)), reader.text)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _parse(
    data: bytes,
    separator: str | None,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    parser = ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.buffer_size = BUFFER
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except ExpatError:
        raise Refused("broken") from None


def _refuse(*declared: object) -> None:
    raise Refused("broken")


class Rewriting:
    """A document written anew. `change` returns an element's attributes, or None to leave it out.

    Names are as they stand, prefix and all. Comments and processing instructions go.
    """

    def __init__(
        self,
        change: Callable[[str, Attributes], Attributes | None],
        said: Callable[[str, str], str],
    ) -> None:
        self._change, self._said = change, said
        self._out: list[str] = [HEAD]
        self._skipped = 0
        self._is_open = False
        self._names: list[str] = []

    def of(self, data: bytes) -> bytes:
        _parse(data, None, self._start, self._end, self._text)
        return "".join(self._out).encode()

    def _start(self, name: str, attributes: Attributes) -> None:
        kept = None if self._skipped else self._change(name.rpartition(":")[2], attributes)
        if kept is None:
            self._skipped += 1
            return
        self._close()
        said = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
        self._out.append(f"<{name}{said}")
        self._is_open = True
        self._names.append(name.rpartition(":")[2])

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._names.pop()
        self._out.append("/>" if self._is_open else f"</{name}>")
        self._is_open = False

    def _text(self, words: str) -> None:
        if not self._skipped:
            self._close()
            words = self._said(self._names[-1], words)
            self._out.append(escape(words, {"\r": "&#13;"}))

    def _close(self) -> None:
        if self._is_open:
            self._out.append(">")
            self._is_open = False
