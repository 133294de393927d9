"""Writes side by side lose nothing: on SQLite's file and, with DATABASE_URL, on PostgreSQL."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from tests.training import learning_factories as make
from training import enrolments, progress, quizzes
from training.models import Completion, Enrolment, LessonProgress, ProgressEvent, QuizAttempt

pytestmark = pytest.mark.django_db(transaction=True)
Work = Callable[[], object]


def side_by_side(*works: Work) -> list[BaseException]:
    """Run each in a thread of its own, all let go at once; return what they raised."""
    gate = threading.Barrier(len(works))
    raised: list[BaseException] = []

    def run(work: Work) -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_six_starts_at_once_make_one_enrolment() -> None:
    page, _release = make.make_release("T01")
    for _ in range(5):
        person = make.learner()
        start = [lambda p=person: enrolments.enrol(person=p, module=page)] * 6
        assert side_by_side(*start) == []
        assert Enrolment.objects.filter(person=person).count() == 1


def test_sixty_rounds_of_four_parallel_posts_lose_nothing() -> None:
    """Each round three lessons and one retry; then the quiz and the last lesson race to the end."""
    page, _release = make.make_release("T01", lessons=4)
    for _ in range(60):
        enrolment = enrolments.enrol(person=make.learner(), module=page)
        lessons = make.outline_of(enrolment).lessons
        right = {lesson.id: make.right(lesson.questions) for lesson in lessons}
        keys = [uuid4() for _ in range(3)]

        def post(number: int, e: Enrolment = enrolment, k: list = keys, r: dict = right) -> Work:  # type: ignore[type-arg]
            lesson_id = list(r)[number]
            return lambda: progress.record(
                e, lesson_id=lesson_id, key=k[number], answers=r[lesson_id]
            )

        assert side_by_side(post(0), post(1), post(2), post(0)) == []
        assert enrolment.lessons.count() == 3
        assert enrolment.events.count() == 3
        assert QuizAttempt.objects.filter(enrolment=enrolment, passed=True).count() == 3


def test_the_last_lesson_and_the_quiz_at_once_make_one_completion() -> None:
    page, _release = make.make_release("T01", lessons=2)
    for _ in range(8):
        enrolment = enrolments.enrol(person=make.learner(), module=page)
        make.do_lesson(enrolment, 1)
        attempt = quizzes.start(enrolment)
        chosen, key = make.right(attempt.question_ids), uuid4()

        def hand_in(e: Enrolment = enrolment, c: object = chosen, k: object = key) -> object:
            return quizzes.submit(e, key=k, chosen=c)  # type: ignore[arg-type]

        def read(e: Enrolment = enrolment) -> object:
            return make.do_lesson(e, 2)

        assert side_by_side(hand_in, read, hand_in, read) == []
        assert Completion.objects.filter(enrolment=enrolment).count() == 1
        assert LessonProgress.objects.filter(enrolment=enrolment).count() == 2
        assert ProgressEvent.objects.filter(enrolment=enrolment, key=key).count() == 1
