"""The pages of a module, as learners meet them."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from portal.people.models import User
from tests.training import learning_factories as make
from tests.training.factories import draft_module
from training import enrolments, paths, quizzes
from training.models import Enrolment, ModulePage, ProgressEvent, QuizAttempt

pytestmark = pytest.mark.django_db
Answered = Callable[..., object]


@pytest.fixture
def module() -> ModulePage:
    return make.make_release("T01", lessons=2)[0]


@pytest.fixture
def person() -> User:
    return make.learner()


@pytest.fixture
def web(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def enrolment(module: ModulePage, person: User) -> Enrolment:
    return enrolments.enrol(person=person, module=module)


def html(response: object) -> str:
    assert response.status_code == 200, response  # type: ignore[attr-defined]
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def check(enrolment: Enrolment, number: int = 1) -> tuple[int, ...]:
    return make.outline_of(enrolment).lessons[number - 1].questions


def test_the_module_page_says_what_it_is_and_starts_by_a_button(
    web: Client, module: ModulePage
) -> None:
    page = html(web.get("/training/t01/"))
    assert "What T01 is about." in page
    assert "Start" in page
    assert "Who can see my result" in page
    assert "Draft for staff, legal and survivor review" in page
    assert "<title>Module T01 - Team Portal</title>" in page
    assert not Enrolment.objects.exists()
    assert web.post("/training/t01/").url == "/training/t01/1/"  # type: ignore[attr-defined]
    assert "Continue with lesson 1" in html(web.get("/training/t01/"))


def test_a_module_in_preparation_shows_its_outline_and_no_start(web: Client) -> None:
    page = draft_module(
        "T02",
        is_in_preparation=True,
        planned_lessons=[{"type": "line", "value": "The first idea"}],
        lessons=0,
        quiz=[],
    )
    page.live = True
    page.save()
    shown = html(web.get("/training/t02/"))
    assert "In preparation" in shown
    assert "The first idea" in shown
    assert "Start</button>" not in shown
    assert web.post("/training/t02/").status_code == 404
    assert not Enrolment.objects.exists()


def test_an_audience_of_others_is_a_404(web: Client) -> None:
    make.make_release("T03", audience="staff")
    for address in ("/training/t03/", "/training/t03/1/", "/training/t03/quiz/"):
        assert web.get(address).status_code == 404
        assert web.post(address, {}).status_code == 404


def test_without_an_enrolment_lessons_and_quiz_lead_to_the_module(
    web: Client, module: ModulePage
) -> None:
    for address in ("/training/t01/1/", "/training/t01/quiz/", "/training/t01/done/"):
        assert web.get(address).url == "/training/t01/"  # type: ignore[attr-defined]
    assert web.post("/training/t01/1/", {"key": str(uuid4())}).url == "/training/t01/"  # type: ignore[attr-defined]
    assert not ProgressEvent.objects.exists()


def test_opening_pages_stores_nothing(web: Client, enrolment: Enrolment) -> None:
    for address in ("", "1/", "2/", "quiz/", "done/"):
        html(web.get(f"/training/t01/{address}"))
    assert not ProgressEvent.objects.exists()
    assert not QuizAttempt.objects.exists()


def test_a_lesson_has_a_neutral_title_and_a_place_in_the_module(
    web: Client, enrolment: Enrolment
) -> None:
    page = html(web.get("/training/t01/2/"))
    assert "<title>Lesson 2 of 2, module T01 - Team Portal</title>" in page
    assert "Main text of lesson 2." in page
    assert web.get("/training/t01/3/").status_code == 404


def test_both_versions_stand_in_one_page_and_ask_for_nothing(web: Client, person: User) -> None:
    module, _release = make.make_release("T05", lessons=1, sensitivity=2)
    enrolments.enrol(person=person, module=module)
    page = html(web.get("/training/t05/1/"))
    assert "Read the other version (same length, less detail)" in page
    assert "Main text of lesson 1." in page
    details = page[
        page.index('<details class="other-version"') : page.index('<div class="prose" id="text">')
    ]
    assert "Other text of lesson 1." in details
    assert "hx-" not in details
    assert "<form" not in details


def test_a_failed_check_keeps_the_choices_and_says_a_word_beside_each(
    web: Client, enrolment: Enrolment
) -> None:
    question = check(enrolment)[0]
    chosen = make.wrong([question])
    answer = web.post("/training/t01/1/", make.posted(uuid4(), chosen))
    assert answer.url == "/training/t01/1/#check"  # type: ignore[attr-defined]
    page = html(web.get("/training/t01/1/"))
    assert "Not yet right" in page
    assert f'value="{chosen[question][0]}" id="q{question}-' in page
    assert page.count(" checked") == 1
    assert "Feedback 1" in page
    done = web.post("/training/t01/1/", make.posted(uuid4(), make.right([question])))
    assert done.url == "/training/t01/1/#check"  # type: ignore[attr-defined]
    page = html(web.get("/training/t01/1/"))
    assert "this lesson is done" in page
    assert 'href="/training/t01/2/"' in page


def test_an_unanswered_question_is_named_and_the_other_choices_are_kept(
    web: Client, enrolment: Enrolment
) -> None:
    attempt = quizzes.start(enrolment)
    first, second = attempt.question_ids
    chosen = make.wrong([first])
    page = html(web.post("/training/t01/quiz/", make.posted(uuid4(), chosen)))
    assert f'href="#q{second}"' in page
    assert page.count(" checked") == 1
    attempt.refresh_from_db()
    assert attempt.closed_at is None


def test_no_right_answer_leaves_the_server_before_the_quiz_is_passed(
    web: Client, enrolment: Enrolment
) -> None:
    """The right option of each question is the first; its feedback is "Feedback 0"."""
    pages = [html(web.get(f"/training/t01/{part}")) for part in ("", "1/", "2/", "quiz/")]
    web.post("/training/t01/1/", make.posted(uuid4(), make.wrong(check(enrolment))))
    pages.append(html(web.get("/training/t01/1/")))
    web.post("/training/t01/quiz/", {"start": "1"})
    pages.append(html(web.get("/training/t01/quiz/")))
    attempt = quizzes.open_attempt(enrolment)
    assert attempt is not None
    wrong = make.wrong(attempt.question_ids)
    web.post("/training/t01/quiz/", make.posted(uuid4(), wrong))
    pages.append(html(web.get("/training/t01/quiz/")))
    assert "Feedback 1" in pages[-1]
    for page in pages:
        assert "Feedback 0" not in page
        assert "A right answer" not in page
        assert not re.search(r"data-\w+=\"?(true|right|correct)", page)
        assert '"correct"' not in page
    web.post("/training/t01/quiz/", {"start": "1"})
    again = quizzes.open_attempt(enrolment)
    assert again is not None
    web.post("/training/t01/quiz/", make.posted(uuid4(), make.right(again.question_ids)))
    passed = html(web.get("/training/t01/quiz/"))
    assert passed.count("A right answer") == 2
    assert "Feedback 0" in passed


def test_score_and_pass_from_the_client_count_for_nothing(
    web: Client, enrolment: Enrolment
) -> None:
    attempt = quizzes.start(enrolment)
    data = make.posted(uuid4(), make.wrong(attempt.question_ids))
    web.post("/training/t01/quiz/", {**data, "score": "100", "passed": "true", "pass_mark": "0"})
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)


def test_a_double_click_hands_in_once(web: Client, enrolment: Enrolment) -> None:
    data = make.posted(uuid4(), make.right(check(enrolment)))
    first, second = (web.post("/training/t01/1/", data) for _ in range(2))
    assert first.url == second.url  # type: ignore[attr-defined]
    assert ProgressEvent.objects.count() == 1


def test_progress_of_another_person_cannot_be_written(
    web: Client, module: ModulePage, enrolment: Enrolment
) -> None:
    """There is no address with an enrolment's id; another's key is a 404 and changes nothing."""
    other = enrolments.enrol(person=make.learner(), module=module)
    key = uuid4()
    make.do_lesson(other, 1, key=key)
    data = make.posted(key, make.right(check(enrolment)))
    assert web.post("/training/t01/1/", {**data, "enrolment": other.pk}).status_code == 404
    assert not enrolment.events.exists()
    assert other.events.count() == 1


def test_the_end_of_a_module_says_what_is_left_then_what_was_achieved(
    web: Client, module: ModulePage, person: User, enrolment: Enrolment
) -> None:
    make.do_lesson(enrolment, 1)
    left = html(web.get("/training/t01/done/"))
    assert "This is what is left" in left
    assert "2. Lesson 2" in left
    assert "1. Lesson 1" not in left
    assert "Quiz" in left
    make.complete(person, module)
    done = html(web.get("/training/t01/done/"))
    assert "You have completed this module" in done
    assert "It is being made" in done
    assert "good place to pause" in done


def test_signed_out_in_the_middle_the_answers_come_back_to_be_sent_again(
    web: Client, enrolment: Enrolment, person: User
) -> None:
    data = make.posted(uuid4(), make.right(check(enrolment)))
    web.logout()
    held = web.post("/training/t01/1/", data)
    assert held.status_code == 403
    page = held.content.decode()
    for name, value in data.items():
        one = value[0] if isinstance(value, list) else value
        assert f'<input type="hidden" name="{name}" value="{one}">' in page
    assert "/accounts/login/?next=/training/t01/1/" in page
    assert not ProgressEvent.objects.exists()
    web.force_login(person)
    assert web.post("/training/t01/1/", data).status_code == 302
    assert ProgressEvent.objects.count() == 1


def test_a_stale_token_holds_the_answers_and_the_fresh_one_sends_them(
    module: ModulePage, enrolment: Enrolment, person: User
) -> None:
    web = Client(enforce_csrf_checks=True)
    web.force_login(person)
    data = make.posted(uuid4(), make.right(check(enrolment)))
    held = web.post("/training/t01/1/", {**data, "csrfmiddlewaretoken": "x" * 32})
    assert held.status_code == 403
    assert not ProgressEvent.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', held.content.decode())
    assert token is not None
    sent = web.post("/training/t01/1/", {**data, "csrfmiddlewaretoken": token[1]})
    assert sent.status_code == 302
    assert ProgressEvent.objects.count() == 1


@pytest.mark.parametrize("lessons", [2, 8])
def test_the_pages_ask_the_same_number_of_queries_at_any_size(
    web: Client, person: User, lessons: int, django_assert_max_num_queries: Answered
) -> None:
    module, _release = make.make_release("T09", lessons=lessons)
    enrolment = enrolments.enrol(person=person, module=module)
    for number in range(1, lessons):
        make.do_lesson(enrolment, number)
    quizzes.start(enrolment)
    web.get("/training/t09/")  # caches of the frame
    for address in ("", "1/", "quiz/", "done/"):
        with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
            html(web.get(f"/training/t09/{address}"))


def test_a_withdrawn_module_stays_open_to_who_started_it(
    web: Client, module: ModulePage, enrolment: Enrolment, client: Client
) -> None:
    module.unpublish()
    html(web.get("/training/t01/1/"))
    other = Client()
    other.force_login(make.learner())
    assert other.get("/training/t01/").status_code == 404


def test_paths_know_minutes_left(person: User, enrolment: Enrolment, module: ModulePage) -> None:
    left = paths.of(person, module).minutes_left
    make.do_lesson(enrolment, 1)
    after = paths.of(person, module)
    assert after.next_step is not None
    assert after.next_step.number == 2
    assert after.minutes_left < left
    assert reverse("lesson", args=["t01", 2]) == "/training/t01/2/"
