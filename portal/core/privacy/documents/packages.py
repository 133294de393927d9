"""The zip packages of Office files, unpacked under caps and packed again."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from portal.core.privacy.documents.refused import Refused

Members = dict[str, bytes]
CONTENTS = "[Content_Types].xml"
MOST = 3_000  # members
LARGEST = 80 * 1024 * 1024  # bytes of all members, unpacked
RATIO, RATIO_FROM = 150, 1024 * 1024  # how far one member may unpack, once it is large
CHUNK = 64 * 1024
ENCRYPTED = 0x1
# zip's own beginning of time: when a member was written is nobody's business.
WHEN = (1980, 1, 1, 0, 0, 0)


def unpacked(data: bytes) -> Members:
    """Return every member. Refused past a cap, counted while it unpacks and not as it declares."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _members(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise Refused("broken") from None


def _members(archive: ZipFile) -> Members:
    found: Members = {}
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST:
        raise Refused("bomb")
    left = LARGEST
    for info in infos:
        if info.flag_bits & ENCRYPTED:
            raise Refused("encrypted")
        # Two members of one name: readers differ on which one counts.
        if info.filename in found or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Refused("broken")
        found[info.filename] = _member(archive, info, left)
        left -= len(found[info.filename])
    return found


def _member(archive: ZipFile, info: ZipInfo, left: int) -> bytes:
    content = bytearray()
    with archive.open(info) as member:
        while chunk := member.read(CHUNK):
            content += chunk
            is_far = len(content) > max(RATIO_FROM, RATIO * info.compress_size)
            if is_far or len(content) > left:
                raise Refused("bomb")
    return bytes(content)


def packed(members: Members) -> bytes:
    """Return a package; the table of contents comes first, as readers expect."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: name != CONTENTS):
            info = ZipInfo(name, WHEN)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, members[name])
    return made.getvalue()
