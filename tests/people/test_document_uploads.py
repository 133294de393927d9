"""Documents of the library: an editor's PDF is read, cleaned and kept; a flagged one is not."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from wagtail.documents.models import Document
from wagtail.models import Collection, UploadedFile

from portal.core.models import ScreenOverride
from portal.core.privacy.documents.refused import REASONS
from tests.core.privacy import uploads
from tests.core.privacy.uploads import CALM, FLAGGED, REFUSED
from tests.world import World


def stored() -> list[str]:
    folders = [f for f in ("documents", "wagtail_uploads") if default_storage.exists(f)]
    return [f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]]


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    for name in stored():
        default_storage.delete(name)
    yield
    for name in stored():
        default_storage.delete(name)


def add(client: Client, name: str, data: bytes, **more: Any) -> Any:
    root = Collection.get_first_root_node().pk
    file = SimpleUploadedFile(name, data)
    return client.post(
        "/cms/documents/add/", {"title": "A paper", "collection": root, "file": file, **more}
    )


def several(client: Client, name: str, data: bytes, title: str = "A paper") -> Any:
    """What the page for several files at once posts."""
    root = Collection.get_first_root_node().pk
    said = {"title": title, "collection": root, "files[]": SimpleUploadedFile(name, data)}
    return client.post("/cms/documents/multiple/add/", said)


@pytest.mark.parametrize("account", ["manager", "author"])
def test_an_editor_adds_a_paper_and_it_names_nobody(
    world: World, client: Client, account: str
) -> None:
    client.force_login(world.people[account])
    data = uploads.changed_pdf(uploads.pdf("Written by Jordan Alvarez."), uploads.with_properties)
    assert add(client, "paper.pdf", data).status_code == 302
    made = Document.objects.get()
    with made.file.open() as file:
        kept = file.read()
    assert b"Jordan Maker" not in kept
    assert "Jordan Alvarez" in PdfReader(io.BytesIO(kept)).pages[0].extract_text()
    assert made.file_size == len(kept)
    assert b"".join(client.get(made.url)) == kept


def test_the_page_for_several_files_cleans_as_well(world: World, client: Client) -> None:
    client.force_login(world.manager)
    data = uploads.changed_pdf(uploads.pdf(), uploads.with_properties)
    assert several(client, "paper.pdf", data).json()["success"]
    with Document.objects.get().file.open() as file:
        assert b"Jordan" not in file.read()


@pytest.mark.parametrize("send", [add, several])
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", uploads.pdf(CALM, FLAGGED), "page 2: a date of birth"),
        ("dob 04-12-2010.pdf", uploads.pdf(), "name: a date of birth"),
        ("scan.pdf", uploads.pdf(""), "The portal cannot read everything in it (page 1)"),
        ("page.pdf", uploads.HTML, str(REASONS["html"])),
    ],
)
def test_a_flagged_paper_is_not_kept(
    world: World, client: Client, send: Any, name: str, data: bytes, said: str
) -> None:
    client.force_login(world.manager)
    answer = send(client, name, data)
    body = answer.json()["error_message"] if send is several else answer.content.decode()
    assert said in body.replace("&#x27;", "'")
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [each for each in REFUSED if each[2] in {"macro", "bomb", "encrypted", "double", "svg", "old"}],
)
def test_what_a_request_refuses_the_library_refuses(
    world: World, client: Client, name: str, data: bytes, reason: str
) -> None:
    client.force_login(world.manager)
    assert add(client, name, data).status_code == 200
    assert not several(client, name, data).json()["success"]
    assert not Document.objects.exists()
    assert stored() == []


def test_a_wrong_title_keeps_no_uncleaned_file(world: World, client: Client) -> None:
    """Wagtail puts the file of such a form aside as it came."""
    client.force_login(world.manager)
    data = uploads.changed_pdf(uploads.pdf(), uploads.with_properties)
    for title in ("Call 508-555-0142", "x" * 300, ""):
        answer = several(client, "paper.pdf", data, title)
        assert answer.json() == {
            "success": False,
            "error_message": "Choose the file again; nothing was saved.",
        }
    assert not UploadedFile.objects.exists()
    assert stored() == []


def test_a_scan_that_somebody_read_is_kept_and_counted(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert "I have read its pictures" in client.get("/cms/documents/add/").content.decode()
    assert add(client, "scan.pdf", uploads.pdf("", ""), have_read="on").status_code == 302
    counted = ScreenOverride.objects.get()
    assert (counted.form, counted.kind, counted.times) == ("ScreenedDocumentForm", "unread", 2)


def test_a_title_is_changed_without_the_file(world: World, client: Client) -> None:
    client.force_login(world.manager)
    add(client, "paper.pdf", uploads.pdf())
    made = Document.objects.get()
    root = Collection.get_first_root_node().pk
    said = {"title": "Another title", "collection": root}
    assert client.post(f"/cms/documents/edit/{made.pk}/", said).status_code == 302
    made.refresh_from_db()
    assert made.title == "Another title"


@pytest.mark.parametrize("account", ["reviewer", "coordinator", "member"])
def test_nobody_else_adds_documents(world: World, client: Client, account: str) -> None:
    client.force_login(world.people[account])
    assert add(client, "paper.pdf", uploads.pdf()).status_code in {302, 404}
    assert not Document.objects.exists()
