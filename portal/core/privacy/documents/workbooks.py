"""The cells of an XLSX, hidden sheets and strings that no cell uses among them."""

import posixpath
import re
from collections.abc import Callable
from datetime import date, timedelta

from portal.core.privacy.documents import markup, tables, wording
from portal.core.privacy.documents.markup import Attributes, Reader
from portal.core.privacy.documents.packages import Members
from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.refused import Refused

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LINKS = "xl/_rels/workbook.xml.rels"
DATES = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})  # formats that Excel knows
QUOTED = re.compile(r'"[^"]{0,200}"|\[[^\]]{0,60}\]|\\.|_.')
LAST_DAY = 2_958_465
COLUMNS = 16_384
BESIDE = wording.SHEET - {"v", "t"}  # formulas, headers; the values are read as they are shown
Format = Callable[[float], str]


def read(members: Members) -> tuple[list[Part], set[str]]:
    """Return the sheets' texts, and which members were read for them."""
    if BOOK not in members:
        raise Refused("broken")
    book, links, styles, strings = Book(), Targets(), Styles(), Strings()
    for name, reader in ((BOOK, book), (LINKS, links), (STYLES, styles), (STRINGS, strings)):
        if name in members:
            markup.walk(members[name], reader)
    formats = styles.formats(is_1904=book.is_1904)
    parts, read = [], {STRINGS}
    for number, (link, is_shown) in enumerate(book.sheets, start=1):
        name = links.found.get(link, "")
        if name not in members:
            continue
        sheet = Sheet(strings.found, formats)
        markup.walk(members[name], sheet)
        beside = wording.words_of(name, members[name], BESIDE)
        text = f"{tables.as_text(sheet.rows)}\n{beside}"
        parts.append(Part(Place("sheet" if is_shown else "hidden_sheet", number), text))
        read.add(name)
        strings.used |= sheet.used
    return [*parts, Part(Place("other"), strings.unused)], read


class Book(Reader):
    """Each sheet's link and whether it is shown."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_shown = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes.get("id", ""), is_shown))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in {"1", "true"}


class Targets(Reader):
    """Which member a link of the workbook names."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")


class Strings(Reader):
    """The strings that cells share."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.used: set[int] = set()
        self._pieces: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces = []
        self._is_text = name == "t"

    def text(self, words: str) -> None:
        if self._is_text:
            self._pieces.append(words)

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "si":
            self.found.append("".join(self._pieces))

    @property
    def unused(self) -> str:
        return "\n".join(said for at, said in enumerate(self.found) if at not in self.used)


class Styles(Reader):
    """How numbers are shown: a date is a number of days until its format says otherwise."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._cells: list[str] = []
        self._is_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            self._cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        self._is_cells = self._is_cells and name != "cellXfs"

    def formats(self, *, is_1904: bool) -> list[Format]:
        return [self._format(number, is_1904) for number in self._cells]

    def _format(self, number: str, is_1904: bool) -> Format:
        code = self._codes.get(number, "")
        figures = code.replace("\\", "").replace('"', "")
        if "000-00-0000" in figures:
            return lambda value: re.sub(r"^(\d{3})(\d\d)(\d{4})$", r"\1-\2-\3", f"{value:09.0f}")
        if "###-####" in figures:
            return lambda value: re.sub(r"^(\d{3})(\d{3})(\d{4})$", r"(\1) \2-\3", f"{value:.0f}")
        signs = QUOTED.sub("", code).lower()
        if (number.isdigit() and int(number) in DATES) or "d" in signs or "yy" in signs:
            first = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
            return lambda value: _day(value, first)
        return _number


def _number(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value}"


def _day(value: float, first: date) -> str:
    if not 1 <= value <= LAST_DAY - 1_462:
        return _number(value)
    return f"{first + timedelta(days=int(value)):%m/%d/%Y}"


class Sheet(Reader):
    """One sheet's rows of cells, as they are shown."""

    def __init__(self, strings: list[str], formats: list[Format]) -> None:
        self.rows: list[tables.Row] = []
        self.used: set[int] = set()
        self._strings, self._formats = strings, formats
        self._row: dict[int, str] = {}
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._is_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row = {}
        elif name == "c":
            self._cell, self._value = attributes, []
        self._is_value = name in {"v", "t"}

    def text(self, words: str) -> None:
        if self._is_value:
            self._value.append(words)

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "c" and self._value:
            self._row[self._column()] = self._shown("".join(self._value))
        elif name == "row" and self._row:
            self.rows.append(self._row)

    def _column(self) -> int:
        """Return the column of "AB12", from 0; the next one where a cell does not say."""
        letters = re.match(r"[A-Z]{1,3}", self._cell.get("r", ""))
        if letters is None:
            return max(self._row, default=-1) + 1
        at = 0
        for letter in letters[0]:
            at = at * 26 + ord(letter) - 64
        return min(at, COLUMNS) - 1

    def _shown(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s" and value.isdigit() and int(value) < len(self._strings):
            self.used.add(int(value))
            return self._strings[int(value)]
        if kind != "n":
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        style = self._cell.get("s", "")
        at = int(style) if style.isdigit() else len(self._formats)
        shown = self._formats[at] if at < len(self._formats) else _number
        return shown(number)
