"""What was done in an enrolment, in one statement, from the rows that are never rewritten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Case, F, Field, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from portal.core.prepared import prepared
from training.evaluation import Facts
from training.models import Enrolment, LessonProgress, ProgressEvent, QuizAttempt

READ, CHECKED, TRIED, NOTED, SEEN, OPEN = "read", "check", "quiz", "noted", "seen", "open"
TEXT, NUMBER = TextField(), BigIntegerField()
COLUMNS: tuple[tuple[str, Field[Any, Any]], ...] = (
    ("what", TEXT),
    ("ref", TEXT),
    ("number", NUMBER),
    ("mark", NUMBER),
    ("text", TEXT),
)
Row = tuple[str, str, int, int, str]


@dataclass(frozen=True, slots=True)
class Done:
    """All that a change is decided by. `noted` are the lessons that are marked done already,
    `is_seen` says that the key came before, `open` is the try that is under way.
    """

    facts: Facts
    noted: frozenset[str]
    is_seen: bool
    open: QuizAttempt | None


def facts_of(enrolment: Enrolment) -> Facts:
    """Read what the learner did."""
    return _facts(_done(enrolment.pk))


@prepared
def _done(enrolment_id: int) -> QuerySet[Any, Row]:
    return _lessons(enrolment_id).union(_tries(enrolment_id), all=True)


def read(enrolment: Enrolment, *, key: UUID, kind: str = "") -> Done:
    """Read what the learner did, and what there is of a key and of an open try of a kind.

    The caller holds the enrolment's lock.
    """
    rows = _all_done(enrolment.pk, key, (kind,))
    return Done(
        facts=_facts(rows),
        noted=frozenset(row[1] for row in rows if row[0] == NOTED),
        is_seen=any(row[0] == SEEN for row in rows),
        open=next((_try(enrolment, kind, row) for row in rows if row[0] == OPEN), None),
    )


@prepared
def _all_done(enrolment_id: int, key: UUID, kinds: tuple[str]) -> QuerySet[Any, Row]:
    noted = LessonProgress.objects.filter(enrolment=enrolment_id, completed_at__isnull=False)
    parts = [
        _tries(enrolment_id),
        _rows(noted, NOTED, ref=F("lesson_id")),
        _rows(ProgressEvent.objects.filter(key=key), SEEN),
    ]
    if kind := kinds[0]:
        tries = QuizAttempt.objects.filter(enrolment=enrolment_id)
        trying = tries.filter(kind=kind, closed_at__isnull=True)
        text = Cast("question_ids", TEXT)
        parts.append(_rows(trying, OPEN, number=F("pk"), mark=F("pass_mark"), text=text))
    return _lessons(enrolment_id).union(*parts, all=True)


def _lessons(enrolment_id: int) -> QuerySet[Any, Any]:
    events = ProgressEvent.objects.filter(enrolment=enrolment_id)
    lessons = events.filter(kind=ProgressEvent.Kind.LESSON)
    return _rows(lessons, READ, ref=F("lesson_id"))


def _tries(enrolment_id: int) -> QuerySet[Any, Any]:
    """Every check and quiz that was handed in; the mark of a passed one is 1."""
    kinds = [QuizAttempt.Kind.CHECK, QuizAttempt.Kind.QUIZ]
    every = QuizAttempt.objects.filter(enrolment=enrolment_id)
    tries = every.filter(kind__in=kinds, closed_at__isnull=False)
    passed = Case(When(passed=True, then=Value(1)), default=Value(0))
    return _rows(tries, F("kind"), ref=F("lesson_id"), number=F("score"), mark=passed)


def _rows(rows: QuerySet[Any], what: Any, **given: Any) -> QuerySet[Any, Any]:
    """Return rows of one shape, whatever they are of: columns that say nothing are empty."""
    columns = {
        "ref": Value(""),
        "number": Value(0),
        "mark": Value(0),
        "text": Value(""),
        **given,
        "what": Value(what) if isinstance(what, str) else what,
    }
    return rows.order_by().values_list(*(Cast(columns[name], kind) for name, kind in COLUMNS))


def _facts(rows: Iterable[Row]) -> Facts:
    found = list(rows)
    scores = [row[2] for row in found if row[0] == TRIED]
    return Facts(
        read=frozenset(row[1] for row in found if row[0] == READ),
        checked=frozenset(row[1] for row in found if row[0] == CHECKED and row[3]),
        tried=frozenset(row[1] for row in found if row[0] == CHECKED),
        best_score=max(scores, default=None),
    )


def _try(enrolment: Enrolment, kind: str, row: Row) -> QuizAttempt:
    names = ["id", "enrolment_id", "kind", "lesson_id", "question_ids", "pass_mark"]
    said = [row[2], enrolment.pk, kind, "", json.loads(row[4]), row[3]]
    attempt = QuizAttempt.from_db(enrolment._state.db, names, said)
    attempt.enrolment = enrolment
    return attempt
