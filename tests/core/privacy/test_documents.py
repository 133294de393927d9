"""What is read in an upload, what is refused, and what comes off."""

import io
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, StreamObject

from portal.core.privacy.documents import Inspected, Refused, cleaned, inspect, pdf_clock
from tests.core.privacy import uploads
from tests.core.privacy.uploads import CALM, FLAGGED, REFUSED


@pytest.mark.parametrize(
    ("name", "data", "reason"), REFUSED, ids=[f"{n[:20]!a}-{r}" for n, _d, r in REFUSED]
)
def test_each_is_refused_with_its_own_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        inspect(name, data)
    assert refused.value.reason == reason


@pytest.mark.parametrize("name", ["turned\u202efdp.pdf", "a/b.pdf", "a\nb.pdf", "a\0.pdf", " "])
def test_a_name_that_deceives_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        inspect(name, uploads.pdf())
    assert refused.value.reason == "name_signs"


def places(inspected: Inspected) -> list[str]:
    return [str(found) for found in inspected.blocking]


COMMENTS = uploads.part("comments", f'<w:comment w:author="Jordan">{uploads.paragraph(FLAGGED)}'
                        "</w:comment>")  # fmt: skip
DELETED = f'<w:p><w:del w:author="Jordan"><w:r><w:delText>{FLAGGED}</w:delText></w:r></w:del></w:p>'
SPLIT = "</w:t></w:r><w:r><w:t>".join(["DOB 04", "/12/", "2010"])
BORN = "%s: a date of birth"


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("DOB 04-12-2010.pdf", uploads.pdf(), "in the file’s name"),
        ("dob_04_12_2010.txt", CALM.encode(), "in the file’s name"),
        ("a.txt", FLAGGED.encode(), "in the text"),
        ("a.txt", FLAGGED.encode("utf-16"), "in the text"),
        ("a.csv", b"Who,Date of birth\nA,04/12/2010\n", "in the text"),
        ("a.pdf", uploads.pdf(CALM, FLAGGED), "page 2"),
        ("a.docx", uploads.docx(FLAGGED), "in the text"),
        ("a.docx", uploads.docx(SPLIT), "in the text"),
        ("a.docx", uploads.docx(word__comments_xml=COMMENTS), "in a comment"),
        ("a.docx", uploads.docx(word__header1_xml=uploads.part("hdr", uploads.paragraph(FLAGGED))),
         "in a header or footer"),
        ("a.docx", uploads.docx(
            word__footnotes_xml=uploads.part("footnotes", uploads.paragraph(FLAGGED))),
         "in a footnote"),
        ("a.docx", uploads.docx(f"</w:t></w:r></w:p>{DELETED}<w:p><w:r><w:t>"), "in the text"),
        ("a.docx", uploads.docx(docProps__core_xml=f"<a><title>{FLAGGED}</title></a>"),
         "in the file’s properties"),
        ("a.xlsx", uploads.xlsx(FLAGGED), "hidden sheet 2"),
        ("a.xlsx", uploads.xlsx("A", date=date(2010, 4, 12)), "hidden sheet 2"),
    ],
)  # fmt: skip
def test_a_date_of_birth_is_found_wherever_it_stands(name: str, data: bytes, place: str) -> None:
    assert places(inspect(name, data)) == [BORN % place]


@pytest.mark.parametrize(
    ("strings", "place"),
    [((FLAGGED, "A"), "hidden sheet 2"), (("A", FLAGGED), "in a part that is not shown")],
)
def test_shared_strings_are_read_where_a_cell_uses_them_or_none_does(
    strings: tuple[str, str], place: str
) -> None:
    members = uploads.members_of(uploads.xlsx("the cell"))
    inline = b'<c r="A2" t="inlineStr"><is><t>the cell</t></is></c>'
    sheet = members["xl/worksheets/sheet2.xml"]
    assert inline in sheet
    members["xl/worksheets/sheet2.xml"] = sheet.replace(inline, b'<c r="A2" t="s"><v>0</v></c>')
    said = "".join(f"<si><t>{each}</t></si>" for each in strings)
    members["xl/sharedStrings.xml"] = f"<sst>{said}</sst>".encode()
    assert places(inspect("a.xlsx", uploads.zipped(dict(members)))) == [BORN % place]


