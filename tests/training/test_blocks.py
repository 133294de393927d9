"""What a question and a lesson must have; honest minutes; what the author is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.training.factories import draft_module, lesson, question, text_block
from training import concerns, minutes
from training.blocks import LessonBodyBlock, LessonsBlock, QuestionBlock


def asked(kind: str, marks: list[bool]) -> dict[str, Any]:
    options = [{"text": f"Answer {n}", "correct": mark, "feedback": "So."}
               for n, mark in enumerate(marks)]  # fmt: skip
    return {"kind": kind, "prompt": "What?", "options": options}


def cleaned(value: dict[str, Any]) -> Any:
    block = QuestionBlock()
    return block.clean(block.to_python(value))


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("single", [True, False, False]),
        ("true_false", [False, True]),
        ("multiple", [True, True, False]),
    ],
)
def test_a_question_with_sensible_marks_is_accepted(kind: str, marks: list[bool]) -> None:
    assert cleaned(asked(kind, marks))["kind"] == kind


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("single", [False, False]),
        ("single", [True, True, False]),
        ("single", [True]),
        ("true_false", [True, True]),
        ("true_false", [True, False, False]),
        ("multiple", [True, False, False]),
        ("multiple", [True, True]),
        ("multiple", [False, False, False]),
        ("guess", [True, False]),
    ],
)
def test_a_question_with_other_marks_is_refused(kind: str, marks: list[bool]) -> None:
    with pytest.raises(ValidationError):
        cleaned(asked(kind, marks))


def test_a_lesson_without_a_check_is_refused() -> None:
    block = LessonsBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python([lesson("T01", 1, checks=0)]))
    assert block.clean(block.to_python([lesson("T01", 1)]))


def body(*blocks: dict[str, Any]) -> Any:
    return LessonBodyBlock().to_python(list(blocks))


def words(count: int) -> dict[str, Any]:
    return text_block(f"<p>{'word ' * count}</p>", count)


def test_minutes_follow_from_the_words_the_reflections_and_the_pauses() -> None:
    reflection = {"type": "reflection", "value": {"prompt": "word"}, "id": "r"}
    moment = {"type": "moment", "value": {"text": "word"}, "id": "m"}
    assert minutes.of_text(body(words(180))) == pytest.approx(1)
    assert minutes.of_text(body(words(178), reflection, moment)) == pytest.approx(4)


def test_a_lesson_is_rounded_up_and_its_questions_count_a_minute_each() -> None:
    value = {"body": body(words(181)), "checks": [1, 2]}
    assert minutes.of_lesson(value) == 4


def said(value: dict[str, Any]) -> list[str]:
    block = LessonsBlock()
    stream = block.to_python([{"type": "lesson", "value": value, "id": "x"}])
    return list(concerns.of_lesson(stream[0].value))


def test_a_sensitive_lesson_needs_a_note_and_another_version() -> None:
    value = {**lesson("T01", 1)["value"], "sensitivity": "2"}
    assert len(said(value)) == 2
    assert said(lesson("T01", 1, sensitivity=2)["value"]) == []
    assert said(lesson("T01", 1)["value"]) == []


@pytest.mark.parametrize(("count", "told"), [(1000, 0), (905, 0), (895, 1), (1095, 0), (1110, 1)])
def test_another_version_must_be_within_ten_per_cent(count: int, told: int) -> None:
    value = lesson("T01", 1, sensitivity=2)["value"]
    value["body"], value["alternative"] = [words(1000)], [words(count)]
    assert len(said(value)) == told


@pytest.mark.django_db
def test_the_author_is_told_of_a_missing_quiz_and_a_passed_review_date() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    page = draft_module(quiz=[], review_by=yesterday)
    assert {"There is no quiz.", "The review date has passed."} <= set(page.concerns())
    page.is_in_preparation = True
    assert list(page.concerns()) == []


def test_a_reflection_has_no_name_and_so_is_never_posted() -> None:
    reflection = {"type": "reflection", "value": {"prompt": "And you?"}, "id": "r1"}
    html = str(body(reflection).render_as_block())
    assert 'data-reflection="r1"' in html
    assert " name=" not in html
    assert "never sent" in html


def test_a_vignette_says_that_it_is_fiction() -> None:
    vignette = {"type": "vignette", "value": {"title": "A day", "text": "<p>So.</p>"}, "id": "v"}
    assert "A fictional example" in str(body(vignette).render_as_block())


def test_the_factorys_question_is_sound() -> None:
    assert cleaned(question("T01", 1, kind="multiple", right=(0, 1)))
