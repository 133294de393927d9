"""What members did in modules over five years: some none, most a handful, a few all of them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.home.populating import copying
from portal.home.populating.people import Person
from training import certificates
from training.models import (
    Certificate,
    Completion,
    CreditAward,
    CreditOffer,
    Enrolment,
    LessonProgress,
    ModuleRelease,
    ProgressEvent,
    QuizAttempt,
    Response,
)
from training.outline import Outline

DAYS = 1825
BEGUN = 0.08  # of those completed, so many are open besides
CHUNK = 20_000  # enrolments at a time: what hangs on them is made from them, then forgotten
ANSWERED = 0.1  # of the tries, so many with the answers to each question


@dataclass(frozen=True, slots=True)
class Module:
    """What is needed of a release, read once."""

    page: int
    release: int
    number: int
    minutes: int
    lessons: tuple[str, ...]
    quiz: tuple[int, ...]
    pass_mark: int
    paper: str  # what each of its certificates says, as JSON
    offers: tuple[CreditOffer, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One person in one module. `done` is None while it is open."""

    pk: int
    person: Person
    module: Module
    cycle: int
    begun: datetime
    done: datetime | None


def fill(people: Sequence[Person], count: int, chance: Random, report: Any) -> int:
    """Write `count` completions and what hangs on them; return how many lessons were read."""
    modules, lessons, written = _modules(), 0, 0
    for chunk in _chunks(_taken(people, count, chance, modules)):
        lessons += _write(chunk, chance)
        written += sum(1 for taken in chunk if taken.done)
        report(f"  {written:,} of {count:,} completions")
    return lessons


def _modules() -> list[Module]:
    offers: dict[int, list[CreditOffer]] = {}
    plain = CreditOffer.objects.filter(needs_evaluation=False, rule__is_licence=False)
    for offer in plain.filter(module__isnull=False).select_related("rule"):
        offers.setdefault(offer.module_id or 0, []).append(offer)
    newest = ModuleRelease.objects.filter(page__live=True).order_by("code", "number", "edition")
    by_code = {release.code: release for release in newest}
    return [_module(release, offers.get(release.page_id or 0, ())) for release in by_code.values()]


def _module(release: ModuleRelease, offers: Sequence[CreditOffer]) -> Module:
    outline = Outline.from_json(release.outline)
    return Module(
        page=release.page_id or 0,
        release=release.pk,
        number=release.number,
        minutes=release.minutes,
        lessons=tuple(lesson.id for lesson in outline.lessons),
        quiz=outline.quiz,
        pass_mark=outline.pass_mark,
        paper=json.dumps(
            {
                "minutes": release.minutes,
                "contact_hours": certificates.contact_hours(release.minutes),
                "hour_scheme": 60,
                "provider": "Made in bulk",
                "module_code": release.code,
                "module_title": release.title,
                "version": f"{release.number}.{release.edition}",
                "objectives": list(outline.objectives),
                "topics": list(outline.topics),
                "assessment": bool(outline.quiz),
                "pass_mark": outline.pass_mark,
                "is_draft": False,
            }
        ),
        offers=tuple(offers),
        topics=outline.topics,
    )


