"""What a learner does in a lesson."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from portal.core.prepared import prepared
from portal.core.together import Insert
from training import answers, completions, doing, locking, scoring
from training.evaluation import Verdict
from training.models import Enrolment, ModuleRelease, ProgressEvent, QuizAttempt, Response
from training.outline import Lesson, Outline
from training.served import outline_of, pinned, release_of


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
    return record_locked(lock(enrolment), lesson_id=lesson_id, key=key, answers=answers, at=at)


def record_locked(
    locked: Enrolment,
    *,
    lesson_id: str,
    key: UUID,
    answers: answers.Chosen,
    at: datetime | None = None,
) -> Outcome:
    """Do the same for a row that the caller has locked in this transaction."""
    release, outline = served(locked)
    done = doing.read(locked, key=key)
    if done.is_seen and (seen := find(locked, key)) is not None:
        return Outcome(seen.attempt, completions.verdict_of(locked, outline))
    lesson = outline.lesson(lesson_id)
    if lesson is None:
        raise NoSuchLesson
    now = at or timezone.now()
    attempt, rows = _check(locked, lesson, answers, now) if lesson.questions else (None, [])
    event = ProgressEvent(
        key=key,
        enrolment=locked,
        kind=ProgressEvent.Kind.LESSON,
        lesson_id=lesson.id,
        attempt=attempt,
        at=now,
    )
    facts = done.facts.with_lesson(lesson.id, passed=attempt is not None and attempt.passed)
    known = completions.Known(release, outline, facts, done.noted)
    return Outcome(attempt, completions.settle(locked, known, now, Insert(rows), Insert([event])))


def lock(enrolment: Enrolment) -> Enrolment:
    """Lock the enrolment's row (and no other) and read it anew, with what it is served."""
    for row in _locked(enrolment.pk, enrolment.person_id, timezone.localdate()):
        return row
    raise Enrolment.DoesNotExist


@prepared
def _locked(enrolment_id: int, person_id: int, today: date) -> QuerySet[Enrolment]:
    rows = pinned(Enrolment.objects.filter(pk=enrolment_id)).select_related("person")
    return locking.locked(rows, person_id, today)


def served(enrolment: Enrolment) -> tuple[ModuleRelease, Outline]:
    """Return what the learner is served: the newest edition of the number that is pinned."""
    row = enrolment
    if not hasattr(row, "newest"):
        row = pinned(Enrolment.objects.filter(pk=enrolment.pk)).get()
    release = release_of(row)
    return release, outline_of(release)


def find(enrolment: Enrolment, key: UUID) -> ProgressEvent | None:
    """Return the event that a key has made already. KeyTaken when it is somebody else's."""
    event = ProgressEvent.objects.select_related("attempt").filter(key=key).first()
    if event is not None and event.enrolment_id != enrolment.pk:
        raise KeyTaken
    return event


def latest_check(
    enrolment: Enrolment, lesson_id: str, *, is_passed: bool = False
) -> tuple[QuizAttempt, list[Response]] | None:
    """Return the last try at a lesson's check, with the answers and their questions; a passed one
    stays the one that is shown. One query, but for a try without answers that was passed.
    """
    rows = _latest_answers(enrolment.pk, lesson_id)
    if rows:
        return rows[0].attempt, rows
    attempt = _checks(enrolment.pk, lesson_id).first() if is_passed else None
    return (attempt, []) if attempt is not None else None


@prepared
def _latest_answers(enrolment_id: int, lesson_id: str) -> QuerySet[Response]:
    latest = _checks(enrolment_id, lesson_id).values("pk")[:1]
    answered = Response.objects.filter(attempt=Subquery(latest))
    return answered.select_related("attempt", "question")


def _checks(enrolment_id: int, lesson_id: str) -> QuerySet[QuizAttempt]:
    """Return the tries at a lesson's check, the one that is shown first."""
    tries = QuizAttempt.objects.filter(enrolment=enrolment_id, kind=QuizAttempt.Kind.CHECK)
    return tries.filter(lesson_id=lesson_id).order_by("-passed", "-closed_at", "-pk")


def close(attempt: QuizAttempt, chosen: answers.Chosen, at: datetime) -> list[Response]:
    """Score an attempt and close it; return its rows, one per question, for the caller to write
    once the attempt is saved. The caller holds the lock.
    """
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
    attempt.score = sum(row.is_right for row in rows) * 100 // len(rows)
    attempt.passed = attempt.score >= attempt.pass_mark
    attempt.closed_at = at
    return rows


def _check(
    enrolment: Enrolment, lesson: Lesson, chosen: answers.Chosen, at: datetime
) -> tuple[QuizAttempt, list[Response]]:
    """A check has no start of its own: the attempt is made and closed in one."""
    attempt = QuizAttempt(
        enrolment=enrolment,
        kind=QuizAttempt.Kind.CHECK,
        lesson_id=lesson.id,
        question_ids=list(lesson.questions),
        pass_mark=100,
        started_at=at,
    )
    rows = close(attempt, chosen, at)
    attempt.save(force_insert=True)
    return attempt, [_of(attempt, row) for row in rows]


def _of(attempt: QuizAttempt, row: Response) -> Response:
    row.attempt = attempt  # it has its id now
    return row
