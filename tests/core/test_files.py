"""Private files: a check first, then bytes, by ranges."""

import io
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client, RequestFactory
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from portal.core import files
from tests.world import World

TEXT = b"0123456789"


@pytest.fixture
def document(db: None) -> Iterator[Document]:
    item = Document.objects.create(title="A paper", file=ContentFile(TEXT, "paper.txt"))
    yield item
    item.file.delete(save=False)


@pytest.fixture
def image(db: None) -> Iterator[Image]:
    drawn = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(drawn, "PNG")
    item = Image.objects.create(title="A door", file=ImageFile(drawn, "door.png"))
    yield item
    item.file.delete(save=False)


def read(client: Client, url: str, wanted: str = "") -> tuple[int, bytes]:
    answer = client.get(url, headers={"Range": wanted} if wanted else {})
    return answer.status_code, answer.getvalue()


def test_a_document_that_no_page_uses_is_for_the_admin_alone(
    world: World, document: Document
) -> None:
    client = Client()
    assert read(client, document.url)[0] == 404
    client.force_login(world.member)
    assert read(client, document.url)[0] == 404
    client.force_login(world.author)
    assert read(client, document.url) == (200, TEXT)


def test_the_name_in_the_address_must_be_the_documents_own(
    world: World, document: Document, client: Client
) -> None:
    client.force_login(world.manager)
    assert read(client, f"/documents/{document.pk}/other.txt")[0] == 404


# Wagtail leaves the temporary file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
def test_an_image_that_no_public_page_shows_is_not_public(world: World, image: Image) -> None:
    client = Client()
    rendition = image.get_rendition("width-4").url
    assert read(client, rendition)[0] == 404
    assert read(client, f"/media/{image.file.name}")[0] == 404
    client.force_login(world.manager)
    assert read(client, rendition)[0] == 200
    assert read(client, f"/media/{image.file.name}")[0] == 200


@pytest.mark.parametrize(
    "path", ["/media/../portal.sqlite3", "/media/%2e%2e/secret_key", "/media/x"]
)
def test_nothing_outside_the_images_is_served(world: World, client: Client, path: str) -> None:
    client.force_login(world.manager)
    assert read(client, path)[0] == 404


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("", 200, TEXT),
        ("bytes=0-3", 206, b"0123"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("bytes=-", 200, TEXT),
        ("lines=1-2", 200, TEXT),
        ("bytes=0-1,4-5", 200, TEXT),
    ],
)
def test_a_file_is_sent_by_ranges(
    world: World, client: Client, document: Document, wanted: str, status: int, content: bytes
) -> None:
    client.force_login(world.manager)
    assert read(client, document.url, wanted) == (status, content)


def test_what_a_browser_could_run_is_saved_not_opened(world: World, document: Document) -> None:
    answer = files.send(RequestFactory().get("/"), document.file.name)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.getvalue()


def test_the_front_server_may_send_the_bytes(document: Document, settings: object) -> None:
    settings.X_ACCEL_REDIRECT = "/protected/"  # type: ignore[attr-defined]
    answer = files.send(RequestFactory().get("/"), document.file.name)
    assert answer["X-Accel-Redirect"] == f"/protected/{document.file.name}"


def test_a_file_that_is_already_there_is_not_sent_again(
    world: World, client: Client, document: Document
) -> None:
    client.force_login(world.manager)
    first = client.get(document.url)
    mark = first["ETag"]
    first.getvalue()
    again = client.get(document.url, headers={"If-None-Match": mark})
    assert (again.status_code, again.getvalue(), again["ETag"]) == (304, b"", mark)
    assert "no-store" in again["Cache-Control"]
    assert read(client, document.url)[0] == 200


def test_a_mark_says_nothing_to_whoever_may_not_have_the_file(
    world: World, client: Client, document: Document
) -> None:
    client.force_login(world.manager)
    answer = client.get(document.url)
    mark = answer["ETag"]
    answer.getvalue()
    client.force_login(world.member)
    assert client.get(document.url, headers={"If-None-Match": mark}).status_code == 404


def test_the_rest_of_a_file_that_changed_meanwhile_is_sent_whole(
    world: World, client: Client, document: Document
) -> None:
    client.force_login(world.manager)
    answer = client.get(document.url)
    mark = answer["ETag"]
    answer.getvalue()
    rest = client.get(document.url, headers={"Range": "bytes=4-", "If-Range": mark})
    assert (rest.status_code, rest.getvalue()) == (206, TEXT[4:])
    whole = client.get(document.url, headers={"Range": "bytes=4-", "If-Range": '"another"'})
    assert (whole.status_code, whole.getvalue()) == (200, TEXT)
