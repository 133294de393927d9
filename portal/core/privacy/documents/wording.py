"""Which characters of a part of an Office file are words, and where a reader finds them."""

from portal.core.privacy.documents import markup
from portal.core.privacy.documents.markup import Attributes, Reader
from portal.core.privacy.documents.parts import Place

# In the order in which a name is asked.
PLACES = (
    ("docprops/", "properties"),
    ("docmetadata/", "properties"),
    (".psmdcp", "properties"),
    ("comment", "comments"),
    ("footnotes", "notes"),
    ("endnotes", "notes"),
    ("/header", "header"),
    ("/footer", "header"),
    ("word/document", "text"),
    ("workbook", "sheets"),
)
WORD = {"t", "delText", "instrText", "delInstrText"}
SHEET = WORD | {"v", "f", "text", "definedName", "formula", "formula1", "formula2"}
SHEET |= {f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer")}
# Attributes that hold words, whatever they stand on, and those that do on one element alone.
ATTRIBUTES = {"descr", "title", "altText", "tooltip", "instr", "prompt", "promptTitle", "error",
              "errorTitle", "string", "display"}  # fmt: skip
OF_ELEMENTS = {
    ("alias", "val"), ("tag", "val"), ("default", "val"), ("listEntry", "val"),
    ("helpText", "val"), ("statusText", "val"), ("docVar", "val"), ("sheet", "name"),
    ("s", "v"), ("d", "v"), ("n", "v"), ("tableColumn", "name"), ("cacheField", "name"),
    ("dbPr", "connection"), ("listItem", "displayText"), ("listItem", "value"),
}  # fmt: skip
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ENDS = {"p": "\n", "tc": "\t", "tr": "\n", "si": "\n", "comment": "\n", "pt": "\n"}


class Words(Reader):
    """Collects words. `elements` holds those whose characters are words; None means every one."""

    def __init__(self, elements: set[str] | None) -> None:
        self._elements = elements
        self._open: list[str] = []
        self._running: list[str] = []
        self._aside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._open.append(name)
        self._running.append(BREAKS.get(name, ""))
        for key, value in attributes.items():
            if key in ATTRIBUTES or (name, key) in OF_ELEMENTS:
                self._aside.append(value)

    def end(self, name: str) -> None:
        self._open.pop()
        between = " " if self._elements is None or name not in WORD else ""
        self._running.append(ENDS.get(name, between if self._is_word(name) else ""))

    def text(self, words: str) -> None:
        if self._is_word(self._open[-1]):
            self._running.append(words)

    def _is_word(self, name: str) -> bool:
        return self._elements is None or name in self._elements

    @property
    def found(self) -> str:
        return "\n".join(["".join(self._running), *self._aside])


def place_of(name: str) -> Place:
    lower = name.lower()
    return Place(next((what for piece, what in PLACES if piece in lower), "other"))


def words_of(name: str, data: bytes, elements: set[str] | None = None) -> str:
    """Return the words of a part: running text first, then what stands in attributes."""
    words = Words(elements or _elements(name))
    markup.walk(data, words)
    return words.found


def _elements(name: str) -> set[str] | None:
    if name.lower().endswith(".svg"):
        return None
    if name.startswith("word/"):
        return WORD if "/charts/" not in name else SHEET
    return SHEET if name.startswith("xl/") else None