def _taken(
    people: Sequence[Person], count: int, chance: Random, modules: Sequence[Module]
) -> Iterator[Taken]:
    """Draw who took what. A module comes again in a later cycle when all were taken."""
    pk, now = copying.first_id(Enrolment), timezone.now()
    left, mean = count, count / max(1, len(people))
    for index, person in enumerate(people):
        last = index == len(people) - 1
        many = left if last else min(left, int(chance.expovariate(1 / max(mean, 0.01)) + 0.5))
        many = min(many, len(modules) * 3) if not last else many
        left -= many
        order = chance.sample(range(len(modules)), len(modules))
        for number in range(many):
            begun = now - timedelta(days=chance.random() ** 1.6 * DAYS, hours=6)
            done = begun + timedelta(minutes=chance.randrange(10, 300))
            module = modules[order[number % len(modules)]]
            yield Taken(pk, person, module, number // len(modules) + 1, begun, done)
            pk += 1
        if many < len(modules) and chance.random() < BEGUN * max(mean, 1):
            begun = now - timedelta(days=chance.random() * 200, hours=1)
            yield Taken(pk, person, modules[order[many]], 1, begun, None)
            pk += 1
        if left <= 0:
            break


def _chunks(taken: Iterator[Taken]) -> Iterator[list[Taken]]:
    chunk: list[Taken] = []
    for each in taken:
        chunk.append(each)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(chunk: Sequence[Taken], chance: Random) -> int:
    copying.write(
        Enrolment,
        "id person_id module_id cycle number started_at completed_at".split(),
        (
            (t.pk, t.person.pk, t.module.page, t.cycle, t.module.number, t.begun, t.done)
            for t in chunk
        ),
    )
    attempts = copying.first_id(QuizAttempt)
    _write_tries(chunk, attempts, chance)
    lessons = _write_lessons(chunk, chance)
    _write_completions([t for t in chunk if t.done], chance)
    return lessons


def _read(taken: Taken) -> Iterator[tuple[str, datetime]]:
    """Yield the lessons that were read, and when."""
    lessons = taken.module.lessons
    if taken.done is None:
        lessons = lessons[: max(1, len(lessons) // 2)]
    step = ((taken.done or taken.begun + timedelta(hours=1)) - taken.begun) / (len(lessons) + 1)
    for number, lesson in enumerate(lessons):
        yield lesson, taken.begun + step * (number + 1)


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _write_lessons(chunk: Sequence[Taken], chance: Random) -> int:
    copying.write(
        ProgressEvent,
        ["key", "enrolment_id", "kind", "lesson_id", "at"],
        ((_uuid(chance), t.pk, "lesson", lesson, at) for t in chunk for lesson, at in _read(t)),
    )
    return copying.write(
        LessonProgress,
        ["enrolment_id", "lesson_id", "completed_at"],
        ((t.pk, lesson, at) for t in chunk for lesson, at in _read(t)),
    )


def _write_tries(chunk: Sequence[Taken], first: int, chance: Random) -> None:
    """Write one passed try for each completed module with a quiz; some before it as well."""
    tries: list[tuple[int, Taken, str, int]] = []
    for taken in chunk:
        if taken.done is None or not taken.module.quiz:
            continue
        if chance.random() < ANSWERED:
            tries.append((first + len(tries), taken, "before", chance.choice((40, 60, 80))))
        tries.append((first + len(tries), taken, "quiz", chance.choice((80, 100, 100))))
    copying.write(
        QuizAttempt,
        "id enrolment_id kind lesson_id question_ids pass_mark started_at closed_at score "
        "passed".split(),
        (
            (
                pk,
                t.pk,
                kind,
                "",
                list(t.module.quiz),
                t.module.pass_mark,
                t.begun,
                t.begun if kind == "before" else t.done,
                score,
                score >= t.module.pass_mark,
            )
            for pk, t, kind, score in tries
        ),
    )
    paired = {t.pk for _pk, t, kind, _score in tries if kind == "before"}
    copying.write(
        Response,
        "attempt_id question_id chosen is_right at".split(),
        (
            (pk, question, [], chance.randrange(100) < score, t.done)
            for pk, t, _kind, score in tries
            if t.pk in paired
            for question in t.module.quiz
        ),
    )


def _write_completions(done: Sequence[Taken], chance: Random) -> None:
    first = copying.first_id(Completion)
    copying.write(
        Completion,
        "id person_id enrolment_id module_id release_id completed_at minutes discipline_id "
        "center_id".split(),
        (
            (
                first + n,
                t.person.pk,
                t.pk,
                t.module.page,
                t.module.release,
                t.done,
                t.module.minutes,
                t.person.discipline,
                t.person.center,
            )
            for n, t in enumerate(done)
        ),
    )
    copying.write(
        CreditAward,
        "id completion_id rule_id offer_id minutes category topics standard approval_number "
        "activity_on awarded_at".split(),
        (
            (
                _uuid(chance),
                first + n,
                offer.rule_id,
                offer.pk,
                offer.minutes or t.module.minutes,
                offer.category,
                list(t.module.topics),
                offer.rule.standard,
                offer.approval_number,
                timezone.localdate(t.done),
                t.done,
            )
            for n, t in enumerate(done)
            for offer in t.module.offers
        ),
    )
    copying.write(
        Certificate,
        ["completion_id", "code", "content", "issued_at", "pdf_sha256", "pdf_standard"],
        (
            (first + n, f"{chance.getrandbits(128):032x}", _paper(t), t.done, "", "")
            for n, t in enumerate(done)
        ),
    )


def _paper(taken: Taken) -> str:
    """Return what a certificate says, as JSON; what is the same for a module is written once."""
    own = json.dumps(
        {
            "name": f"Member {taken.person.pk}",
            "title": "",
            "discipline": "",
            "completed_on": timezone.localdate(taken.done).isoformat(),
        }
    )
    return f"{own[:-1]}, {taken.module.paper[1:]}"
