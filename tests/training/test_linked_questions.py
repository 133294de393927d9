"""The same questions before a module, in its quiz and six months later; and what they measure."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import outbox
from portal.people.models import User
from tests.training import learning_factories as make
from tests.training.factories import linked_quiz, make_module, question
from training import enrolments, follow_ups, gains, nudges, quizzes
from training.models import Completion, Enrolment, FollowUp, ModulePage, QuizAttempt

pytestmark = pytest.mark.django_db
Kind = QuizAttempt.Kind


@pytest.fixture
def module() -> ModulePage:
    quiz = [
        *linked_quiz("T01", "single", "matching"),
        {"type": "question", "value": question("T01", "quiz", 9), "id": "q9"},
    ]
    return make_module("T01", 1, quiz=quiz)[0]


def completed(module: ModulePage, *, days: int = 185, **traits: object) -> Completion:
    return make.complete(make.learner(**traits), module, at=timezone.now() - timedelta(days=days))


def answer(enrolment: Enrolment, kind: Kind, *, right: bool) -> QuizAttempt:
    attempt = quizzes.start(enrolment, kind)
    pick = make.right if right else make.wrong
    return quizzes.submit(enrolment, kind, key=uuid4(), chosen=pick(attempt.question_ids))


def test_before_the_module_only_the_linked_questions_are_asked_and_nothing_is_told(
    module: ModulePage, client: Client
) -> None:
    person = make.learner()
    client.force_login(person)
    assert client.post("/training/t01/", {"before": "1"}).url == "/training/t01/before/"
    client.post("/training/t01/before/", {"start": "1"})
    enrolment = enrolments.find(person, module)
    assert enrolment is not None
    attempt = quizzes.open_attempt(enrolment, Kind.BEFORE)
    assert attempt is not None
    assert len(attempt.question_ids) == 2
    fields = make.posted(uuid4(), make.wrong(attempt.question_ids))
    page = client.post("/training/t01/before/", fields, follow=True).content.decode()
    assert "Thank you" in page
    for word in ("Right", "Not yet right", "Feedback", "of 2"):
        assert word not in page.replace("Right or wrong is said", "")
    assert Completion.objects.count() == 0


def test_what_was_asked_before_does_not_count_as_the_quiz(module: ModulePage) -> None:
    enrolment = enrolments.enrol(person=make.learner(), module=module)
    answer(enrolment, Kind.BEFORE, right=True)
    make.do_lesson(enrolment, 1)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_it_is_asked_once_and_only_before_anything_was_read(module: ModulePage) -> None:
    first = enrolments.enrol(person=make.learner(), module=module)
    attempt = answer(first, Kind.BEFORE, right=False)
    assert quizzes.start(first, Kind.BEFORE) == attempt
    second = enrolments.enrol(person=make.learner(), module=module)
    make.do_lesson(second, 1)
    with pytest.raises(quizzes.NoQuiz):
        quizzes.start(second, Kind.BEFORE)


def test_six_months_later_the_person_is_told_once(module: ModulePage) -> None:
    due = completed(module)
    completed(module, days=170)
    completed(module, days=300)  # past what a standing still of the nightly work explains
    mail.outbox.clear()
    assert follow_ups.invite() == 1
    assert follow_ups.invite() == 0
    outbox.deliver_all()
    outbox.deliver_all()
    row = FollowUp.objects.get()
    assert row.enrolment == due.enrolment
    [message] = [m for m in mail.outbox if m.to == [due.person.email]]
    assert "/training/t01/later/" in message.body
    assert module.title not in message.subject + message.body


def test_the_due_day_is_six_months_on_in_our_time_zone(module: ModulePage) -> None:
    """31 August at 23:30 in Boston is 1 September in UTC; six months on is 28 February."""
    at = timezone.make_aware(datetime(2026, 8, 31, 23, 30))
    completion = make.complete(make.learner(), module, at=at)
    assert follow_ups._make(completion, follow_ups.due_on(completion))
    assert FollowUp.objects.get().due_on == date(2027, 2, 28)


@pytest.mark.parametrize("how", ["stopped", "left", "declined"])
def test_nobody_is_told_who_would_rather_not(module: ModulePage, how: str) -> None:
    person: User = completed(module).person
    if how == "stopped":
        nudges.wish(person, stop=True)
    if how == "left":
        User.objects.filter(pk=person.pk).update(is_active=False)
    follow_ups.invite()
    if how == "declined":
        follow_ups.decline(FollowUp.objects.get())
    mail.outbox.clear()
    outbox.deliver_all()
    assert [m for m in mail.outbox if m.to == [person.email]] == []


def test_later_everything_is_shown_and_what_was_missed_can_be_practised(
    module: ModulePage, client: Client
) -> None:
    completion = completed(module)
    enrolment, person = completion.enrolment, completion.person
    before = Completion.objects.values().get()
    client.force_login(person)
    assert client.get("/training/t01/later/").status_code == 404
    follow_ups.invite()
    assert "Six months later" in client.get("/").content.decode()
    assert "Six months later" in client.get("/training/t01/").content.decode()
    answer(enrolment, Kind.LATER, right=False)
    page = client.get("/training/t01/later/").content.decode()
    assert "0 of 2 right" in page
    assert "A right answer" in page
    assert "Six months later" not in client.get("/").content.decode()
    client.post("/training/t01/again/", {"start": "1"})
    attempt = quizzes.open_attempt(enrolment, Kind.AGAIN)
    assert attempt is not None
    half = {
        **make.right(attempt.question_ids[:1]),
        **make.wrong(attempt.question_ids[1:]),
    }
    quizzes.submit(enrolment, Kind.AGAIN, key=uuid4(), chosen=half)
    assert "1 question is left" in client.get("/training/t01/again/").content.decode()
    answer(enrolment, Kind.AGAIN, right=True)
    assert "All right now" in client.get("/training/t01/again/").content.decode()
    assert quizzes.missed(enrolment, make.outline_of(enrolment)) == []
    assert Completion.objects.values().get() == before


def test_leaving_it_out_takes_it_off_the_pages(module: ModulePage, client: Client) -> None:
    completion = completed(module)
    follow_ups.invite()
    client.force_login(completion.person)
    client.post("/training/t01/later/decline/")
    assert "Six months later" not in client.get("/").content.decode()
    assert client.get("/training/t01/later/").status_code == 404


def test_the_gain_is_counted_by_hand(module: ModulePage) -> None:
    """Six people: before, two of them right; at the first quiz, five; later, four of five."""
    start = timezone.now() - timedelta(days=185)
    for n in range(6):
        enrolment = enrolments.enrol(person=make.learner(), module=module, at=start)
        answer(enrolment, Kind.BEFORE, right=n < 2)
        make.do_lesson(enrolment, 1)
        answer(enrolment, Kind.QUIZ, right=n < 5)
        answer(enrolment, Kind.QUIZ, right=True)  # a second try is no measure
        if n < 5:
            FollowUp.objects.create(enrolment=enrolment, due_on=timezone.localdate())
            answer(enrolment, Kind.LATER, right=n < 4)
    make.complete(make.learner(), module)  # who answered nothing before is left out
    whole = gains.of(module).whole
    assert (whole.people, whole.before, whole.after, whole.gain) == (6, 33, 83, 50)
    assert (whole.people_later, whole.later, whole.after_of_later, whole.change) == (
        5,
        80,
        100,
        -20,
    )
    assert [q.gain for q in gains.of(module).questions] == [50, 50]


def test_nothing_is_shown_of_fewer_than_five(module: ModulePage, client: Client) -> None:
    for _ in range(4):
        enrolment = enrolments.enrol(person=make.learner(), module=module)
        answer(enrolment, Kind.BEFORE, right=True)
        answer(enrolment, Kind.QUIZ, right=True)
    whole = gains.of(module).whole
    assert (whole.before, whole.after) == (None, None)
    client.force_login(make.learner(roles=("manager",), center=None))
    assert "fewer than five" in client.get("/training/outcomes/").content.decode()
    assert "Fewer than five people yet" in client.get("/training/outcomes/t01/").content.decode()


def test_the_pages_ask_the_same_number_of_queries_for_few_and_many(
    module: ModulePage, client: Client
) -> None:
    client.force_login(make.learner(roles=("manager",), center=None))

    def count() -> tuple[int, int]:
        sizes = []
        for address in ("/training/outcomes/", "/training/outcomes/t01/"):
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                client.get(address)
            sizes.append(len(found))
        return sizes[0], sizes[1]

    def person() -> None:
        enrolment = enrolments.enrol(person=make.learner(), module=module)
        answer(enrolment, Kind.BEFORE, right=True)
        answer(enrolment, Kind.QUIZ, right=False)

    person()
    few = count()
    for _ in range(6):
        person()
    assert count() == few
