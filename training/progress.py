"""What a learner does in a lesson."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from training import answers, completions, releases, scoring
from training.evaluation import Verdict
from training.models import Enrolment, ModuleRelease, ProgressEvent, QuizAttempt, Response
from training.outline import Lesson, Outline


class NoSuchLesson(Exception):
    """The release that the enrolment pins has no such lesson."""


class KeyTaken(Exception):
    """The key of this event belongs to another enrolment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `attempt` is the try at the lesson's check, None where it has none."""

    attempt: QuizAttempt | None
    verdict: Verdict

    @property
    def is_done(self) -> bool:
        return self.attempt is None or self.attempt.passed


@transaction.atomic
def record(
    enrolment: Enrolment,
    *,
    lesson_id: str,
    key: UUID,
    answers: answers.Chosen,
    at: datetime | None = None,
) -> Outcome:
    """Mark a lesson read, with the answers to its check where it has one.

    `key` comes from the client: the same key again changes nothing and gets the same outcome. The
    server scores. Raises NoSuchLesson, KeyTaken, or `answers.Incomplete` with nothing stored.
    """
    locked = lock(enrolment)
    release, outline = served(locked)
    if (seen := find(locked, key)) is not None:
        return Outcome(seen.attempt, completions.verdict_of(locked, outline))
    lesson = outline.lesson(lesson_id)
    if lesson is None:
        raise NoSuchLesson
    now = at or timezone.now()
    attempt = _check(locked, lesson, answers, now) if lesson.questions else None
    ProgressEvent.objects.create(
        key=key,
        enrolment=locked,
        kind=ProgressEvent.Kind.LESSON,
        lesson_id=lesson.id,
        attempt=attempt,
        at=now,
    )
    return Outcome(attempt, completions.settle(locked, release, outline, now))


def lock(enrolment: Enrolment) -> Enrolment:
    """Lock the enrolment's row (and no other) and read it anew."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("module", "person")
    return rows.get(pk=enrolment.pk)


def served(enrolment: Enrolment) -> tuple[ModuleRelease, Outline]:
    """Return what the learner is served: the newest edition of the number that is pinned."""
    release = releases.newest_edition(enrolment.module, enrolment.number)
    return release, Outline.from_json(release.outline)


def find(enrolment: Enrolment, key: UUID) -> ProgressEvent | None:
    """Return the event that a key has made already. KeyTaken when it is somebody else's."""
    event = ProgressEvent.objects.select_related("attempt").filter(key=key).first()
    if event is not None and event.enrolment_id != enrolment.pk:
        raise KeyTaken
    return event


def latest_check(enrolment: Enrolment, lesson_id: str) -> QuizAttempt | None:
    """Return the last try at a lesson's check; a passed one stays the one that is shown."""
    tries = enrolment.attempts.filter(kind=QuizAttempt.Kind.CHECK, lesson_id=lesson_id)
    return tries.order_by("-passed", "-closed_at", "-pk").first()


def close(attempt: QuizAttempt, chosen: answers.Chosen, at: datetime) -> QuizAttempt:
    """Score an open attempt and close it, with one row per question. The caller holds the lock."""
    versions = answers.load(attempt.question_ids)
    answers.validate(versions, chosen)
    rows = [
        Response(
            attempt=attempt,
            question=version,
            chosen=sorted(chosen[version.pk]),
            is_right=scoring.is_right(version, chosen[version.pk]),
            at=at,
        )
        for version in versions
    ]
    Response.objects.bulk_create(rows)
    right = sum(row.is_right for row in rows)
    attempt.score = right * 100 // len(rows)
    attempt.passed = attempt.score >= attempt.pass_mark
    attempt.closed_at = at
    attempt.save(update_fields=["score", "passed", "closed_at"])
    return attempt


def _check(
    enrolment: Enrolment, lesson: Lesson, chosen: answers.Chosen, at: datetime
) -> QuizAttempt:
    """A check has no start of its own: the attempt is made and closed in one."""
    answers.validate(answers.load(lesson.questions), chosen)
    attempt = QuizAttempt.objects.create(
        enrolment=enrolment,
        kind=QuizAttempt.Kind.CHECK,
        lesson_id=lesson.id,
        question_ids=list(lesson.questions),
        pass_mark=100,
        started_at=at,
    )
    return close(attempt, chosen, at)
