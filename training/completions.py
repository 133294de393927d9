"""From facts to a completion, in the transaction of the fact itself."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.core import events, nightly, outbox
from portal.people import aliases, scope
from portal.people.models import User
from training import assignments, credit, releases
from training.evaluation import Facts, Rules, Verdict, evaluate
from training.models import (
    Completion,
    CompletionAnnulment,
    Enrolment,
    LessonProgress,
    ModuleRelease,
    ProgressEvent,
    QuizAttempt,
)
from training.outline import Outline

CHECKED = timedelta(days=3)
logger = logging.getLogger(__name__)


def facts_of(enrolment: Enrolment) -> Facts:
    """Read what the learner did from the rows that are never rewritten."""
    read = enrolment.events.filter(kind=ProgressEvent.Kind.LESSON)
    passed = enrolment.attempts.filter(kind=QuizAttempt.Kind.CHECK, passed=True)
    quizzes = enrolment.attempts.filter(kind=QuizAttempt.Kind.QUIZ, closed_at__isnull=False)
    return Facts(
        read=frozenset(read.values_list("lesson_id", flat=True)),
        checked=frozenset(passed.values_list("lesson_id", flat=True)),
        best_score=quizzes.aggregate(best=Max("score"))["best"],
    )


def verdict_of(enrolment: Enrolment, outline: Outline) -> Verdict:
    return evaluate(Rules.of(outline), facts_of(enrolment))


def settle(enrolment: Enrolment, release: ModuleRelease, outline: Outline, at: datetime) -> Verdict:
    """Bring what follows from the facts up to date. The caller holds the enrolment's lock.

    Lessons done only ever grow; the completion is inserted once, when the rules hold.
    """
    facts = facts_of(enrolment)
    verdict = evaluate(Rules.of(outline), facts)
    lacking = {m.lesson_id for m in verdict.missing}
    _mark_done(enrolment, [x.id for x in outline.lessons if x.id not in lacking], at)
    if verdict.is_complete and enrolment.completed_at is None:
        _complete(enrolment, release, at)
    return verdict


@transaction.atomic
def annul(*, completion: Completion, reason: str, by: User) -> CompletionAnnulment:
    """Say that a completion does not count. Its row stays, and its certificates are revoked."""
    Completion.objects.select_for_update().get(pk=completion.pk)
    row, made = CompletionAnnulment.objects.get_or_create(
        completion=completion, defaults={"reason": reason, "annulled_by": by}
    )
    if made:
        completion.certificates.filter(revoked_at=None).update(revoked_at=timezone.now())
        events.record("training.completion_annulled", actor=by, subject=completion, reason=reason)
        assignments.reconsider(aliases.resolve(completion.person))
    return row


def _mark_done(enrolment: Enrolment, lesson_ids: list[str], at: datetime) -> None:
    done = LessonProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False)
    known = set(done.values_list("lesson_id", flat=True))
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(enrolment=enrolment, lesson_id=lesson_id, completed_at=at)
            for lesson_id in lesson_ids
            if lesson_id not in known
        ],
        ignore_conflicts=True,
    )


def _complete(enrolment: Enrolment, release: ModuleRelease, at: datetime) -> None:
    person = enrolment.person
    center = scope.own_centers(person).first()
    completion = Completion.objects.create(
        person=person,
        enrolment=enrolment,
        module_id=enrolment.module_id,
        release=release,
        completed_at=at,
        minutes=release.minutes,
        discipline_id=person.discipline_id,
        center=center,
    )
    enrolment.completed_at = at
    enrolment.save(update_fields=["completed_at"])
    center_id = center.pk if center else None
    events.record(
        "training.completed", actor=person, subject=completion, center_id=center_id, at=at
    )
    credit.award([completion.pk], at=at)
    payload = {"completion": completion.pk}
    outbox.add("training.certificate", str(completion.pk), payload=payload)
    assignments.follow(aliases.resolve(person))


@nightly.job
def report_differences() -> int:
    """Evaluate again what moved in the last days; report where the rows differ, change nothing."""
    rows = Enrolment.objects.touched_since(timezone.now() - CHECKED).select_related("module")
    rules: dict[tuple[int, int], Rules] = {}
    different = 0
    for enrolment in rows.iterator(chunk_size=500):
        key = (enrolment.module_id, enrolment.number)
        if key not in rules:
            release = releases.newest_edition(enrolment.module, enrolment.number)
            rules[key] = Rules.of(Outline.from_json(release.outline))
        verdict = evaluate(rules[key], facts_of(enrolment))
        if verdict.is_complete != (enrolment.completed_at is not None):
            different += 1
            logger.error("Enrolment %s: its completion and its facts differ", enrolment.pk)
    return different
