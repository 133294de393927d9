"""Pictures: what they show is a person's to read; what they say of camera and place comes off."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from portal.core.privacy.documents.parts import Part, Place
from portal.core.privacy.documents.refused import Refused

LARGEST = 40_000_000  # dots
WITH_WORDS = 400_000  # dots; a smaller picture inside a paper is a mark or a logo
FORMATS = ("PNG", "JPEG")
QUALITY = 90
JPEG_START, JPEG_SCAN = b"\xff\xd8", 0xDA
# JFIF, ICC profile, Adobe's colour transform: what a picture needs to look right.
JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_DROPPED = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def read(data: bytes) -> tuple[list[Part], list[Place]]:
    _opened(data)
    return [], [Place("picture", 1)]


def cleaned(data: bytes) -> bytes:
    """Return the picture made anew from its dots, turned as it is shown."""
    picture = _opened(data)
    kind = picture.format
    turned = ImageOps.exif_transpose(picture)
    profile, clear = turned.info.get("icc_profile"), turned.info.get("transparency")
    turned.info = {}
    more: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if kind == "PNG" and clear is not None:
        more["transparency"] = clear
    if kind == "JPEG":
        more["quality"] = QUALITY
    made = BytesIO()
    turned.save(made, kind, **more)
    return made.getvalue()


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("picture") from None
    if picture.width * picture.height > LARGEST:
        raise Refused("picture")
    picture.load()
    return picture


def may_show_words(data: bytes) -> bool:
    """Say whether a picture inside a paper is large enough to be a page of it."""
    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.width * picture.height >= WITH_WORDS
    except Exception:  # a drawing that Pillow does not know may show anything
        return True


def stripped(data: bytes) -> bytes:
    """Return a picture inside a paper without its notes; the dots stay as they are."""
    if data.startswith(JPEG_START):
        return _stripped_jpeg(data)
    if data.startswith(PNG_START):
        return _stripped_png(data)
    return data


def _stripped_jpeg(data: bytes) -> bytes:
    kept, at = [JPEG_START], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != JPEG_SCAN:
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xFF:  # a byte that only fills
            at += 1
            continue
        if marker in JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(data[at:end])
        at = end
    return b"".join((*kept, data[at:]))


def _stripped_png(data: bytes) -> bytes:
    kept, at = [PNG_START], 8
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] not in PNG_DROPPED:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
