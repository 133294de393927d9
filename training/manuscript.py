"""Reading the manuscript: from a page's StreamFields to an outline."""

import hashlib
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from training import minutes as honest
from training import scoring
from training.models import ModulePage, QuestionVersion, Video
from training.outline import Lesson, Outline


def outline(page: ModulePage) -> Outline:
    """Build the outline of a saved page; the versions of its questions are made where needed."""
    return Outline(
        summary=page.summary,
        objectives=tuple(str(child.value) for child in page.objectives),
        topics=tuple(sorted(page.topics.values_list("name", flat=True))),
        sensitivity=page.sensitivity,
        sensitivity_note=page.sensitivity_note,
        sources=tuple((s.value["label"], s.value["url"]) for s in page.sources),
        review_by=page.review_by.isoformat() if page.review_by else "",
        lessons=tuple(_lesson(child) for child in page.lessons),
        quiz=tuple(_version(child.id, child.value) for child in page.quiz),
        pass_mark=page.pass_mark,
        media=tuple(sorted(_media(page))),
        draw=page.quiz_draw or 0,
        linked=tuple(str(child.id) for child in page.quiz if child.value.get("linked")),
    )


def minutes(outline: Outline) -> int:
    """Return clock minutes of the whole: the lessons and the quiz."""
    return sum(x.minutes for x in outline.lessons) + honest.of_questions(outline.asked)


def draft_lessons(page: ModulePage) -> list[dict[str, Any]]:
    """Return the lessons of a draft, rendered, with their questions; nothing is stored."""
    return [
        {
            "title": child.value["title"],
            "content_note": child.value["content_note"],
            "sensitivity": int(child.value["sensitivity"]),
            "minutes": honest.of_lesson(child.value),
            "html": _html(child.value["body"]),
            "alternative_html": _html(child.value["alternative"]),
            "checks": list(child.value["checks"]),
        }
        for child in page.lessons
    ]


def _lesson(child: Any) -> Lesson:
    value = child.value
    checks = value["checks"].bound_blocks
    return Lesson(
        id=child.id,
        title=value["title"],
        minutes=honest.of_lesson(value),
        sensitivity=int(value["sensitivity"]),
        content_note=value["content_note"] or "",
        html=_html(value["body"]),
        alternative_html=_html(value["alternative"]),
        questions=tuple(_version(check.id, check.value) for check in checks),
        source=[child.get_prep_value()],
    )


def _html(stream: Any) -> str:
    return str(stream.render_as_block()).strip() if stream else ""


def wording(value: Any) -> dict[str, Any]:
    """Return a question as its versions keep it."""
    kind = value["kind"]
    options = [_option(kind, option) for option in value["options"].bound_blocks]
    said = {"kind": kind, "prompt": value["prompt"], "options": options}
    return {**said, "hint": value["hint"]} if value.get("hint") else said


def _version(question_id: str, value: Any) -> int:
    """Return the id of this wording of a question; it is made when the wording is new."""
    from training.releases import digest

    said = wording(value)
    row, _made = QuestionVersion.objects.get_or_create(
        question_id=question_id, sha256=digest(said), defaults=said
    )
    return row.pk


def _option(kind: str, option: Any) -> dict[str, Any]:
    """Return one option; marks that have no meaning for the kind are not taken along."""
    value = option.value
    plain = {
        "id": option.id,
        "text": value["text"],
        "correct": bool(value["correct"]) and kind not in scoring.UNMARKED,
        "feedback": value["feedback"],
    }
    return {**plain, "match": value["match"]} if kind == scoring.MATCHING else plain


def hold_videos(page: ModulePage) -> None:
    """Lock the videos that the lessons play, so that none is replaced while a release is made."""
    keys = [pk for model, pk in _used(page) if model is Video]
    list(Video.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def digests_of(item: Any) -> set[str]:
    """Return the sha256 of each file of an image, a document or a video."""
    return set(item.digests.values()) if isinstance(item, Video) else {sha256_of(item.file)}


def _used(page: ModulePage) -> set[tuple[Any, Any]]:
    field = page.lessons.stream_block
    return {(model, pk) for model, pk, *_path in field.extract_references(page.lessons)}


def _media(page: ModulePage) -> set[str]:
    """Return the sha256 of every file that the lessons show, play or lead to."""
    stored = {get_image_model(), get_document_model(), Video}
    used = [(model, pk) for model, pk in _used(page) if model in stored]
    items = [model.objects.filter(pk=pk).first() for model, pk in used]
    return set().union(*(digests_of(item) for item in items if item is not None))


def sha256_of(file: Any) -> str:
    """Return the sha256 of a stored file; of nothing when the file is gone."""
    digest = hashlib.sha256()
    try:
        with file.storage.open(file.name) as stream:
            for chunk in stream.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
