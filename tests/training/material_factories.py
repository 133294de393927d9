"""Tiny files with the right beginnings, and videos, words and blocks made of them."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.training.factories import draft_module, lesson, publish, uid
from training.models import GlossaryTerm, ModulePage, ModuleRelease, Video

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41\x00\x00\x00\x08free" + b"v" * 200
WEBM = (
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    b"B\x87\x81\x02B\x85\x81\x02\x18S\x80g" + b"w" * 200
)
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")
VTT = (
    b"WEBVTT\n\n00:00:00.500 --> 00:00:03.000\nWelcome to the harbor.\n\n"
    b"00:04.000 --> 00:06.000\nA door closes.\n"
)


def make_video(title: str = "A walk through a center", **fields: Any) -> Video:
    defaults: dict[str, Any] = {
        "file": ContentFile(MP4, "any name.mp4"),
        "captions": ContentFile(VTT, "any name.vtt"),
        "transcript": "Welcome to the harbor.\n\nA door closes.",
        "says_all": True,
        "length_minutes": 2,
        "length_seconds": 5,
    }
    return Video.objects.create(title=title, **{**defaults, **fields})


def make_term(term: str = "Harbor", definition: str = "A place where boats rest.") -> GlossaryTerm:
    return GlossaryTerm.objects.create(term=term, definition=definition)


def video_form(**changes: Any) -> dict[str, Any]:
    """What the admin posts for a new video; a value of None is left out."""
    data = {
        "title": "A walk through a center",
        "file": SimpleUploadedFile("walk.mp4", MP4),
        "length_minutes": "2",
        "length_seconds": "5",
        "lang": "en",
        "captions": SimpleUploadedFile("walk.vtt", VTT),
        "transcript": "Welcome to the harbor.",
        "says_all": "on",
    }
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def block(kind: str, value: Any, *key: object) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": uid(kind, *key)}


def listed(values: list[Any], *key: object) -> list[dict[str, Any]]:
    return [{"type": "item", "value": v, "id": uid("item", *key, n)} for n, v in enumerate(values)]


def glossary_block(*terms: GlossaryTerm) -> dict[str, Any]:
    return block("glossary", {"terms": listed([term.pk for term in terms])})


CHOICES = [
    {"text": f"Way {n}", "outcome": f"Then comes {n}.", "teaches": f"It teaches {n}."}
    for n in range(1, 4)
]


def choice_block(choices: list[dict[str, str]] = CHOICES) -> dict[str, Any]:
    value = {"title": "At the desk", "situation": "<p>A call comes.</p>"}
    return block("choice_vignette", {**value, "choices": listed(choices)})


def module_with(*blocks: dict[str, Any], code: str = "T01", **fields: Any) -> ModulePage:
    """A draft of one lesson whose text is its usual one and these blocks."""
    content = lesson(code, 1)
    content["value"]["body"] += blocks
    page = draft_module(code, 1, **fields)
    page.lessons = [content]
    page.save()
    return page


def released(*blocks: dict[str, Any], **fields: Any) -> tuple[ModulePage, ModuleRelease]:
    page = module_with(*blocks, **fields)
    return page, publish(page)


def html_of(release: ModuleRelease) -> str:
    html: str = release.outline["lessons"][0]["html"]
    return html
