"""DOCX and XLSX: every part is read, shown or not, and what names their makers comes off."""

from portal.core.privacy.documents import markup, packages, pictures, workbooks
from portal.core.privacy.documents.markup import Attributes, Reader
from portal.core.privacy.documents.packages import CONTENTS, Members
from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.refused import Refused
from portal.core.privacy.documents.wording import place_of, words_of

MAIN = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
XML = {".xml", ".rels", ".vml", ".psmdcp"}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg"}
FONTS = {".odttf", ".fntdata", ".ttf"}
PROPERTIES = ("docProps/", "docMetadata/")
# What a package may point at outside of itself: a link somebody follows, and the template it was
# written with, which comes off. Anything else would be fetched when it is opened.
HYPERLINK, TEMPLATE = "/hyperlink", "/attachedTemplate"
AUTHOR = "Author"


def read_document(data: bytes) -> tuple[list[Part], list[Place]]:
    members = _opened(data, "docx")
    return _read(members, {name for name in members if _is_xml(name)}), _unread(members)


def read_workbook(data: bytes) -> tuple[list[Part], list[Place]]:
    members = _opened(data, "xlsx")
    sheets, read = workbooks.read(members)
    others = {name for name in members if _is_xml(name)} - read
    return [*sheets, *_read(members, others)], _unread(members)


def _opened(data: bytes, kind: str) -> Members:
    members = packages.unpacked(data)
    contents = members.get(CONTENTS)
    if contents is None:
        raise Refused("archive")
    names = [name.lower() for name in members]
    if b"macroEnabled" in contents or any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("macro")
    if MAIN[kind] not in contents:
        raise Refused("mismatch")
    for name in members:
        _check(name)
    return members


def _check(name: str) -> None:
    is_known = _ending(name) in XML | PICTURES | FONTS or _is_dropped(name)
    if not is_known or {"embeddings", "activex"} & set(name.lower().split("/")):
        raise Refused("embedded")


def _ending(name: str) -> str:
    return f".{name.lower().rpartition('.')[2]}"


def _is_xml(name: str) -> bool:
    return _ending(name) in XML | {".svg"}


def _is_dropped(name: str) -> bool:
    """A thumbnail shows the first page as it was; printer settings name the printer's owner."""
    lower = name.lower()
    return "printersettings" in lower or lower.startswith("docprops/thumbnail")


def _read(members: Members, names: set[str]) -> list[Part]:
    parts = []
    for name in sorted(names):
        if name.endswith(".rels"):
            parts.append(_links(members[name]))
            continue
        place, text = place_of(name), words_of(name, members[name])
        parts.append(Part(place, text, stays=not _is_about(name)))
    return [part for part in parts if part.text.strip()]


def _is_about(name: str) -> bool:
    return name.startswith(PROPERTIES) or name.endswith(".psmdcp")


class Links(Reader):
    """Addresses that a part points to outside of the file."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "")
        if attributes.get("TargetMode") != "External" or kind.endswith(TEMPLATE):
            return
        if not kind.endswith(HYPERLINK):
            raise Refused("remote")
        self.found.append(attributes.get("Target", ""))


def _links(data: bytes) -> Part:
    links = Links()
    markup.walk(data, links)
    return Part(Place("links"), "\n".join(links.found))


def _unread(members: Members) -> list[Place]:
    """Return the large pictures: the portal cannot read what they show."""
    shown = [name for name in members if _ending(name) in PICTURES]
    large = [
        name
        for name in sorted(shown)
        if not _is_dropped(name) and pictures.may_show_words(members[name])
    ]
    return [Place("picture", at) for at, _name in enumerate(large, start=1)]


def cleaned(data: bytes) -> bytes:
    members = packages.unpacked(data)
    return packages.packed(
        {
            name: _cleaned(name, content)
            for name, content in members.items()
            if not _is_dropped(name)
        }
    )


def _cleaned(name: str, content: bytes) -> bytes:
    if name in ABOUT:
        return ABOUT[name]
    if name.endswith(".psmdcp"):
        return ABOUT["docProps/core.xml"]
    if _is_xml(name):
        return markup.Rewriting(_without_makers, _anonymous).of(content)
    return pictures.stripped(content)


def _anonymous(element: str, words: str) -> str:
    """The authors of a workbook's comments stand between tags."""
    return AUTHOR if element == "author" else words


NAMES_MAKER = {"author", "initials", "userId", "userName"}
LEFT_OUT = {"rsids", "absPath", "presenceInfo", "fileSharing", "attachedTemplate"}


def _without_makers(element: str, attributes: Attributes) -> Attributes | None:
    """Leave out who wrote, changed and printed, and the ids of editing sessions."""
    if element in LEFT_OUT:
        return None
    if element == "Relationship" and _leads_to_dropped(attributes):
        return None
    kept: Attributes = {}
    for key, value in attributes.items():
        local = key.rpartition(":")[2]
        if local.startswith("rsid") or (element == "pageSetup" and local == "id"):
            continue
        is_maker = local in NAMES_MAKER or (element, local) == ("person", "displayName")
        kept[key] = AUTHOR if is_maker else value
    return kept


def _leads_to_dropped(attributes: Attributes) -> bool:
    target, kind = attributes.get("Target", "").lstrip("/."), attributes.get("Type", "")
    return _is_dropped(target) or kind.endswith(TEMPLATE)


_SCHEMAS = "http://schemas.openxmlformats.org"
ABOUT = {
    "docProps/core.xml": f'{markup.HEAD}<cp:coreProperties xmlns:cp="{_SCHEMAS}/package/2006/'
    'metadata/core-properties"/>'.encode(),
    "docProps/app.xml": f'{markup.HEAD}<Properties xmlns="{_SCHEMAS}/officeDocument/2006/'
    'extended-properties"/>'.encode(),
    "docProps/custom.xml": f'{markup.HEAD}<Properties xmlns="{_SCHEMAS}/officeDocument/2006/'
    'custom-properties"/>'.encode(),
}
