"""What was read in an upload, and what the screen found there."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.documents.kinds import Kind
from portal.core.privacy.findings import BLOCK, LABELS

WHERE: dict[str, Promise] = {
    "name": _("in the file’s name"),
    "text": _("in the text"),
    "page": _("page %(number)d"),
    "header": _("in a header or footer"),
    "comments": _("in a comment"),
    "notes": _("in a footnote"),
    "sheet": _("sheet %(number)d"),
    "hidden_sheet": _("hidden sheet %(number)d"),
    "sheets": _("in the names of sheets"),
    "properties": _("in the file’s properties"),
    "fields": _("in a note, form field or description"),
    "links": _("in the address of a link"),
    "picture": _("picture %(number)d"),
    "other": _("in a part that is not shown"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file; `number` counts pages, sheets and pictures from 1."""

    what: str
    number: int = 0

    def __str__(self) -> str:
        return str(WHERE[self.what]) % {"number": self.number}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text. `stays` is False for what `cleaned` takes off: names there do not ask."""

    place: Place
    text: str = field(repr=False)
    stays: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of the screen. `said` is shown to whoever brought the file, to nobody else."""

    place: Place
    kind: str
    tier: str
    said: str = field(repr=False)
    start: int = 0
    end: int = 0

    @property
    def label(self) -> str:
        return now(LABELS[self.kind])

    def __str__(self) -> str:
        return f"{self.place}: {self.label}"


@dataclass(frozen=True, slots=True)
class Inspected:
    """An upload that is what it says. `unread` are pages and pictures a person has to read.

    `start` and `end` of a finding count characters in `text`.
    """

    name: str
    kind: Kind
    data: bytes = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    found: tuple[Found, ...] = ()
    unread: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts)

    @property
    def blocking(self) -> list[Found]:
        """What must not be stored, each kind once for a place."""
        found = [found for found in self.found if found.tier == BLOCK]
        return list({str(each): each for each in found}.values())

    @property
    def names(self) -> list[Found]:
        """What may be kept for a reason, each name once."""
        return list({each.said: each for each in self.found if each.tier != BLOCK}.values())

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()
