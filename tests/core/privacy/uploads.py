"""Files as people send them, and as nobody should; all made here, all fictional."""

import io
import struct
import zipfile
import zlib
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

FLAGGED = "DOB 04/12/2010"
CALM = "The team meets on the first day of the month."
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
    '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraph(text: str) -> str:
    return f'<w:p w:rsidR="00AB12CD"><w:r><w:t>{text}</w:t></w:r></w:p>'


def part(element: str, inside: str) -> str:
    return f'<?xml version="1.0"?><w:{element} {W}>{inside}</w:{element}>'


def links(*rows: str) -> str:
    return f'<Relationships xmlns="{RELS}">{"".join(rows)}</Relationships>'


def link(kind: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'


def docx(text: str = CALM, types: str = TYPES, **more: bytes | str) -> bytes:
    """A paper; `more` holds members under their names, with two underscores for a slash."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": links(link("officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{paragraph(text)}</w:body>"),
    }
    named = {name.replace("__", "/").replace("_xml", ".xml"): said for name, said in more.items()}
    return zipped({**members, **named})


def xlsx(hidden: str = "", *, date: Any = None) -> bytes:
    """A workbook of two sheets, the second one hidden."""
    book = Workbook()
    first: Any = book.active
    first.title = "Agenda"
    first.append(["Item", "Minutes"])
    first.append(["Welcome", 5])
    first["A1"].comment = Comment("Keep it short", "Jordan Commenter")
    second: Any = book.create_sheet("More")
    second.sheet_state = "hidden"
    second.append(["Note", "DOB" if date else "When"])
    second.append([hidden, date])
    book.properties.creator = "Jordan Maker"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page; an empty line makes a page that only draws."""
    writer = PdfWriter()
    font = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
    named = DictionaryObject({NameObject(f"/{k}"): NameObject(f"/{v}") for k, v in font.items()})
    for text in pages or (CALM,):
        page = writer.add_blank_page(612, 792)
        fonts = DictionaryObject({NameObject("/F1"): named})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "72 72 200 300 re f"
        stream = StreamObject()
        stream.set_data(content.encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def changed_pdf(data: bytes, change: Any) -> bytes:
    """The PDF after `change` did something to its writer."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def with_properties(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": "Jordan Maker", "/Title": CALM})
    writer.add_attachment("inside.txt", b"an attachment")
    runs = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(runs)
    note = Text(rect=(50, 550, 200, 650), text="Please shorten")
    note[NameObject("/T")] = TextStringObject("Jordan Reviewer")
    writer.add_annotation(0, note)


def encrypted_pdf() -> bytes:
    return changed_pdf(pdf(), lambda writer: writer.encrypt("a word", algorithm="RC4-128"))


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 64 MB."""
    packed = zlib.compress(b"q Q " * 16_000_000, 9)
    data = pdf()
    at = data.index(b"stream\n")
    end = data.index(b"\nendstream", at)
    head = data.rindex(b"<<", 0, at)
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\n".encode()
    return data[:head] + stream + b"stream\n" + packed + data[end:]


def zip_bomb() -> bytes:
    return docx(word__styles_xml=b"<a>" + b" " * 90_000_000 + b"</a>")


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that says where it was taken and what it shows."""
    image = Image.new("RGB", size, "teal")
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Jordan at home"
    exif[0x0112] = 6
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Comment", "Jordan at home")
        image.save(made, "PNG", pnginfo=words, exif=exif)
    else:
        image.save(made, kind, exif=exif, comment=b"Jordan at home")
    return made.getvalue()


def huge_picture() -> bytes:
    """A PNG of 100,000 by 100,000 dots, by its own word."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    end = b"\0\0\0\0IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    body = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + body + end


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PROTECTED = OLE + "EncryptedPackage".encode("utf-16-le")
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MACRO_TYPES = TYPES.replace("document.main+xml", "document.macroEnabled.main+xml")

# Each refusal: the name it comes under, what it is, and the reason given.
REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.pdf", b"", "empty"),
    ("page.pdf", HTML, "html"),
    ("page.html", HTML, "html"),
    ("drawing.svg", SVG, "svg"),
    ("drawing.png", SVG, "svg"),
    ("paper.docm", docx(), "macro"),
    ("types.docx", docx(types=MACRO_TYPES), "macro"),
    ("paper.docx", zipped({**members_of(docx()), "word/vbaProject.bin": b"x"}), "macro"),
    ("paper.docx", zip_bomb(), "bomb"),
    ("bomb.pdf", pdf_bomb(), "bomb"),
    ("long.pdf", pdf(*["x"] * 301), "pages"),
    (f"{'a' * 296}.pdf", pdf(), "name_long"),
    ("what?.pdf", pdf(), "name_signs"),
    ("program", b"MZ\x90\x00program", "executable"),
    ("notes", b"plain words", "no_extension"),
    ("program.txt", b"MZ\x90\x00program", "executable"),
    ("run.sh", b"#!/bin/sh", "executable"),
    ("a.pdf.exe", b"MZ\x90\x00", "double"),
    ("a.exe.pdf", pdf(), "double"),
    ("protected.pdf", encrypted_pdf(), "encrypted"),
    ("protected.docx", PROTECTED, "encrypted"),
    ("old.doc", OLE, "old"),
    ("old.docx", OLE, "old"),
    ("many.zip", zipped({"a.txt": b"a"}), "archive"),
    ("many.docx", zipped({"a.txt": b"a"}), "archive"),
    ("many.pdf", zipped({"a.txt": b"a"}), "archive"),
    ("sheet.docx", xlsx(), "mismatch"),
    ("paper.xlsx", docx(), "mismatch"),
    ("song.mp3", b"ID3", "kind"),
    ("picture.jpg", picture("PNG"), "mismatch"),
    ("huge.png", huge_picture(), "picture"),
    ("bytes.txt", b"\x00\x01\x02", "mismatch"),
    ("inside.docx", docx(word__embeddings__a_xml="<a/>"), "embedded"),
    (
        "remote.docx",
        docx(**{"word___rels__document_xml.rels": links(
            link("image", "https://example.org/a.png", "External"))}),
        "remote",
    ),
    ("entities.docx", docx(word__styles_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "broken"),
    ("large.txt", b"a " * 6_000_000, "large"),
    ("long.txt", b"a " * 600_000, "long"),
]  # fmt: skip
