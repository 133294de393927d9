"""Each kind of question: what counts as an answer, what is right, and what leaves the server."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks.stream_block import StreamBlockValidationError

from tests.training import learning_factories as make
from tests.training.factories import draft_module, linked_quiz, make_module, publish, question
from training import answers, enrolments, quizzes, scoring
from training.models import Enrolment, ModulePage, QuestionVersion, QuizAttempt, Response

pytestmark = pytest.mark.django_db

KINDS = ["single", "multiple", "true_false", "matching", "ordering", "short"]


def made(kind: str, options: list[dict[str, Any]] | None = None) -> QuestionVersion:
    """A question that stands in no table: lines a, b, c."""
    lines = options or [
        {"id": n, "text": f"Answer {n}", "match": m, "correct": n == "a", "feedback": ""}
        for n, m in (("a", "DCF"), ("b", "Court"), ("c", "the DCF"))
    ]
    return QuestionVersion(pk=1, kind=kind, prompt="?", options=lines)


def begun(*kinds: str, **fields: Any) -> Enrolment:
    page, _release = make_module("T01", 1, quiz=linked_quiz("T01", *kinds), **fields)
    return enrolments.enrol(person=make.learner(), module=page)


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_is_right_and_the_wrong_one_is_wrong(kind: str) -> None:
    version = made(kind)
    right, wrong = scoring.right_answer(version), scoring.wrong_answer(version)
    assert not scoring.fault(version, right)
    assert not scoring.fault(version, wrong)
    assert scoring.is_right(version, right)
    assert not scoring.is_right(version, wrong)


@pytest.mark.parametrize(
    ("kind", "picked", "fault"),
    [
        ("single", [], "choose"),
        ("single", ["a", "b"], "choose"),
        ("multiple", ["a", "zzz"], "choose"),
        ("matching", [], "pair"),
        ("matching", ["a:x", "b:x", "c:x"], "pair"),
        ("matching", ["a", "b", "c"], "pair"),
        ("ordering", ["a:1", "b:2"], "pair"),
        ("ordering", ["a:1", "b:1", "c:2"], "place"),
        ("ordering", ["a:1", "a:2", "b:3", "c:1"], "pair"),
        ("ordering", ["a:1", "b:2", "c:9"], "pair"),
        ("short", [], "write"),
        ("short", ["..."], "write"),
        ("short", ["one", "two"], "write"),
        ("short", ["x" * 121], "long"),
    ],
)
def test_what_cannot_be_taken_is_named(kind: str, picked: list[str], fault: str) -> None:
    assert scoring.fault(made(kind), picked) == fault


def test_lines_may_share_what_belongs_to_them() -> None:
    version = made("matching")
    assert len(scoring.places(version)) == 2  # "DCF" and "the DCF" are one
    dcf, court = scoring.match_key("DCF"), scoring.match_key("Court")
    assert scoring.is_right(version, [f"c:{dcf}", f"a:{dcf}", f"b:{court}"])


def test_a_short_text_is_compared_without_case_marks_and_article() -> None:
    version = made("short", [{"id": "a", "text": "The oral report"}, {"id": "b", "text": "51A"}])
    for text in ("oral report", "ORAL  REPORT!", "an oral report.", "51a"):
        assert scoring.is_right(version, [text]), text
    for text in ("report", "51 B", "oral reports"):
        assert not scoring.is_right(version, [text]), text


def test_a_quiz_of_every_kind_is_handed_in_over_the_page(client: Client) -> None:
    enrolment = begun(*KINDS)
    client.force_login(enrolment.person)
    attempt = quizzes.start(enrolment)
    page = client.get("/training/t01/quiz/").content.decode()
    assert page.count("<select") == 6
    chosen = make.right(attempt.question_ids)
    assert client.post("/training/t01/quiz/", make.posted(uuid4(), chosen)).status_code == 302
    attempt.refresh_from_db()
    assert attempt.score == 100
    shown = client.get("/training/t01/quiz/").content.decode()
    assert "You wrote:" in shown
    assert "Match 1" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_try_tells_nothing_of_what_is_right(client: Client, kind: str) -> None:
    """Nor does the open form: what belongs to a line is not said by any id."""
    enrolment = begun(kind)
    client.force_login(enrolment.person)
    attempt = quizzes.start(enrolment)
    blank = client.get("/training/t01/quiz/").content.decode()
    quizzes.submit(enrolment, key=uuid4(), chosen=make.wrong(attempt.question_ids))
    failed = client.get("/training/t01/quiz/").content.decode()
    version = QuestionVersion.objects.get(pk=attempt.question_ids[0])
    for text in (blank, failed):
        assert "A right answer" not in text
        assert "Right:" not in text
        assert 'aria-describedby="None"' not in text
    if kind in scoring.BY_LINE | {scoring.SHORT}:
        assert "Feedback" not in failed
        assert "Look at lesson 1." in failed
    if kind == scoring.MATCHING:
        for option in version.options:
            own_key = scoring.match_key(option["match"])
            assert option["id"] not in own_key


def test_lines_are_offered_in_another_order_than_the_right_one() -> None:
    version = made("matching")
    orders = {
        tuple(p.value for p in answers.blank([version], seed=str(n))[0].options[0].places)
        for n in range(20)
    }
    assert len(orders) > 1


def test_faulty_lines_come_back_with_what_was_chosen(client: Client) -> None:
    enrolment = begun("ordering")
    client.force_login(enrolment.person)
    attempt = quizzes.start(enrolment)
    pk = attempt.question_ids[0]
    ids = [o["id"] for o in QuestionVersion.objects.get(pk=pk).options]
    fields = {"key": str(uuid4()), f"q{pk}": [f"{ids[0]}:2", f"{ids[1]}:2", ""]}
    page = client.post("/training/t01/quiz/", fields).content.decode()
    assert "Choose something for each line." in page
    assert page.count(" selected") == 2
    assert not Response.objects.exists()


def test_a_short_text_that_may_identify_somebody_is_stored_nowhere(client: Client) -> None:
    enrolment = begun("short")
    client.force_login(enrolment.person)
    attempt = quizzes.start(enrolment)
    fields = {"key": str(uuid4()), f"q{attempt.question_ids[0]}": "born 04/12/2010"}
    page = client.post("/training/t01/quiz/", fields).content.decode()
    assert "This may name or identify somebody" in page
    assert "born 04/12/2010" in page
    assert not Response.objects.exists()


def test_what_the_author_accepts_passes_the_screen(client: Client) -> None:
    quiz = linked_quiz("T01", "short")
    quiz[0]["value"]["options"][0]["value"]["text"] = "DCF 1-800-792-5200"
    page, _release = make_module("T01", 1, quiz=quiz)
    enrolment = enrolments.enrol(person=make.learner(), module=page)
    attempt = quizzes.start(enrolment)
    chosen = {attempt.question_ids[0]: ["dcf 1 800 792 5200"]}
    assert quizzes.submit(enrolment, key=uuid4(), chosen=chosen).score == 100


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("ordering", {"options": 2}),
        ("matching", {"match": ""}),
        ("matching", {"match": "same"}),
        ("short", {"text": "x" * 121}),
        ("short", {"text": "..."}),
        ("single", {"options": 1}),
        ("multiple", {"correct": True}),
    ],
)
def test_an_author_is_told_what_a_question_lacks(kind: str, change: dict[str, Any]) -> None:
    value = question("T01", "quiz", 0, kind=kind)
    for name, new in change.items():
        if name == "options":
            value["options"] = value["options"][:new]
        else:
            for option in value["options"]:
                option["value"][name] = new
    page = draft_module(quiz=[{"type": "question", "value": value, "id": "q"}])
    with pytest.raises((StreamBlockValidationError, ValidationError)):
        page.quiz.stream_block.clean(page.quiz)


def test_wording_is_editorial_and_another_order_or_pair_is_substantive() -> None:
    page, first = make_module("T01", 1, quiz=linked_quiz("T01", "ordering", "matching"))
    page.quiz[1].value["options"][0]["match"] = "Match nought"
    page.quiz[0].value["options"][0]["text"] = "Another word"
    wording = publish(page)
    assert (wording.number, wording.edition) == (first.number, 2)
    page = ModulePage.objects.get(pk=page.pk)
    page.quiz[1].value["options"][0]["match"] = "Match 1"
    assert publish(page).number == first.number + 1


def test_a_bank_gives_each_try_its_own_questions_and_freezes_them() -> None:
    quiz = [*linked_quiz("T01", "single"), *_unlinked(9)]
    page, release = make_module("T01", 1, quiz=quiz, quiz_draw=4)
    enrolment = enrolments.enrol(person=make.learner(), module=page)
    drawn = []
    for _ in range(12):
        attempt = quizzes.start(enrolment)
        assert quizzes.start(enrolment) == attempt
        frozen = list(attempt.question_ids)
        quizzes.submit(enrolment, key=uuid4(), chosen=make.wrong(frozen))
        assert QuizAttempt.objects.get(pk=attempt.pk).question_ids == frozen
        drawn.append(frozen)
    linked = quizzes.linked(make.outline_of(enrolment))
    assert all(len(each) == 4 and set(linked) <= set(each) for each in drawn)
    assert len({frozenset(each) for each in drawn}) > 3
    assert len({q for each in drawn for q in each}) > 6
    assert release.minutes == make.outline_of(enrolment).lessons[0].minutes + 4


def test_how_many_are_drawn_is_substantive() -> None:
    page, first = make_module("T01", 1, quiz=linked_quiz("T01", *["single"] * 4))
    page.quiz_draw = 4
    assert publish(page).number == first.number + 1


def test_an_unchanged_question_keeps_its_version_and_an_old_outline_its_hash() -> None:
    page, first = make_module("T01", 1)
    assert "draw" not in first.outline
    assert "linked" not in first.outline
    assert publish(page) == first


def _unlinked(count: int) -> list[dict[str, Any]]:
    return [
        {"type": "question", "value": question("T01", "bank", n), "id": f"bank-{n}"}
        for n in range(count)
    ]
