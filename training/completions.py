"""From facts to a completion, in the transaction of the fact itself."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core import events, nightly, outbox, together
from portal.core.models import Event
from portal.core.together import Change, Insert
from portal.people import aliases, scope
from portal.people.models import Center, User
from training import assignments, credit, doing, releases
from training.evaluation import Facts, Rules, Verdict, evaluate
from training.models import (
    Attendance,
    Completion,
    CompletionAnnulment,
    Enrolment,
    LessonProgress,
    ModuleRelease,
)
from training.outline import Outline

CHECKED = timedelta(days=3)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What was read after the enrolment's lock, and what is served. `noted` are the lessons that
    are marked done already.
    """

    release: ModuleRelease
    outline: Outline
    facts: Facts
    noted: frozenset[str]


def verdict_of(enrolment: Enrolment, outline: Outline) -> Verdict:
    return evaluate(Rules.of(outline), doing.facts_of(enrolment))


def settle(enrolment: Enrolment, known: Known, at: datetime, *facts: Insert) -> Verdict:
    """Write facts and bring what follows from them up to date. The caller holds the lock.

    `known` has the facts in it. Lessons done only ever grow; the completion is inserted once, when
    the rules hold.
    """
    verdict = evaluate(Rules.of(known.outline), known.facts)
    lacking = {m.lesson_id for m in verdict.missing} | known.noted
    done = [
        LessonProgress(enrolment=enrolment, lesson_id=lesson.id, completed_at=at)
        for lesson in known.outline.lessons
        if lesson.id not in lacking
    ]
    together.write(*facts, Insert(done, once=True))
    if verdict.is_complete and enrolment.completed_at is None:
        _complete(enrolment, known, at)
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


def of_attendance(record: Attendance) -> Completion:
    """Insert the completion of somebody who was at a session long enough, with its certificate.

    It counts from the session's end, whenever that is known. The center is that of the day, and
    of who was put on a roster afterwards that of today.
    """
    session, person = record.session, aliases.resolve(record.person)
    at = session.ends_at
    then = scope.centers_on(person, timezone.localdate(at)).first()
    center = then or scope.own_centers(person).first()
    row = _insert(person, center, at, minutes=session.counted_minutes, attendance=record)
    _certify(row)
    return row


def _complete(enrolment: Enrolment, known: Known, at: datetime) -> None:
    """Insert the completion; then what follows from it, all in one where the database can."""
    person = enrolment.person
    row = Completion.objects.create(
        person=person,
        completed_at=at,
        minutes=known.release.minutes,
        discipline_id=person.discipline_id,
        center_id=enrolment.own_center,  # type: ignore[attr-defined]  # `locking.locked`
        enrolment=enrolment,
        module_id=enrolment.module_id,
        release=known.release,
    )
    event = _event(row, at)
    given = credit.first_awards(row, known.outline.topics, at=at)
    together.write(
        Change(Enrolment.objects.filter(pk=enrolment.pk), {"completed_at": at}),
        Insert(given or [], once=True),
        Insert([outbox.made(*_paper(row), payload={"completion": row.pk})], once=True),
        Insert([event]),
    )
    enrolment.completed_at = at
    events.tell(event)
    if given is None:
        credit.award([row.pk], at=at)
    if enrolment.may_settle:  # type: ignore[attr-defined]  # as above
        assignments.follow(aliases.resolve(person))


def _insert(
    person: User, center: Center | None, at: datetime, *, minutes: int, **source: Any
) -> Completion:
    row = Completion.objects.create(
        person=person,
        completed_at=at,
        minutes=minutes,
        discipline_id=person.discipline_id,
        center=center,
        **source,
    )
    event = _event(row, at)
    event.save(force_insert=True)
    events.tell(event)
    credit.award([row.pk], at=at)
    return row


def _event(row: Completion, at: datetime) -> Event:
    return events.made(
        "training.completed", actor=row.person, subject=row, center_id=row.center_id, at=at
    )


def _paper(row: Completion) -> tuple[str, str]:
    return "training.certificate", str(row.pk)


def _certify(row: Completion) -> None:
    outbox.add(*_paper(row), payload={"completion": row.pk})


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
        verdict = evaluate(rules[key], doing.facts_of(enrolment))
        if verdict.is_complete != (enrolment.completed_at is not None):
            different += 1
            logger.error("Enrolment %s: its completion and its facts differ", enrolment.pk)
    return different
