"""What training keeps of a module's texts: releases, questions, answers, suggestions, papers.

A release is immutable (docs/adr/0001) but for this: its words go in place, with its digest made
anew, so that whoever is pinned to it reads on, and the same text published again is the same
release (docs/adr/0015).
"""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import insert_only, outbox
from portal.core.redaction import registry, shapes
from portal.core.redaction.shapes import Change, Fields
from training import releases
from training.blocks import LessonsBlock
from training.models import (
    Certificate,
    EditSuggestion,
    EvaluationAnswer,
    EvaluationHeld,
    LiveSession,
    ModulePage,
    ModuleRelease,
    OutreachTalk,
    ProtocolSignOff,
    ProtocolVersion,
    QuestionVersion,
    ReleaseUpdate,
    Response,
)

_rest = shapes.tree(kept=frozenset({"id", "questions", "quiz", "media", "linked", "review_by"}))
_lessons = shapes.stream(LessonsBlock())


def _outline(value: Any, change: Change) -> Any:
    """The JSON of `training.outline`: the manuscript of each lesson by its blocks."""
    lessons = [
        {
            **_rest({k: v for k, v in lesson.items() if k != "source"}, change),
            "source": _lessons(lesson["source"], change),
        }
        for lesson in value["lessons"]
    ]
    rest = _rest({k: v for k, v in value.items() if k != "lessons"}, change)
    # In the order it was, which the digest does not need and a reader likes.
    return {name: lessons if name == "lessons" else rest[name] for name in value}


def _of_module(page: ModulePage) -> Iterator[Model]:
    made = ModuleRelease.objects.filter(Q(page=page) | Q(code=page.code))
    yield from made
    yield from ReleaseUpdate.objects.filter(release__in=made)
    versions = {pk for release in made for pk in _questions(release.outline)}
    yield from QuestionVersion.objects.filter(pk__in=versions)
    typed = Response.objects.filter(question__in=versions)
    yield from typed.filter(question__kind=QuestionVersion.Kind.SHORT)
    yield from EditSuggestion.objects.filter(module=page)
    yield from EvaluationAnswer.objects.filter(module=page)
    yield from EvaluationHeld.objects.filter(module=page)
    yield from Certificate.objects.filter(completion__module=page)
    yield from LiveSession.objects.filter(module=page)


def _questions(outline: dict[str, Any]) -> set[int]:
    return {*outline["quiz"], *(pk for lesson in outline["lessons"] for pk in lesson["questions"])}


def _seal_release(row: ModuleRelease) -> None:
    fresh = ModuleRelease.objects.get(pk=row.pk)
    sha256 = releases.digest({"title": fresh.title, "slug": fresh.slug, **fresh.outline})
    with insert_only.lifted(labels=["training.ModuleRelease"]):
        ModuleRelease.objects.filter(pk=row.pk).update(sha256=sha256)


def _seal_question(row: QuestionVersion) -> None:
    fresh = QuestionVersion.objects.get(pk=row.pk)
    said: dict[str, Any] = {name: getattr(fresh, name) for name in ("kind", "prompt", "options")}
    sha256 = releases.digest({**said, "hint": fresh.hint} if fresh.hint else said)
    others = QuestionVersion.objects.filter(question_id=fresh.question_id, sha256=sha256)
    if others.exclude(pk=row.pk).exists():
        # Two wordings that differed by the words alone; each stays, since answers point at it.
        sha256 = releases.digest({**said, "was": row.pk})
    with insert_only.lifted(labels=["training.QuestionVersion"]):
        QuestionVersion.objects.filter(pk=row.pk).update(sha256=sha256)


def _set_anew(row: Certificate) -> None:
    """The paper is made anew by the worker; the code stays."""
    Certificate.objects.filter(pk=row.pk).update(pdf_sha256="")
    default_storage.delete(row.file_name)
    outbox.add(
        "training.paper",
        str(row.pk),
        bucket=f"{timezone.now():%Y%m%d%H%M%S%f}",
        payload={"certificate": row.pk},
    )


def _plain(*names: str) -> Fields:
    return dict.fromkeys(names, shapes.plain)


def register() -> None:
    options = shapes.tree(kept=frozenset({"id", "correct"}))
    registry.texts(
        ModuleRelease,
        _("a published version"),
        {"title": shapes.plain, "slug": shapes.address, "outline": _outline},
    )
    registry.texts(ReleaseUpdate, _("what changed"), _plain("text"))
    registry.texts(
        QuestionVersion, _("a question"), {**_plain("prompt", "hint"), "options": options}
    )
    registry.texts(Response, _("a typed answer"), {"chosen": shapes.tree()})
    registry.texts(EditSuggestion, _("a suggested edit"), _plain("text", "answer"))
    registry.texts(EvaluationAnswer, _("an evaluation"), _plain("text"))
    registry.texts(EvaluationHeld, _("an evaluation"), {"answers": shapes.tree()})
    certificate = shapes.tree(kept=frozenset({"name", "code"}))
    registry.texts(Certificate, _("a certificate"), {"content": certificate})
    registry.texts(LiveSession, _("a live session"), _plain("title", "summary", "place"))
    registry.texts(OutreachTalk, _("a talk"), _plain("title"))
    registry.texts(ProtocolVersion, _("a protocol"), _plain("version", "changes"))
    registry.texts(ProtocolSignOff, _("a sign-off"), _plain("agency"))
    registry.leads(ModulePage, _of_module)
    registry.after(ModuleRelease, _seal_release)
    registry.after(QuestionVersion, _seal_question)
    registry.after(Certificate, _set_anew)
