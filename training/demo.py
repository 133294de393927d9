"""What the demo's learners have done: fictional progress through the real domain functions."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from portal.people import scope
from portal.people.models import User
from training import (
    answers,
    certificates,
    enrolments,
    follow_ups,
    plans,
    progress,
    quizzes,
    scoring,
    transcript,
)
from training.models import (
    AssignmentPlan,
    Completion,
    Enrolment,
    FollowUp,
    ModulePage,
    PathwayPage,
    QuizAttempt,
)
from training.outline import Outline

BEFORE_THIS_YEAR = 120  # days of the fiscal year before that have completions too
Kind = QuizAttempt.Kind
UNTOUCHED = ("member",)
HALF_WAY = "advocate"


@dataclass(frozen=True, slots=True)
class Plan:
    """A person takes a module from `at` on: `lessons` of it (None: all, and the quiz)."""

    module: ModulePage
    at: datetime
    lessons: int | None = None
    stumbles: bool = False
    answers_before: bool = False


@transaction.atomic
def load_progress(people: Mapping[str, User], now: datetime) -> None:
    """Give the demo's people the progress that is missing; a module that was begun is left alone.

    `people` are the demo's, by key: `advocate` has completed the first module that can be taken
    and half of the next, `member` has done nothing, learners are keyed by their address.
    """
    pages = ModulePage.objects.live().with_release().order_by("code")
    modules = [page for page in pages if page.release_number]
    for key, person in people.items():
        if person.has_joined and key not in UNTOUCHED:
            for plan in _plans(key, modules, now):
                _follow(person, plan)


def since(now: datetime) -> datetime:
    """Return when the modules should have been released for this progress to be plausible."""
    return now - timedelta(days=_furthest(now) + 10)


def _furthest(now: datetime) -> int:
    """Return how many days back progress reaches: into the fiscal year before, on any day."""
    today = timezone.localdate(now)
    begin = date(transcript.fiscal_year(today) - 1, transcript.FISCAL_YEAR_BEGINS, 1)
    return (today - begin).days + BEFORE_THIS_YEAR


def _plans(key: str, modules: list[ModulePage], now: datetime) -> list[Plan]:
    if key == HALF_WAY:
        days = (40, 6)
        return [
            Plan(page, now - timedelta(days=back), None if n == 0 else 3)
            for n, (page, back) in enumerate(zip(modules, days, strict=False))
        ]
    if "@" not in key:
        return []
    chance = random.Random(key)  # noqa: S311  the same progress in every demo
    found = []
    for page in modules:
        share = chance.random()
        at = now - timedelta(days=chance.randint(3, _furthest(now)), hours=chance.randint(0, 9))
        stumbles = chance.random() < 0.3
        if share < 0.5:
            found.append(Plan(page, at, stumbles=stumbles, answers_before=chance.random() < 0.7))
        elif share < 0.7:
            found.append(Plan(page, at, lessons=chance.randint(1, 3)))
    return found


def _follow(person: User, plan: Plan) -> None:
    if enrolments.find(person, plan.module) is not None:
        return
    enrolment = enrolments.enrol(person=person, module=plan.module, at=plan.at)
    locked = progress.lock(enrolment)  # once for all: locking is most of what a step costs
    _release, outline = progress.served(locked)
    at = plan.at
    if outline.linked and plan.answers_before:
        _answer(locked, Kind.BEFORE, plan, at, right=False)
    for lesson in outline.lessons[: plan.lessons]:
        at += timedelta(minutes=lesson.minutes)
        progress.record_locked(
            locked,
            lesson_id=lesson.id,
            key=_key(person, plan.module, lesson.id),
            answers=_chosen(lesson.questions, right=True),
            at=at,
        )
    if plan.lessons is None:
        _finish(locked, outline, plan, at)


def _finish(locked: Enrolment, outline: Outline, plan: Plan, at: datetime) -> None:
    """Pass the quiz, now and then at the second try, and have the certificate of that day."""
    for number, right in enumerate([False, True] if plan.stumbles else [True]):
        if not outline.quiz:
            break
        at += timedelta(minutes=6)
        attempt = quizzes.start_locked(locked, Kind.QUIZ, at=at)
        quizzes.submit_locked(
            locked,
            Kind.QUIZ,
            key=_key(locked.person, plan.module, f"quiz-{number}"),
            chosen=_chosen(attempt.question_ids, right=right),
            at=at,
        )
    completion = Completion.objects.get(enrolment=locked)
    certificates.issue(completion, at=at + timedelta(minutes=1))
    if plan.answers_before and outline.linked:
        _look_back(completion, plan)


def _look_back(completion: Completion, plan: Plan) -> None:
    """Answer six months later, where that has been: about half of it stayed."""
    day = follow_ups.due_on(completion)
    if day > timezone.localdate():
        return
    FollowUp.objects.get_or_create(enrolment=completion.way, defaults={"due_on": day})
    if FollowUp.objects.open().filter(enrolment=completion.way).exists():
        at = completion.completed_at + timedelta(days=190)
        _answer(progress.lock(completion.way), Kind.LATER, plan, at, right=plan.stumbles)


def _answer(
    locked: Enrolment, kind: QuizAttempt.Kind, plan: Plan, at: datetime, *, right: bool
) -> None:
    attempt = quizzes.start_locked(locked, kind, at=at)
    quizzes.submit_locked(
        locked,
        kind,
        key=_key(locked.person, plan.module, kind),
        chosen=_chosen(attempt.question_ids, right=right),
        at=at,
    )


def load_plan(coordinator: User, now: datetime) -> None:
    """Give the coordinator's center a standing plan for the foundations, once."""
    pathway = PathwayPage.objects.filter(slug="foundations").first()
    center = scope.centers(coordinator).first()
    if pathway is None or center is None or AssignmentPlan.objects.exists():
        return
    plan = AssignmentPlan(pathway=pathway, center=center, days=120, again_months=24, made_at=now)
    plans.make(plan, by=coordinator)


def _key(person: User, module: ModulePage, part: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{person.email}/{module.code}/{part}")


def _chosen(question_ids: list[int] | tuple[int, ...], *, right: bool) -> answers.Chosen:
    """Return right answers; else every second question has a wrong one."""
    return {
        v.pk: scoring.right_answer(v) if right or n % 2 else scoring.wrong_answer(v)
        for n, v in enumerate(answers.load(question_ids))
    }
