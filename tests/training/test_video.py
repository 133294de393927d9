"""A video comes in whole or not at all: its files, captions, transcript, description, length."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.training.material_factories import MATROSKA, MP4, VTT, WEBM, make_video, video_form
from tests.world import World
from training import video_files
from training.models import Video

pytestmark = pytest.mark.django_db
ADD = "/cms/snippets/training/video/add/"


@pytest.fixture
def author(world: World) -> Client:
    client = Client()
    client.force_login(world.author)
    return client


def stored() -> set[str]:
    folder = Path(default_storage.path("videos"))
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.fixture(autouse=True)
def clean_folder() -> Iterator[None]:
    """Nothing of other tests of this process lies there, and nothing of this one stays."""
    _clean()
    yield
    _clean()


def _clean() -> None:
    for name in stored():
        default_storage.delete(f"videos/{name}")


def refusals(client: Client, **changes: Any) -> dict[str, list[str]]:
    """Send a new video; return why it was refused, and see that nothing of it was kept."""
    before = stored()
    answer = client.post(ADD, video_form(**changes))
    assert answer.status_code == 200
    assert Video.objects.count() == 0
    assert stored() == before
    errors: dict[str, list[str]] = answer.context["form"].errors
    return errors


def test_an_author_adds_a_video_and_its_names_say_nothing(author: Client) -> None:
    assert author.post(ADD, video_form()).status_code == 302
    video = Video.objects.get()
    assert video.length == "2:05"
    assert video.whole_minutes == 3
    assert set(video.digests) == {"file", "captions"}
    assert "walk" not in f"{video.file.name}{video.captions.name}"
    assert stored() == {Path(str(file.name)).name for file in video.files()}
    assert b'href="/training/videos/' in author.get(f"{ADD[:-4]}edit/{video.pk}/").content


@pytest.mark.parametrize(("name", "content"), [("a.mp4", MP4), ("a.MP4", MP4), ("a.webm", WEBM)])
def test_both_formats_are_taken(author: Client, name: str, content: bytes) -> None:
    assert author.post(ADD, video_form(file=SimpleUploadedFile(name, content))).status_code == 302


@pytest.mark.parametrize(
    "brand", [b"isom", b"mp41", b"mp42", b"avc1", b"iso5", b"iso6", b"dash", b"M4V "]
)
def test_what_common_encoders_write_is_a_video(brand: bytes) -> None:
    assert video_files.kind_of(MP4.replace(b"isom", brand, 1)) == ".mp4"


HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.mp4", HTML, "no such video"),
        ("a.mp4", b"<!--ftypisom--><html>" + HTML, "no such video"),
        ("a.webm", HTML, "no such video"),
        ("a.mp4", WEBM, "no such video"),
        ("a.webm", MP4, "no such video"),
        ("a.webm", MATROSKA, "no such video"),
        ("a.mp4", MP4.replace(b"isom", b"qt  ", 1), "no such video"),
        ("a.mp4", MP4.replace(b"isom", b"M4A ", 1), "no such video"),
        ("a.html", HTML, "MP4 or WebM"),
        ("a.html", MP4, "MP4 or WebM"),
        ("a", MP4, "MP4 or WebM"),
        ("a.mp4.html", MP4, "MP4 or WebM"),
        ("a.mp4", b"", "empty"),
    ],
)
@pytest.mark.parametrize("field", ["file", "described"])
def test_what_is_no_video_is_refused_with_the_reason(
    author: Client, field: str, name: str, content: bytes, reason: str
) -> None:
    errors = refusals(author, **{field: SimpleUploadedFile(name, content)})
    assert list(errors) == [field]
    assert reason in errors[field][0]


def test_a_video_that_is_too_large_is_refused(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video_files, "LARGEST", 100)
    assert "larger than" in refusals(author)["file"][0]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"captions": None}, "captions", "required"),
        ({"transcript": ""}, "transcript", "required"),
        ({"file": None}, "file", "required"),
        ({"says_all": None}, "described", "all that is shown is said"),
        ({"length_minutes": "0", "length_seconds": "0"}, "length_minutes", "how long"),
        ({"length_seconds": "60"}, "length_seconds", "59"),
        ({"length_minutes": "1" * 400}, "length_minutes", ""),
        ({"length_minutes": "0", "length_seconds": "3"}, "captions", "after the end"),
        ({"lang": "tlh"}, "lang", "valid choice"),
        ({"title": "Call 413-555-0172"}, "title", "phone number"),
        ({"transcript": "Born 04/12/2010."}, "transcript", "date of birth"),
        ({"captions": SimpleUploadedFile("a.vtt", HTML)}, "captions", "Line 1"),
        ({"captions": SimpleUploadedFile("a.mp4", MP4)}, "captions", "WebVTT"),
    ],
)
def test_a_video_without_what_makes_it_reachable_is_refused(
    author: Client, changes: dict[str, Any], field: str, reason: str
) -> None:
    errors = refusals(author, **changes)
    assert field in errors
    assert reason in errors[field][0]


def test_a_described_version_stands_in_for_the_statement(author: Client) -> None:
    described = SimpleUploadedFile("with voice.webm", WEBM)
    assert author.post(ADD, video_form(says_all=None, described=described)).status_code == 302
    assert Video.objects.get().described.address_name == "described.webm"


def test_the_database_asks_for_description_and_length_as_well() -> None:
    for fields in ({"says_all": False}, {"length_minutes": 0, "length_seconds": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_video(**fields)


def test_a_file_that_is_replaced_or_deleted_goes_from_the_storage(
    author: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    video = make_video()
    old = Path(str(video.file.name)).name
    with django_capture_on_commit_callbacks(execute=True):
        form = video_form(file=SimpleUploadedFile("b.webm", WEBM), captions=None)
        author.post(f"{ADD[:-4]}edit/{video.pk}/", form)
    video.refresh_from_db()
    assert video.file.address_name == "video.webm"
    assert old not in stored()
    assert len(stored()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        author.post(f"{ADD[:-4]}delete/{video.pk}/")
    assert stored() == set()


@pytest.mark.parametrize("account", ["member", "coordinator", "specialist", "trainer"])
def test_nobody_else_adds_videos(world: World, client: Client, account: str) -> None:
    client.force_login(world.people[account])
    assert client.post(ADD, video_form()).status_code == 404
    assert Video.objects.count() == 0
    assert stored() == set()


def test_a_reviewer_sees_videos_and_adds_none(world: World, client: Client) -> None:
    client.force_login(world.reviewer)
    assert client.get("/cms/snippets/training/video/").status_code == 200
    assert client.post(ADD, video_form()).status_code == 302
    assert Video.objects.count() == 0


class TestLargeForms:
    """A form that is too large for memory; the limits are lowered, the files stay tiny."""

    @pytest.fixture(autouse=True)
    def little_memory(self, settings: Any) -> None:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 50

    def test_a_large_video_is_taken(self, author: Client) -> None:
        described = SimpleUploadedFile("b.webm", WEBM)
        assert author.post(ADD, video_form(described=described)).status_code == 302
        video = Video.objects.get()
        assert b"".join(video.file.pieces()) == MP4
        assert b"".join(video.described.pieces()) == WEBM
        assert b"".join(video.captions.pieces()) == VTT

    def test_a_large_file_that_is_no_video_is_refused_with_the_reason(self, author: Client) -> None:
        errors = refusals(author, file=SimpleUploadedFile("a.mp4", HTML * 100))
        assert "no such video" in errors["file"][0]

    def test_only_what_begins_as_a_video_touches_the_disk(
        self, author: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from training import video_uploads

        made: list[str] = []
        original = video_uploads.TemporaryUploadedFile

        def note(name: str, *args: Any) -> Any:
            made.append(name)
            return original(name, *args)

        monkeypatch.setattr(video_uploads, "TemporaryUploadedFile", note)
        author.post(ADD, video_form(file=SimpleUploadedFile("page.mp4", HTML * 100)))
        assert made == []
        author.post(ADD, video_form())
        assert made == ["walk.mp4"]

    def test_what_is_too_large_is_not_written_to_its_end(
        self, author: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from training import video_uploads

        for module in (video_files, video_uploads):
            monkeypatch.setattr(module, "LARGEST", 100_000)
        large = SimpleUploadedFile("a.mp4", MP4 + b"x" * 500_000)
        assert "larger than" in refusals(author, file=large)["file"][0]

    def test_other_addresses_and_other_people_keep_nothing(
        self, world: World, author: Client, client: Client
    ) -> None:
        client.force_login(world.member)
        client.post(ADD, video_form())
        picture = SimpleUploadedFile("a.mp4", MP4)
        author.post("/cms/documents/add/", {"title": "So", "file": picture, "collection": "1"})
        assert Video.objects.count() == 0
        assert stored() == set()
        assert not list(Path(settings.MEDIA_ROOT).rglob("documents/a*.mp4"))
