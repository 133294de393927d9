"""Making releases: the one way from the manuscript to what learners are served.

A release's number rises with a substantive change, its edition with an editorial one. Whatever the
author says, a change of the lessons or their order, of the questions, their right answers or the
pass mark is substantive: those are the rules somebody under way was promised.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from training import manuscript, scoring
from training.models import ModulePage, ModuleRelease, QuestionVersion, ReleaseUpdate, SignOff
from training.outline import Outline


def current(page: ModulePage) -> ModuleRelease | None:
    """Return what somebody who starts now is given; None while the module is in preparation."""
    if page.is_in_preparation:
        return None
    return ModuleRelease.objects.filter(page=page).newest_first().first()


def newest_edition(page: ModulePage, number: int) -> ModuleRelease:
    """Return what somebody pinned to a number is served. ModuleRelease.DoesNotExist if never."""
    release = ModuleRelease.objects.filter(page=page, number=number).newest_first().first()
    if release is None:
        raise ModuleRelease.DoesNotExist
    return release


def review_state(release: ModuleRelease) -> Literal["draft", "reviewed"]:
    """Say whether staff, legal and survivor review are all signed for the release's number."""
    return "draft" if missing_reviews(release) else "reviewed"


def missing_reviews(release: ModuleRelease) -> list[str]:
    """Return the names of the reviews that nobody has signed yet."""
    rows = SignOff.objects.filter(page=release.page_id, number=release.number)
    signed = set(rows.values_list("kind", flat=True))
    return [str(kind.label) for kind in SignOff.Kind if kind.value not in signed]


def is_signed_off(page: ModulePage, number: int) -> bool:
    rows = SignOff.objects.filter(page=page, number=number)
    return set(rows.values_list("kind", flat=True)) == set(SignOff.Kind.values)


@transaction.atomic
def sign_off(page: ModulePage, *, kinds: Iterable[str], by: User) -> None:
    """Sign the newest release number of a page; a kind that is signed already stays as it was."""
    release = current(page)
    if release is None:
        return
    for kind in sorted(set(kinds) & set(SignOff.Kind.values)):
        _row, made = SignOff.objects.get_or_create(
            page=page, number=release.number, kind=kind, defaults={"signed_by": by}
        )
        if made:
            events.record("training.signed_off", actor=by, subject=page, number=release.number)


@transaction.atomic
def release(
    page: ModulePage, *, substantive: bool, by: User | None, at: datetime | None = None
) -> ModuleRelease:
    """Make a release of the page as it stands in the database, or return the newest if the same.

    `at` is UTC and defaults to now; only loaders give it. ValueError while it is in preparation.
    """
    # Read anew and locked: block ids are given when a page is saved, and two publications at a
    # time would count to the same number.
    page = ModulePage.objects.select_for_update().get(pk=page.pk)
    if page.is_in_preparation:
        raise ValueError(f"{page.code} is in preparation")
    manuscript.hold_videos(page)
    outline = manuscript.outline(page)
    sha256 = digest({"title": page.title, "slug": page.slug, **outline.to_json()})
    # A code's history outlives its page, so numbers are counted over both.
    history = ModuleRelease.objects.filter(Q(page=page) | Q(code=page.code))
    previous = history.newest_first().first()
    if previous and previous.page_id == page.pk and previous.sha256 == sha256:
        return previous
    number, edition = _next(previous, outline, substantive=substantive)
    made = ModuleRelease.objects.create(
        page=page,
        code=page.code,
        slug=page.slug,
        number=number,
        edition=edition,
        title=page.title,
        minutes=manuscript.minutes(outline),
        outline=outline.to_json(),
        sha256=sha256,
        released_at=at or timezone.now(),
        released_by=by,
    )
    events.record(
        "training.released", actor=by, subject=page, at=at, number=number, edition=edition
    )
    if number > 1 and edition == 1 and page.offers_update and page.what_changed:
        ReleaseUpdate.objects.create(release=made, text=page.what_changed)
    return made


def follow_publication(page_id: int, *, revision_id: int, by: User | None) -> None:
    """Release what was just published; a publication that waits for its day releases nothing."""
    page = ModulePage.objects.get(pk=page_id)
    if page.live and page.live_revision_id == revision_id and not page.is_in_preparation:
        substantive = page.change_kind == ModulePage.ChangeKind.SUBSTANTIVE
        release(page, substantive=substantive, by=by)


def draft(page: ModulePage) -> dict[str, Any]:
    """Return what a preview shows: the page's lessons as they would be released, nothing stored."""
    return {"module": page, "lessons": manuscript.draft_lessons(page), "minutes": page.minutes}


def digest(data: dict[str, Any]) -> str:
    """Return the sha256 of canonical JSON."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _next(
    previous: ModuleRelease | None, outline: Outline, *, substantive: bool
) -> tuple[int, int]:
    if previous is None:
        return 1, 1
    before = Outline.from_json(previous.outline)
    if substantive or _rules(before) != _rules(outline):
        return previous.number + 1, 1
    return previous.number, previous.edition + 1


def _rules(outline: Outline) -> tuple[Any, ...]:
    """Return what is promised to somebody under way: lessons in order, questions, pass mark."""
    ids = {*outline.quiz, *(q for lesson in outline.lessons for q in lesson.questions)}
    questions = QuestionVersion.objects.in_bulk(ids)
    return (
        tuple((x.id, frozenset(_key(questions[q]) for q in x.questions)) for x in outline.lessons),
        frozenset(_key(questions[q]) for q in outline.quiz),
        outline.pass_mark,
        outline.draw,
    )


def _key(question: QuestionVersion) -> tuple[Any, ...]:
    return question.question_id, question.kind, scoring.promised(question)
