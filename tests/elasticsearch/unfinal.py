"""Clear the flag `final` on the methods of one class file, in a copy.

Lucene 8.3 declares IndexSearcher.termStatistics final; Elasticsearch 7.0.0, built on Lucene 8.0,
overrides it. Usage: unfinal.py JAR CLASS FOLDER
"""

import struct
import sys
import zipfile
from pathlib import Path

FINAL = 0x10
UTF8, LONG, DOUBLE = 1, 5, 6
# Bytes of each kind of constant after its tag (Java virtual machine specification, 4.4).
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4}
SIZES |= {19: 2, 20: 2}


def without_final(code: bytes) -> bytes:
    data = bytearray(code)

    def short(place: int) -> int:
        return int(struct.unpack_from(">H", data, place)[0])

    def after_attributes(place: int) -> int:
        count, place = short(place), place + 2
        for _ in range(count):
            place += 6 + struct.unpack_from(">I", data, place + 2)[0]
        return place

    place = _after_constants(data)
    place += 6  # flags, this class, its parent
    place += 2 + 2 * short(place)  # interfaces
    for is_methods in (False, True):
        count, place = short(place), place + 2
        for _ in range(count):
            if is_methods:
                struct.pack_into(">H", data, place, short(place) & ~FINAL)
            place = after_attributes(place + 6)
    return bytes(data)


def _after_constants(data: bytearray) -> int:
    count, number, place = struct.unpack_from(">H", data, 8)[0], 1, 10
    while number < count:
        tag = data[place]
        size = 2 + struct.unpack_from(">H", data, place + 1)[0] if tag == UTF8 else SIZES[tag]
        place += 1 + size
        number += 2 if tag in (LONG, DOUBLE) else 1
    return place


if __name__ == "__main__":
    jar, name, folder = sys.argv[1:]
    target = Path(folder) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(jar) as archive:
        target.write_bytes(without_final(archive.read(name)))
