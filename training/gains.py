"""What a module gives: its linked questions before it, at the first try of its quiz, and later.

Only enrolments that answered both before and in the quiz count, question by question. Shares are
per cent of answers that were right. Nothing is shown of fewer than five people.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from training.models import ModulePage, QuestionVersion, QuizAttempt, Response

FEWEST = 5  # people
Kind = QuizAttempt.Kind
Answers = Mapping[tuple[int, str], dict[str, bool]]  # (enrolment, question) -> kind -> is right


@dataclass(frozen=True, slots=True)
class Gain:
    """Shares in per cent before, after and later; None where fewer than five people answered.

    `kept` is later against before among those who answered all three times.
    """

    label: str
    people: int
    before: int | None
    after: int | None
    people_later: int
    later: int | None
    after_of_later: int | None

    @property
    def gain(self) -> int | None:
        """Points gained from before to after."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def change(self) -> int | None:
        """Points since the quiz, among those who answered months later too."""
        if self.later is None or self.after_of_later is None:
            return None
        return self.later - self.after_of_later


@dataclass(frozen=True, slots=True)
class Report:
    page: ModulePage
    whole: Gain
    questions: tuple[Gain, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One enrolment: how many linked questions were answered both times, and how many right."""

    module: str  # its code
    asked: int
    before: int
    after: int


def pairs(start: datetime, end: datetime) -> list[Pair]:
    """Return those whose first try of the quiz was closed within [start, end)."""
    closed = QuizAttempt.objects.filter(closed_at__isnull=False)
    own = closed.filter(enrolment=OuterRef("enrolment"), kind=Kind.QUIZ)
    first = own.order_by("closed_at", "pk").values("pk")[:1]
    tries = closed.filter(
        kind=Kind.QUIZ, pk=Subquery(first), closed_at__gte=start, closed_at__lt=end
    )
    before = closed.filter(kind=Kind.BEFORE, enrolment__in=tries.values("enrolment"))
    answers: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    modules: dict[int, str] = {}
    names = (
        "attempt__enrolment",
        "attempt__enrolment__module__code",
        "question__question_id",
        "attempt__kind",
        "is_right",
    )
    rows = Response.objects.filter(Q(attempt__in=tries) | Q(attempt__in=before))
    for enrolment, code, question, kind, is_right in rows.values_list(*names):
        answers[enrolment, question][kind] = is_right
        modules[enrolment] = code or ""
    found: dict[int, list[dict[str, bool]]] = defaultdict(list)
    for (enrolment, _question), row in answers.items():
        if len(row) == 2:
            found[enrolment].append(row)
    return [
        Pair(
            modules[enrolment],
            len(rows),
            sum(row[Kind.BEFORE] for row in rows),
            sum(row[Kind.QUIZ] for row in rows),
        )
        for enrolment, rows in sorted(found.items())
    ]


def modules() -> QuerySet[ModulePage]:
    """Return the modules of which somebody answered before, with `answered`: how many tries."""
    before = QuizAttempt.objects.filter(kind=Kind.BEFORE, closed_at__isnull=False)
    counted = before.values("enrolment__module").annotate(n=Count("pk"))
    of_module = counted.filter(enrolment__module=OuterRef("pk")).values("n")
    rows: QuerySet[ModulePage] = ModulePage.objects.annotate(answered=Subquery(of_module))
    return rows.filter(answered__gt=0).order_by("code")


def of(page: ModulePage) -> Report:
    """Measure one module, all of its releases together; questions are paired by their stable id."""
    answers = _paired(page)
    by_question: dict[str, dict[tuple[int, str], dict[str, bool]]] = defaultdict(dict)
    for key, row in answers.items():
        by_question[key[1]][key] = row
    prompts = _prompts(by_question)
    questions = [_measure(prompts[q], by_question[q]) for q in sorted(prompts, key=prompts.get)]  # type: ignore[arg-type]
    return Report(page, _measure("", answers), tuple(questions))


def _paired(page: ModulePage) -> Answers:
    found: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    for enrolment, question, kind, is_right in _answers(page):
        found[enrolment, question][kind] = is_right
    both = {Kind.BEFORE, Kind.QUIZ}
    return {key: row for key, row in found.items() if both <= set(row)}


def _answers(page: ModulePage) -> Iterator[tuple[int, str, str, bool]]:
    """Yield what was answered before, at the first try of the quiz, and months later."""
    own = QuizAttempt.objects.filter(enrolment=OuterRef("attempt__enrolment"))
    closed = own.filter(closed_at__isnull=False)
    first = closed.filter(kind=Kind.QUIZ).order_by("closed_at", "pk").values("pk")[:1]
    rows = Response.objects.filter(attempt__enrolment__module=page)
    rows = rows.filter(Exists(closed.filter(kind=Kind.BEFORE)))
    rows = rows.filter(attempt__kind__in=[Kind.BEFORE, Kind.LATER]) | rows.filter(
        attempt=Subquery(first)
    )
    names = ("attempt__enrolment", "question__question_id", "attempt__kind", "is_right")
    return iter(rows.values_list(*names).iterator(chunk_size=2000))


def _prompts(questions: Iterable[str]) -> dict[str, str]:
    """Return each question's newest wording."""
    rows = QuestionVersion.objects.filter(question_id__in=list(questions)).order_by("pk")
    return dict(rows.values_list("question_id", "prompt"))


def _measure(label: str, answers: Answers) -> Gain:
    people = {enrolment for enrolment, _question in answers}
    later = {key: row for key, row in answers.items() if Kind.LATER in row}
    people_later = {enrolment for enrolment, _question in later}
    enough, enough_later = len(people) >= FEWEST, len(people_later) >= FEWEST
    return Gain(
        label=label,
        people=len(people),
        before=_share(answers, Kind.BEFORE) if enough else None,
        after=_share(answers, Kind.QUIZ) if enough else None,
        people_later=len(people_later),
        later=_share(later, Kind.LATER) if enough_later else None,
        after_of_later=_share(later, Kind.QUIZ) if enough_later else None,
    )


def _share(answers: Answers, kind: str) -> int:
    """Return the share of right answers in whole per cent, a half rounded up."""
    right = sum(row[kind] for row in answers.values())
    return (right * 200 + len(answers)) // (2 * len(answers))
