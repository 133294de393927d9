"""Which kinds of files are taken, and whether name and content agree."""

import re
import unicodedata
from enum import StrEnum

from portal.core.privacy.documents.refused import Refused

LONGEST_NAME = 120
ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, turned writing, line ends


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TXT = "txt"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpeg"


ENDINGS = {**{str(kind): kind for kind in Kind}, "jpg": Kind.JPEG}
REFUSED = {
    "macro": "docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam",
    "executable": "exe com bat cmd scr msi ps1 vbs vbe js jse wsf hta jar sh app apk dll lnk pif "
    "reg cpl msc py elf bin run deb rpm dmg iso img",
    "archive": "zip rar 7z gz tgz tar bz2 xz cab arj lzh zst",
    "html": "html htm xhtml xht mht mhtml shtml php asp aspx jsp",
    "svg": "svg svgz",
    "old": "doc dot xls xlt ppt pps pot rtf wpd wps",
}
WHY = {ending: reason for reason, endings in REFUSED.items() for ending in endings.split()}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
ARCHIVES = (
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
    b"MSCF",
)
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "ole": (OLE,),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpeg": (b"\xff\xd8\xff",),
    "executable": PROGRAMS,
    "archive": ARCHIVES,
}
EXPECTED = {Kind.DOCX: "zip", Kind.XLSX: "zip", Kind.TXT: "text", Kind.CSV: "text"}
MARKUP = re.compile(
    rb"\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--.{0,200}?-->\s{0,64})?"
    rb"<(!doctype\s+html|html|head|body|script|!doctype\s+svg|svg)",
    re.IGNORECASE | re.DOTALL,
)


def of(name: str, data: bytes) -> Kind:
    """Return the kind of a file whose name and beginning agree; Refused otherwise."""
    check_name(name)
    stem, ending = _split(name)
    if _split(stem)[1] in WHY or _split(stem)[1] in ENDINGS:
        raise Refused("double")
    seen = _looks_like(data)
    if not ending:
        raise Refused("executable" if seen == "executable" else "no_extension")
    if ending in WHY:
        raise Refused(WHY[ending])
    if ending not in ENDINGS:
        raise Refused("kind")
    kind = ENDINGS[ending]
    if seen != EXPECTED.get(kind, kind):
        raise Refused(_why(kind, seen, data))
    return kind


def check_name(name: str) -> None:
    """Refused for a name that is too long or holds slashes, controls or turned writing."""
    if len(name) > LONGEST_NAME:
        raise Refused("name_long")
    if not name.strip() or any(_is_odd(sign) for sign in name):
        raise Refused("name_signs")


def _is_odd(sign: str) -> bool:
    return sign in '/\\:*?"<>|' or unicodedata.category(sign) in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Zl",
        "Zp",
    }


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.strip().rpartition(".")
    ending = ending.strip().lower()
    return (stem, ending) if dot and stem.strip(". ") and ending else (name, "")


def _looks_like(data: bytes) -> str:
    for what, beginnings in SIGNATURES.items():
        if data.startswith(beginnings):
            return what
    if found := MARKUP.match(data[:2_000].removeprefix(b"\xef\xbb\xbf")):
        return "svg" if b"svg" in found[1].lower() else "html"
    return "text"


def _why(kind: Kind, seen: str, data: bytes) -> str:
    """Say what a file is that is not what its name says."""
    if seen == "ole":
        # An Office file with a password stands in a container of the old format.
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old"
    if seen == "zip":
        return "mismatch" if b"[Content_Types].xml" in data else "archive"
    return seen if seen in {"html", "svg", "executable", "archive"} else "mismatch"
