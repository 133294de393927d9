"""Who may play a video, by ranges; and what a release plays stays as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import backups
from tests.factories import UserFactory
from tests.training.factories import publish
from tests.training.material_factories import (
    MP4,
    VTT,
    WEBM,
    block,
    html_of,
    make_video,
    module_with,
    released,
    video_form,
)
from tests.world import World
from training import enrolments, media
from training.models import ModulePage, ModuleRelease, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(world: World) -> Iterator[Video]:
    item = make_video(described=ContentFile(WEBM, "d.webm"), says_all=False)
    yield item
    for file in item.files():
        file.storage.delete(str(file.name))


@pytest.fixture
def shown(video: Video) -> tuple[ModulePage, ModuleRelease]:
    return released(block("video", video.pk))


def status(person: Any, url: str) -> int:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client.get(url).status_code


def test_a_video_that_no_release_plays_is_for_those_who_work_in_the_admin(
    world: World, video: Video
) -> None:
    module_with(block("video", video.pk))
    for account in ("author", "reviewer", "manager", "deputy"):
        assert status(world.people[account], video.file.url) == 200
    for account in ("member", "coordinator", "specialist", "trainer"):
        assert status(world.people[account], video.file.url) == 404
    assert status(None, video.file.url) == 404


def test_whoever_may_read_the_module_may_have_each_file(
    world: World, video: Video, shown: Any
) -> None:
    for file in video.files():
        for account in ("member", "other_member", "coordinator", "trainer"):
            assert status(world.people[account], file.url) == 200
        assert status(None, file.url) == 404
        assert status(UserFactory(is_active=False), file.url) == 404


def test_who_may_not_read_the_module_may_not_have_its_video(world: World, video: Video) -> None:
    released(block("video", video.pk), audience="coordinators")
    assert status(world.member, video.file.url) == 404
    assert status(world.coordinator, video.file.url) == 200


def test_a_withdrawn_modules_video_is_for_those_who_began_it(
    world: World, video: Video, shown: Any
) -> None:
    page, _release = shown
    enrolments.enrol(person=world.member, module=page)
    ModulePage.objects.filter(pk=page.pk).update(live=False)
    assert status(world.member, video.file.url) == 200
    assert status(world.other_member, video.file.url) == 404


def test_an_older_release_keeps_its_video_within_reach(world: World, video: Video) -> None:
    page, _release = released(block("video", video.pk))
    lessons = page.lessons.raw_data
    lessons[0]["value"]["body"] = lessons[0]["value"]["body"][:1]
    page.lessons = list(lessons)
    publish(page)
    assert page.releases.count() == 2
    assert status(world.member, video.file.url) == 200


@pytest.mark.parametrize(
    "name", ["video.webm", "other.mp4", "captions.srt", "described.mp4", "%2e%2e"]
)
def test_the_name_in_the_address_must_be_one_of_the_videos_own(
    world: World, video: Video, shown: Any, name: str
) -> None:
    assert status(world.member, f"/training/videos/{video.pk}/{name}") == 404
    assert status(world.member, f"/training/videos/{'9' * 40}/video.mp4") == 404


@pytest.mark.parametrize(
    ("wanted", "code", "content"),
    [
        ("", 200, MP4),
        ("bytes=0-7", 206, MP4[:8]),
        ("bytes=8-", 206, MP4[8:]),
        ("bytes=-5", 206, MP4[-5:]),
        (f"bytes={len(MP4)}-", 416, b""),
        ("bytes=9-2", 416, b""),
    ],
)
def test_a_video_is_sent_by_ranges(
    world: World, client: Client, video: Video, shown: Any, wanted: str, code: int, content: bytes
) -> None:
    client.force_login(world.member)
    answer = client.get(video.file.url, headers={"Range": wanted} if wanted else {})
    assert (answer.status_code, answer.getvalue()) == (code, content)
    if code == 416:
        assert answer["Content-Range"] == f"bytes */{len(MP4)}"
    else:
        assert answer["Content-Type"] == "video/mp4"
        assert answer["Accept-Ranges"] == "bytes"


def test_captions_are_sent_as_what_they_are(
    world: World, client: Client, video: Video, shown: Any
) -> None:
    client.force_login(world.member)
    answer = client.get(video.captions.url)
    assert answer.getvalue() == VTT
    assert answer["Content-Type"] == "text/vtt"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in answer["Content-Security-Policy"]


def test_a_release_keeps_the_hash_of_every_file_of_its_video(video: Video, shown: Any) -> None:
    _page, release = shown
    assert set(release.outline["media"]) == set(video.digests.values())
    assert len(video.digests) == 3
    assert video.digests == {file.field.name: file.sha256() for file in video.files()}


@pytest.fixture
def author(world: World) -> Client:
    client = Client()
    client.force_login(world.author)
    return client


@pytest.mark.parametrize(
    "change",
    [
        {"file": SimpleUploadedFile("b.mp4", MP4 + b"more")},
        {"captions": SimpleUploadedFile("b.vtt", VTT + b"\n")},
        {"described": SimpleUploadedFile("b.webm", WEBM + b"more")},
        {"described-clear": "on", "says_all": "on"},
    ],
)
def test_a_released_videos_files_cannot_be_replaced(
    author: Client, video: Video, shown: Any, change: dict[str, Any]
) -> None:
    form = video_form(**{"file": None, "captions": None, "says_all": None, **change})
    answer = author.post(f"/cms/snippets/training/video/edit/{video.pk}/", form)
    assert answer.status_code == 200
    (field,) = answer.context["form"].errors
    assert field == next(iter(change)).removesuffix("-clear")
    assert "published module" in answer.context["form"].errors[field][0]
    before = dict(video.digests)
    video.refresh_from_db()
    assert video.digests == before
    assert {f.field.name: f.sha256() for f in video.files()} == before


def test_past_the_form_a_released_videos_files_stay_as_well(video: Video, shown: Any) -> None:
    video.file = ContentFile(MP4 + b"more", "b.mp4")
    with pytest.raises(PermissionDenied), transaction.atomic():
        video.save()
    video.refresh_from_db()
    video.described = ""
    video.says_all = True
    with pytest.raises(PermissionDenied), transaction.atomic():
        video.save()
    with pytest.raises(PermissionDenied), transaction.atomic():
        Video.objects.all().delete()
    video.refresh_from_db()
    assert b"".join(video.file.pieces()) == MP4


def test_the_words_of_a_released_video_may_be_mended_and_the_release_stays(
    author: Client, video: Video, shown: Any
) -> None:
    page, release = shown
    form = video_form(file=None, captions=None, says_all=None, transcript="Mended words.")
    assert author.post(f"/cms/snippets/training/video/edit/{video.pk}/", form).status_code == 302
    release.refresh_from_db()
    assert "Mended" not in html_of(release)
    assert "Mended words." in html_of(publish(page))


def test_a_released_video_cannot_be_deleted_and_the_refusal_is_explained(
    author: Client, video: Video, shown: Any
) -> None:
    for address in (
        f"/cms/snippets/training/video/delete/{video.pk}/",
        f"/cms/bulk/training/video/delete/?id={video.pk}",
    ):
        answer = author.post(address, {"next": "/cms/snippets/training/video/"})
        assert answer.status_code == 302
        assert b"a published module shows it" in author.get(answer["Location"]).content
    assert Video.objects.filter(pk=video.pk).exists()


def test_a_video_that_no_release_plays_may_be_replaced_and_deleted(video: Video) -> None:
    assert media.releases_with(video) == []
    video.captions = ContentFile(VTT + b"\n", "b.vtt")
    video.save()
    assert video.digests["captions"] == video.captions.sha256()
    video.delete()


def test_a_file_costs_the_same_queries_whatever_the_number_of_releases(
    world: World, client: Client, video: Video
) -> None:
    client.force_login(world.member)
    page, _release = released(block("video", video.pk))
    counts = []
    for n in range(2):
        client.get(video.file.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(video.file.url).status_code == 200
        counts.append(len(queries))
        for more in range(3):
            page.summary = f"Said better {n} {more}."
            publish(page)
    assert page.releases.count() > 4
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_back_a_released_video(video: Video, shown: Any, tmp_path: Path) -> None:
    content = {file.field.name: file.sha256() for file in video.files()}
    backups.backup(tmp_path / "all")
    for file in video.files():
        file.storage.delete(str(file.name))
    backups.restore(tmp_path / "all")
    again = Video.objects.get(pk=video.pk)
    assert {file.field.name: file.sha256() for file in again.files()} == content == again.digests
    assert media.releases_with(again)
