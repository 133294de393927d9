"""The quiz of a module: unlimited, untimed tries that only the learner sees."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from training import answers, completions, progress
from training.models import Enrolment, ProgressEvent, QuizAttempt


class NoQuiz(Exception):
    """The release has no quiz."""


class NotStarted(Exception):
    """There is no attempt to hand in."""


@transaction.atomic
def start(enrolment: Enrolment, *, at: datetime | None = None) -> QuizAttempt:
    """Open a try with the order of its questions and its pass mark frozen, or return the open one.

    The order of the options follows from the attempt's id (`answers.shuffled`).
    """
    locked = progress.lock(enrolment)
    if (standing := open_attempt(locked)) is not None:
        return standing
    _release, outline = progress.served(locked)
    if not outline.quiz:
        raise NoQuiz
    order = list(outline.quiz)
    secrets.SystemRandom().shuffle(order)
    return QuizAttempt.objects.create(
        enrolment=locked,
        kind=QuizAttempt.Kind.QUIZ,
        question_ids=order,
        pass_mark=outline.pass_mark,
        started_at=at or timezone.now(),
    )


@transaction.atomic
def submit(
    enrolment: Enrolment, *, key: UUID, chosen: answers.Chosen, at: datetime | None = None
) -> QuizAttempt:
    """Hand in the open attempt: the server scores it, closes it and decides.

    The same key again changes nothing and returns the same attempt. Raises NotStarted,
    `progress.KeyTaken`, or `answers.Incomplete` with nothing stored.
    """
    locked = progress.lock(enrolment)
    seen = progress.find(locked, key)
    if seen is not None and seen.attempt is not None:
        return seen.attempt
    attempt = open_attempt(locked)
    if attempt is None:
        raise NotStarted
    now = at or timezone.now()
    progress.close(attempt, chosen, now)
    ProgressEvent.objects.create(
        key=key, enrolment=locked, kind=ProgressEvent.Kind.QUIZ, attempt=attempt, at=now
    )
    release, outline = progress.served(locked)
    completions.settle(locked, release, outline, now)
    return attempt


def open_attempt(enrolment: Enrolment) -> QuizAttempt | None:
    quizzes = enrolment.attempts.filter(kind=QuizAttempt.Kind.QUIZ)
    return quizzes.filter(closed_at__isnull=True).first()


def latest(enrolment: Enrolment) -> QuizAttempt | None:
    """Return the last try that was handed in; a passed one stays the one that is shown."""
    closed = enrolment.attempts.filter(kind=QuizAttempt.Kind.QUIZ, closed_at__isnull=False)
    return closed.order_by("-passed", "-closed_at", "-pk").first()
