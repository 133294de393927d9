"""The join and leave times of an online meeting, as Zoom, Teams and others write them. Pure.

One line is one connection: a person may have several, at once or one after the other. Times carry
no zone in these files; they are read as Eastern, where the meeting was held.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from training.intervals import Stretch

EASTERN = ZoneInfo("America/New_York")
MOST = 5_000  # lines
COLUMNS = {
    "name": ("name (original name)", "name", "full name", "participant", "display name"),
    "email": ("user email", "email", "e-mail", "participant id (upn)", "email address"),
    "join": ("join time", "joined", "join", "joined at", "first join"),
    "leave": ("leave time", "left", "leave", "left at", "last leave"),
}
NEEDED = ("name", "join", "leave")
FORMATS = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%y %I:%M %p",
    "%Y-%m-%d %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
)
# "Name now (Name before)" is one person; "+1 (617) 555-0100" or digits alone is a telephone.
RENAMED = re.compile(r"^(?P<now>.+?)\s*\((?P<before>[^()]+)\)\s*$")
PHONE = re.compile(r"^[+\d][\d\s().*x-]{5,}$|^call-?in user", re.IGNORECASE)
TOGETHER = re.compile(r"\s*(?:&|\+|/|,|\band\b)\s*", re.IGNORECASE)


class Unreadable(Exception):
    """The file holds no join and leave times; its text says why, for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One connection. `fault` says why it cannot be used; then it has no stretch."""

    number: int
    name: str
    email: str = ""
    stretch: Stretch | None = None
    fault: str = ""

    @property
    def names(self) -> list[str]:
        """The name shown, and the one before where it was changed in the meeting."""
        found = RENAMED.match(self.name)
        return [found["now"], found["before"]] if found else [self.name]

    @property
    def is_phone(self) -> bool:
        return not self.email and bool(PHONE.match(self.name))


@dataclass(slots=True)
class Group:
    """The connections of one e-mail, or of one name where there is none. `key` is stable."""

    key: str
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.lines[-1].names[0]

    @property
    def email(self) -> str:
        return self.lines[0].email

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(name for line in self.lines for name in line.names))

    @property
    def together(self) -> list[str]:
        """The names of several people on one screen, as far as the name tells."""
        parts = [part for part in TOGETHER.split(self.name) if part]
        return parts if len(parts) > 1 else []

    @property
    def is_phone(self) -> bool:
        return all(line.is_phone for line in self.lines)

    @property
    def stretches(self) -> list[Stretch]:
        return [line.stretch for line in self.lines if line.stretch]


def decode(content: bytes) -> str:
    """Return the text of a report: UTF-16 as Teams writes it, UTF-8, or Windows' own."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str) -> list[Line]:
    """Return the connections of a report. Unreadable when it has no such table, or too many."""
    rows = list(_rows(text))
    header = _header(rows)
    if header is None:
        raise Unreadable(
            _("No line names the columns. Needed are the name, the join time and the leave time.")
        )
    start, columns = header
    lines: list[Line] = []
    for number, cells in rows[start + 1 :]:
        if not any(cell.strip() for cell in cells):
            break  # what follows is another table
        lines.append(_line(number, cells, columns))
    if not lines:
        raise Unreadable(_("The table of join and leave times is empty."))
    if len(lines) > MOST:
        raise Unreadable(_("The file has more than 5,000 lines. Cut it in two."))
    return lines


def groups(lines: Iterable[Line]) -> list[Group]:
    """Put the connections of one person together: by e-mail, else by a name they share."""
    found: list[Group] = []
    by_email: dict[str, Group] = {}
    by_name: dict[str, Group] = {}
    for line in lines:
        if line.fault:
            continue
        names = [plain(name) for name in line.names]
        group = by_email.get(line.email) if line.email else None
        if group is None and not line.email:
            group = next((by_name[name] for name in names if name in by_name), None)
        if group is None:
            group = Group(f"{line.email or names[0]}"[:150])
            found.append(group)
        if line.email:
            by_email[line.email] = group
        else:
            by_name |= dict.fromkeys(names, group)
        group.lines.append(line)
    return found


def plain(name: str) -> str:
    """Return a name as it is compared: without case and without doubled blanks."""
    return " ".join(name.casefold().split())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    if "\0" in text:
        raise Unreadable(_("This is no CSV file. Download the report as CSV and try again."))
    first = max(text.splitlines()[:40] or [""], key=lambda line: len(line.split("\t")))
    delimiter = "\t" if "\t" in first else max(",;", key=text.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Unreadable(_("A line of the file cannot be read as CSV.")) from error


def _header(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[str, int]] | None:
    """Return the last line that names the columns needed: Teams' summary stands before it."""
    found = None
    for index, (_number, cells) in enumerate(rows):
        said = [cell.strip().casefold() for cell in cells]
        columns = {
            name: said.index(word)
            for name, words in COLUMNS.items()
            for word in words[::-1]
            if word in said
        }
        if all(name in columns for name in NEEDED):
            found = index, columns
    return found


def _line(number: int, cells: list[str], columns: dict[str, int]) -> Line:
    said = {n: cells[i].strip() if i < len(cells) else "" for n, i in columns.items()}
    name, email = said["name"][:200], said.get("email", "").casefold()
    join, leave = moment(said["join"]), moment(said["leave"])
    if not name and not email:
        return Line(number, name, email, fault=_("There is neither a name nor an e-mail."))
    if join is None or leave is None:
        return Line(number, name, email, fault=_("The join or the leave time cannot be read."))
    if leave < join:
        return Line(number, name, email, fault=_("It ends before it begins."))
    return Line(number, name or email, email, Stretch(join, leave))


def moment(text: str) -> datetime | None:
    """Return an instant from a time of a report, Eastern; None where it is none."""
    said = " ".join(text.replace(",", " ").replace("\u202f", " ").split()).upper()
    for form in FORMATS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=EASTERN)
        except ValueError:
            continue
    return None
