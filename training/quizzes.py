"""The questions of a module: its quiz, and the linked ones before it and months later.

Unlimited, untimed tries at the quiz that only the learner sees; one try before and one later,
since they measure; and practice, as often as one likes, of what was missed later.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from portal.core.together import Insert
from training import answers, completions, doing, progress
from training.models import Enrolment, FollowUp, ProgressEvent, QuizAttempt
from training.outline import Outline
from training.posted import chosen_in

Kind = QuizAttempt.Kind
ONCE = {Kind.BEFORE, Kind.LATER}


class NoQuiz(Exception):
    """There is nothing of this kind to ask."""


class NotStarted(Exception):
    """There is no attempt to hand in."""


@transaction.atomic
def start(
    enrolment: Enrolment, kind: str = Kind.QUIZ, *, at: datetime | None = None
) -> QuizAttempt:
    """Open a try with its questions, their order and its pass mark frozen, or return the open one.

    The order of the options follows from the attempt's id (`answers.shuffled`). What is asked
    once and was handed in is returned as it is. NoQuiz when there is nothing to ask, or not now.
    """
    return start_locked(progress.lock(enrolment), kind, at=at)


def start_locked(locked: Enrolment, kind: str, *, at: datetime | None = None) -> QuizAttempt:
    """Do the same for a row that the caller has locked in this transaction."""
    if (standing := _standing(locked, kind)) is not None:
        return standing
    _release, outline = progress.served(locked)
    questions = asked(locked, kind, outline)
    if not questions:
        raise NoQuiz
    return QuizAttempt.objects.create(
        enrolment=locked,
        kind=kind,
        question_ids=questions,
        pass_mark=_pass_mark(kind, outline),
        started_at=at or timezone.now(),
    )


@transaction.atomic
def submit(
    enrolment: Enrolment,
    kind: str = Kind.QUIZ,
    *,
    key: UUID,
    chosen: answers.Chosen,
    at: datetime | None = None,
) -> QuizAttempt:
    """Hand in the open attempt: the server scores it, closes it and decides.

    The same key again changes nothing and returns the same attempt. Raises NotStarted,
    `progress.KeyTaken`, or `answers.Incomplete` with nothing stored.
    """
    return submit_locked(progress.lock(enrolment), kind, key=key, chosen=chosen, at=at)


def submit_locked(
    locked: Enrolment,
    kind: str,
    *,
    key: UUID,
    chosen: answers.Chosen | QueryDict,
    at: datetime | None = None,
) -> QuizAttempt:
    """Do the same for a row that the caller has locked in this transaction; what was chosen may
    come as it was posted.
    """
    done = doing.read(locked, key=key, kind=kind)
    seen = progress.find(locked, key) if done.is_seen else None
    if seen is not None and seen.attempt is not None:
        return seen.attempt
    attempt = done.open
    if attempt is None:
        raise NotStarted
    now = at or timezone.now()
    if isinstance(chosen, QueryDict):
        chosen = chosen_in(chosen, attempt.question_ids)
    rows = progress.close(attempt, chosen, now)
    attempt.save(update_fields=["score", "passed", "closed_at"])
    event = ProgressEvent(key=key, enrolment=locked, kind=kind, attempt=attempt, at=now)
    facts = done.facts.with_quiz(attempt.score or 0) if kind == Kind.QUIZ else done.facts
    known = completions.Known(*progress.served(locked), facts, done.noted)
    completions.settle(locked, known, now, Insert(rows), Insert([event]))
    return attempt


def asked(enrolment: Enrolment, kind: str, outline: Outline) -> list[int]:
    """Return the questions of a new try, shuffled; none where they cannot be asked now."""
    if kind == Kind.QUIZ:
        return _drawn(outline)
    if kind == Kind.BEFORE:
        return _shuffled(linked(outline)) if is_untouched(enrolment) else []
    if kind == Kind.LATER:
        is_due = FollowUp.objects.open().filter(enrolment=enrolment).exists()
        return _shuffled(linked(outline)) if is_due else []
    return _shuffled(missed(enrolment, outline))


def linked(outline: Outline) -> list[int]:
    """Return the question versions that are asked before and later too, in the author's order."""
    if not outline.linked:
        return []
    return [v.pk for v in answers.load(outline.quiz) if v.question_id in outline.linked]


def missed(enrolment: Enrolment, outline: Outline) -> list[int]:
    """Return what was not right months later and has not been since, in the wording of today."""
    later = latest(enrolment, Kind.LATER)
    if later is None:
        return []
    tries = enrolment.attempts.filter(kind__in=[Kind.LATER, Kind.AGAIN], closed_at__isnull=False)
    right = tries.filter(responses__is_right=True)
    known = set(right.values_list("responses__question__question_id", flat=True))
    asked = {v.question_id for v in answers.load(later.question_ids)}
    open_ = asked - known
    return [v.pk for v in answers.load(outline.quiz) if v.question_id in open_]


def is_untouched(enrolment: Enrolment) -> bool:
    """Say whether nothing was read or answered yet: only then does a question say what was known
    before.
    """
    touched = ProgressEvent.objects.filter(enrolment=enrolment).exclude(kind=Kind.BEFORE)
    return not touched.exists() and enrolment.completed_at is None


def open_attempt(enrolment: Enrolment, kind: str = Kind.QUIZ) -> QuizAttempt | None:
    return enrolment.attempts.filter(kind=kind, closed_at__isnull=True).first()


def latest(enrolment: Enrolment, kind: str = Kind.QUIZ) -> QuizAttempt | None:
    """Return the last try that was handed in; a passed quiz stays the one that is shown."""
    closed = enrolment.attempts.filter(kind=kind, closed_at__isnull=False)
    first = ("-passed",) if kind == Kind.QUIZ else ()
    return closed.order_by(*first, "-closed_at", "-pk").first()


def _standing(enrolment: Enrolment, kind: str) -> QuizAttempt | None:
    standing = open_attempt(enrolment, kind)
    if standing is None and kind in ONCE:
        standing = latest(enrolment, kind)
    return standing


def _pass_mark(kind: str, outline: Outline) -> int:
    """Practice is passed when all is right; before and later nothing is passed or failed."""
    return {Kind.QUIZ.value: outline.pass_mark, Kind.AGAIN.value: 100}.get(kind, 0)


def _drawn(outline: Outline) -> list[int]:
    """Draw what a try takes: the linked ones always, the rest by chance."""
    if outline.asked == len(outline.quiz):
        return _shuffled(outline.quiz)
    always = linked(outline)
    rest = [pk for pk in outline.quiz if pk not in always]
    more = secrets.SystemRandom().sample(rest, max(outline.asked - len(always), 0))
    return _shuffled([*always, *more])


def _shuffled(questions: Iterable[int]) -> list[int]:
    order = list(questions)
    secrets.SystemRandom().shuffle(order)
    return order
