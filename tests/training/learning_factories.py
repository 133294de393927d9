"""Learners for tests: people under way, and answers that are right or wrong."""

from datetime import datetime
from uuid import uuid4

from portal.people.models import User
from tests.factories import UserFactory
from tests.training.factories import make_module, publish
from training import answers, enrolments, progress, quizzes, scoring
from training.models import Completion, Enrolment, ModulePage, ModuleRelease, QuestionVersion
from training.outline import Outline


def make_release(
    code: str = "T01", *, lessons: int = 2, **fields: object
) -> tuple[ModulePage, ModuleRelease]:
    return make_module(code, lessons, **fields)


def learner(**traits: object) -> User:
    person: User = UserFactory(**{"center": "essex", **traits})
    return person


def outline_of(enrolment: Enrolment) -> Outline:
    return progress.served(enrolment)[1]


def right(question_ids: tuple[int, ...] | list[int]) -> answers.Chosen:
    rows = QuestionVersion.objects.filter(pk__in=question_ids)
    return {v.pk: scoring.right_answer(v) for v in rows}


def wrong(question_ids: tuple[int, ...] | list[int]) -> answers.Chosen:
    rows = QuestionVersion.objects.filter(pk__in=question_ids)
    return {v.pk: scoring.wrong_answer(v) for v in rows}


def do_lesson(enrolment: Enrolment, number: int, **more: object) -> progress.Outcome:
    """Mark a lesson read with every answer right."""
    lesson = outline_of(enrolment).lessons[number - 1]
    return progress.record(
        enrolment,
        lesson_id=lesson.id,
        **{"key": uuid4(), "answers": right(lesson.questions), **more},  # type: ignore[arg-type]
    )


def pass_quiz(enrolment: Enrolment, at: datetime | None = None) -> None:
    attempt = quizzes.start(enrolment, at=at)
    quizzes.submit(enrolment, key=uuid4(), chosen=right(attempt.question_ids), at=at)


def complete(person: User, page: ModulePage, at: datetime | None = None) -> Completion:
    """Take a module from start to completion."""
    return finish(enrolments.enrol(person=person, module=page, at=at), at=at)


def finish(enrolment: Enrolment, at: datetime | None = None) -> Completion:
    """Do every lesson and pass the quiz."""
    for number in range(1, len(outline_of(enrolment).lessons) + 1):
        do_lesson(enrolment, number, at=at)
    pass_quiz(enrolment, at=at)
    return Completion.objects.get(enrolment=enrolment)


def change(page: ModulePage, text: str, *, offer: bool = True, **fields: object) -> ModuleRelease:
    """Publish a new number of a module, by default offered to who completed an earlier one."""
    page.change_kind = ModulePage.ChangeKind.SUBSTANTIVE
    page.summary = f"{page.summary} And more."
    page.what_changed, page.offers_update = text, offer
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


def posted(key: object, chosen: answers.Chosen) -> dict[str, object]:
    """Return the fields of a lesson's or the quiz's form."""
    return {"key": str(key), **{f"q{pk}": list(ids) for pk, ids in chosen.items()}}