def test_notes_form_fields_and_properties_of_a_pdf_are_read() -> None:
    from pypdf.annotations import Text

    def change(writer: Any) -> None:
        writer.add_metadata({"/Subject": FLAGGED})
        writer.add_annotation(0, Text(rect=(50, 550, 200, 650), text=FLAGGED))

    found = places(inspect("a.pdf", uploads.changed_pdf(uploads.pdf(), change)))
    beside, about = "in a note, form field or description", "in the file’s properties"
    assert sorted(found) == sorted([BORN % beside, BORN % about])


def test_ordinary_papers_pass() -> None:
    for name, data in (
        ("minutes.pdf", uploads.pdf()),
        ("minutes.v2.docx", uploads.docx()),
        ("minutes 4.12.xlsx", uploads.xlsx("A")),
        ("minutes.csv", b"Item;Minutes\nWelcome;5\n"),
        ("minutes.txt", "Agenda – première".encode("cp1252")),
    ):
        inspected = inspect(name, data)
        assert (inspected.found, inspected.unread) == ((), ()), name


def test_names_ask_unless_they_are_allowed_or_come_off() -> None:
    data = uploads.docx("Jordan Alvarez brought it.", docProps__core_xml="<a>Jordan Maker</a>")
    assert [found.said for found in inspect("a.docx", data).names] == ["Jordan Alvarez"]
    assert not inspect("a.docx", data, allow=frozenset({"jordan alvarez"})).names


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("scan.pdf", uploads.pdf(CALM, "")),
        ("photo.png", uploads.picture("PNG")),
        ("photo.jpg", uploads.picture("JPEG")),
        ("a.docx", uploads.docx(word__media__a_xml="<a/>")),
    ],
)
def test_a_page_or_picture_without_text_must_be_read_by_a_person(name: str, data: bytes) -> None:
    if name == "a.docx":
        large = uploads.picture("PNG", (1000, 800))
        data = uploads.zipped({**uploads.members_of(data), "word/media/a.png": large})
    inspected = inspect(name, data)
    assert len(inspected.unread) == 1
    assert str(inspected.unread[0]) == ("page 2" if name == "scan.pdf" else "picture 1")


def test_offsets_lead_back_into_the_text() -> None:
    inspected = inspect("a.pdf", uploads.pdf(CALM, FLAGGED))
    [found] = inspected.found
    assert inspected.text[found.start : found.end] == "04/12/2010" == found.said
    assert "2010" not in repr(inspected)


def test_a_cleaned_pdf_says_nothing_of_its_maker() -> None:
    data = uploads.changed_pdf(uploads.pdf(), uploads.with_properties)
    assert b"Jordan" in data
    made = cleaned(inspect("a.pdf", data))
    for gone in (b"Jordan", b"an attachment", b"app.alert", b"/JavaScript", b"/EmbeddedFiles"):
        assert gone not in made
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert page.extract_text() == CALM
    assert "Please shorten" in made.decode("latin-1")


