"""What the newer blocks put into a release: whole, frozen, and without a script."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject
from wagtail.documents.models import Document

from tests.training.factories import publish, text_block
from tests.training.material_factories import (
    CHOICES,
    WEBM,
    block,
    choice_block,
    glossary_block,
    html_of,
    listed,
    make_term,
    make_video,
    module_with,
    released,
)
from tests.world import World
from training import concerns, minutes
from training.blocks import LessonBodyBlock
from training.forms import _text
from training.manuscript import sha256_of
from training.models import GlossaryTerm, Video
from training.tagged_pdf import LARGEST, is_tagged

pytestmark = pytest.mark.django_db


def body(*blocks: dict[str, Any]) -> Any:
    return LessonBodyBlock().to_python(list(blocks))


@pytest.fixture
def video() -> Iterator[Video]:
    item = make_video()
    yield item
    for file in item.files():
        file.storage.delete(str(file.name))


def test_a_released_video_carries_its_captions_and_its_transcript(video: Video) -> None:
    _page, release = released(block("video", video.pk))
    html = html_of(release)
    assert re.search(r'<video controls preload="metadata"[^>]*>', html)
    assert f'<source src="/training/videos/{video.pk}/video.mp4" type="video/mp4">' in html
    assert re.search(
        rf'<track kind="captions" src="/training/videos/{video.pk}/captions.vtt" srclang="en"'
        r"[^>]* default>",
        html,
    )
    assert "Read the transcript" in html
    assert "<p>Welcome to the harbor.</p>" in html
    assert "All that is shown in this video is also said." in html
    assert "autoplay" not in html
    assert "<script" not in html
    assert "download" not in html


def test_a_described_version_stands_beside_its_video(video: Video) -> None:
    video.described, video.says_all = ContentFile(WEBM, "d.webm"), False
    video.save()
    html = str(body(block("video", video.pk)).render_as_block())
    assert "Watch the described version" in html
    assert f'src="/training/videos/{video.pk}/described.webm" type="video/webm"' in html
    assert html.count("<track") == 2
    assert "also said" not in html


def test_a_video_counts_its_length_once_and_not_its_transcript(video: Video) -> None:
    words = text_block(f"<p>{'word ' * 180}</p>", "w")
    before = minutes.of_text(body(words))
    video.transcript = "word " * 2000
    video.title = "One two three"
    video.save()
    assert minutes.of_text(body(words, block("video", video.pk))) == pytest.approx(
        before + 3 + 3 / 180
    )


def test_a_video_that_is_gone_leaves_nothing_behind(video: Video) -> None:
    stream = body(block("video", video.pk + 1))
    assert "<video" not in str(stream.render_as_block())
    assert minutes.of_text(stream) == 0


def test_the_screen_of_the_page_reads_every_word_that_an_author_types(video: Video) -> None:
    term = make_term("Quay", "Where it lands.")
    download = {"document": None, "title": "A paper", "about": "One line"}
    said = _text(
        body(
            choice_block(),
            block("video", video.pk),
            block("download", download),
            glossary_block(term),
        )
    )
    for words in (
        "At the desk",
        "A call comes.",
        *(words for choice in CHOICES for words in choice.values()),
        video.title,
        "A paper",
        "One line",
        "Quay",
    ):
        assert words in said


def test_choices_are_there_to_read_and_nothing_is_sent() -> None:
    _page, release = released(choice_block())
    html = html_of(release)
    assert "A fictional example" in html
    assert html.count("<details>") == len(CHOICES)
    for choice in CHOICES:
        assert f"<summary>{choice['text']}</summary>" in html
        assert f"<p>{choice['outcome']}</p>" in html
        assert f"<p>{choice['teaches']}</p>" in html
    for sends in ("<form", "<input", "<button", "<a ", " name=", "hx-", "<script", "data-"):
        assert sends not in html.partition("block-choices")[2]
    levels = [int(n) for n in re.findall(r"<h(\d)", html.partition("block-choices")[2])]
    assert levels == [2, 3, *[4, 4] * len(CHOICES)]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_vignette_has_two_to_four_choices(count: int) -> None:
    choices = [CHOICES[0]] * count
    stream = body(choice_block(choices))
    with pytest.raises(ValidationError):
        stream.stream_block.clean(stream)
    sound = body(choice_block())
    assert sound.stream_block.clean(sound)


def test_words_are_frozen_with_the_release_and_follow_at_the_next_one() -> None:
    term = make_term("Harbor", "A place where boats rest.")
    page, release = released(glossary_block(term))
    assert "Words used here" in html_of(release)
    assert "<dt>Harbor</dt><dd>A place where boats rest.</dd>" in html_of(release)
    term.definition = "Another meaning."
    term.save()
    release.refresh_from_db()
    assert "A place where boats rest." in html_of(release)
    newer = publish(page)
    assert (newer.number, newer.edition) == (1, 2)
    assert "Another meaning." in html_of(newer)


def test_words_are_read_and_so_they_count_as_minutes() -> None:
    term = make_term("Harbor", "word " * 179)
    assert minutes.of_text(body(glossary_block(term))) == pytest.approx(1)


def test_a_word_that_is_gone_leaves_the_others() -> None:
    stream = body(
        block("glossary", {"terms": listed([make_term().pk, 987654321])}),
    )
    assert str(stream.render_as_block()).count("<dt>") == 1


def test_a_glossary_panel_needs_a_word() -> None:
    stream = body(glossary_block())
    with pytest.raises(ValidationError):
        stream.stream_block.clean(stream)
    GlossaryTerm.objects.all().delete()


def pdf(*, tagged: bool) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    if tagged:
        root = writer._root_object
        root[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )
        root[NameObject("/StructTreeRoot")] = DictionaryObject()
    writer.write(out)
    return out.getvalue()


def paper(content: bytes, name: str = "card.pdf") -> Document:
    item: Document = Document.objects.create(title="Card", file=ContentFile(content, name))
    return item


def download(document: Document) -> dict[str, Any]:
    value = {"document": document.pk, "title": "A card", "about": "Ten terms on one side"}
    return block("download", value)


def test_a_download_says_what_it_is_and_leads_to_the_checked_address(world: World) -> None:
    document = paper(pdf(tagged=True))
    page, release = released(download(document))
    html = html_of(release)
    size = f"{document.get_file_size()}\N{NO-BREAK SPACE}bytes"
    assert f'<a href="{document.url}">A card (PDF, {size})</a>' in html
    assert "Ten terms on one side" in html
    assert release.outline["media"] == [sha256_of(document.file)]
    client = Client()
    assert client.get(document.url).status_code == 404
    client.force_login(world.member)
    assert client.get(document.url).status_code == 200
    assert list(concerns.of_lesson(page.lessons[0].value)) == []
    document.file.delete(save=False)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (pdf(tagged=True), "a.pdf", 0),
        (pdf(tagged=False), "a.pdf", 1),
        (b"%PDF-1.7 and nothing else", "a.pdf", 1),
        (b"", "a.pdf", 1),
        (b"Ten terms.", "a.txt", 0),
    ],
)
def test_the_author_is_told_of_a_pdf_that_is_not_tagged(
    content: bytes, name: str, told: int
) -> None:
    document = paper(content, name)
    page = module_with(download(document))
    said = list(concerns.of_lesson(page.lessons[0].value))
    assert len(said) == told
    assert all("not tagged" in words for words in said)
    document.file.delete(save=False)


def test_a_pdf_whose_file_is_gone_or_too_large_is_not_opened() -> None:
    document = paper(pdf(tagged=True))
    assert is_tagged(document)
    document.file.storage.delete(document.file.name)
    assert not is_tagged(Document.objects.get(pk=document.pk))
    large = paper(pdf(tagged=True))
    with large.file.storage.open(large.file.name, "ab") as stream:
        stream.truncate(LARGEST + 1)
    assert not is_tagged(Document.objects.get(pk=large.pk))
    large.file.storage.delete(large.file.name)