def test_an_earlier_version_inside_a_pdf_does_not_stay() -> None:
    from pypdf import PdfWriter

    old = uploads.pdf("An earlier sentence.")
    writer = PdfWriter(io.BytesIO(old), incremental=True)
    page = writer.pages[0]
    page.get_contents()
    stream = StreamObject()
    stream.set_data(b"BT /F1 12 Tf 72 700 Td (A later one.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    made = io.BytesIO()
    writer.write(made)
    assert b"An earlier" in made.getvalue()
    inspected = inspect("a.pdf", made.getvalue())
    assert "A later one." in inspected.text
    assert b"An earlier" not in cleaned(inspected)


def test_a_cleaned_paper_keeps_its_words_and_loses_its_makers() -> None:
    comments = COMMENTS.replace(FLAGGED, "Shorter, please")
    data = uploads.docx(
        word__comments_xml=comments,
        word__settings_xml=uploads.part(
            "settings", '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
        ),
        docProps__core_xml="<a>Jordan Maker</a>",
        docProps__app_xml="<a>Jordan Maker</a>",
        docProps__custom_xml="<a>Jordan Maker</a>",
        docProps__thumbnail_xml=b"<a>Jordan Maker</a>",
    )
    made = uploads.members_of(cleaned(inspect("a.docx", data)))
    whole = b"".join(made.values())
    assert CALM.encode() in made["word/document.xml"]
    assert b"Shorter, please" in made["word/comments.xml"]
    for gone in (b"Jordan", b"rsid", b"00AB12CD"):
        assert gone not in whole
    assert "docProps/thumbnail.xml" not in made
    again = cleaned(inspect("a.docx", uploads.zipped(dict(made))))
    assert uploads.members_of(again) == made


def test_a_cleaned_workbook_opens_and_loses_its_makers() -> None:
    from openpyxl import load_workbook

    made = cleaned(inspect("a.xlsx", uploads.xlsx("A word")))
    assert b"Jordan" not in b"".join(uploads.members_of(made).values())
    book = load_workbook(io.BytesIO(made))
    assert book["More"]["A2"].value == "A word"
    assert book["More"].sheet_state == "hidden"
    assert book["Agenda"]["A1"].comment.text == "Keep it short"
    assert book["Agenda"]["A1"].comment.author == "Author"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_cleaned_picture_is_turned_and_says_nothing(kind: str) -> None:
    data = uploads.picture(kind)
    assert b"Jordan" in data
    made = cleaned(inspect(f"a.{kind.lower()}", data))
    assert b"Jordan" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == (kind, (30, 40))
        assert not dict(image.getexif())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_inside_a_paper_says_nothing_either(kind: str) -> None:
    members = uploads.members_of(uploads.docx())
    name = f"word/media/a.{kind.lower()}"
    data = uploads.zipped({**members, name: uploads.picture(kind)})
    made = uploads.members_of(cleaned(inspect("a.docx", data)))[name]
    assert b"Jordan" not in made
    with Image.open(io.BytesIO(made)) as image:
        image.load()
        assert image.size == (40, 30)


WHOLE = {
    "a.pdf": uploads.changed_pdf(uploads.pdf(CALM, CALM), uploads.with_properties),
    "a.docx": uploads.docx(word__comments_xml=COMMENTS, docProps__core_xml="<a>b</a>"),
    "a.xlsx": uploads.xlsx("A word"),
    "a.png": uploads.picture("PNG"),
    "a.jpg": uploads.picture("JPEG"),
    "a.csv": b"a,b\n1,2\n",
    "a.txt": CALM.encode(),
}


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    cut=st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    name: str, cut: float, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(WHOLE[name])
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    kept = bytes(data[: max(1, int(cut * len(data)))]) if cut < 0.7 else bytes(data)
    with suppress(Refused):
        assert isinstance(cleaned(inspect(name, kept)), bytes)


@settings(max_examples=100, deadline=None)
@given(name=st.text(max_size=130), data=st.binary(max_size=300))
def test_any_name_with_any_bytes_is_read_or_refused(name: str, data: bytes) -> None:
    for whole in (name, f"{name}.pdf", f"{name}.docx", f"{name}.csv", f"{name}.jpg"):
        with suppress(Refused):
            assert isinstance(inspect(whole, data), Inspected)


def test_a_cleaned_pdf_keeps_what_a_screen_reader_needs() -> None:
    def tag(writer: Any) -> None:
        marked = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        writer.root_object[NameObject("/MarkInfo")] = marked
        writer.root_object[NameObject("/StructTreeRoot")] = root

    made = cleaned(inspect("a.pdf", uploads.changed_pdf(uploads.pdf(), tag)))
    root: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_forms_in_forms_end_in_a_refusal() -> None:
    """Each draws the next one twenty times: without an end it would take hours."""

    def nest(writer: Any) -> None:
        inner = None
        for _depth in range(6):
            form = StreamObject()
            form.set_data(b"/F Do " * 20 if inner is not None else b"q Q")
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            objects = DictionaryObject({NameObject("/F"): inner} if inner is not None else {})
            fonts = DictionaryObject()
            form[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/XObject"): objects, NameObject("/Font"): fonts}
            )
            inner = writer._add_object(form)
        page = writer.pages[0]
        page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/F"): inner})
        content = StreamObject()
        content.set_data(b"/F Do")
        page[NameObject("/Contents")] = writer._add_object(content)

    data = uploads.changed_pdf(uploads.pdf(), nest)
    with pytest.raises(Refused) as refused:
        inspect("a.pdf", data)
    assert refused.value.reason == "complex"


def test_reading_a_pdf_ends_after_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_clock, "SECONDS", 0.0)
    with pytest.raises(Refused) as refused:
        inspect("a.pdf", uploads.pdf())
    assert refused.value.reason == "complex"
