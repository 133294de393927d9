"""What a learner does is kept once, scored by the server, and ends in one completion."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect, Event
from portal.people.models import PersonAlias
from tests.training import learning_factories as make
from tests.training.factories import draft_module, lesson, publish
from training import answers, completions, enrolments, progress, quizzes
from training.models import (
    Certificate,
    Completion,
    CompletionAnnulment,
    Enrolment,
    LessonProgress,
    ModulePage,
    ProgressEvent,
    QuizAttempt,
    Response,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> ModulePage:
    return make.make_release("T01", lessons=2)[0]


@pytest.fixture
def enrolment(module: ModulePage) -> Enrolment:
    return enrolments.enrol(person=make.learner(), module=module)


def test_from_start_to_certificate(module: ModulePage) -> None:
    person = make.learner()
    completion = make.complete(person, module)
    assert completion.minutes == completion.release.minutes
    assert completion.discipline == person.discipline
    assert completion.center is not None
    assert completion.center.slug == "essex"
    assert completion.enrolment.completed_at == completion.completed_at
    assert Effect.objects.filter(kind="training.certificate").count() == 1
    outbox.deliver_all()
    certificate = Certificate.objects.get(completion=completion)
    assert certificate.is_ready
    kinds = ["training.enrolled", "training.completed", "training.certified"]
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]


def test_starting_twice_gives_the_same_enrolment(module: ModulePage) -> None:
    person = make.learner()
    first = enrolments.enrol(person=person, module=module)
    assert enrolments.enrol(person=person, module=module) == first
    assert Event.objects.filter(kind="training.enrolled").count() == 1


def test_a_module_in_preparation_withdrawn_or_for_others_cannot_be_started(
    module: ModulePage,
) -> None:
    draft = draft_module("T02", is_in_preparation=True)
    staff_only = make.make_release("T03", audience="staff")[0]
    module.unpublish()
    module.refresh_from_db()
    for refused in (draft, module, staff_only):
        with pytest.raises(enrolments.NotOpen):
            enrolments.enrol(person=make.learner(), module=refused)
    assert not Enrolment.objects.exists()


def test_a_lesson_is_done_when_it_is_read_and_its_check_is_all_right(enrolment: Enrolment) -> None:
    lesson = make.outline_of(enrolment).lessons[0]
    failed = progress.record(
        enrolment, lesson_id=lesson.id, key=uuid4(), answers=make.wrong(lesson.questions)
    )
    assert not failed.is_done
    assert failed.verdict.missing[0].what == "check"
    assert not LessonProgress.objects.exists()
    assert make.do_lesson(enrolment, 1).is_done
    assert LessonProgress.objects.get().lesson_id == lesson.id


def test_a_failed_try_after_a_passed_one_takes_nothing_away(enrolment: Enrolment) -> None:
    make.do_lesson(enrolment, 1)
    before = LessonProgress.objects.get()
    lesson = make.outline_of(enrolment).lessons[0]
    wrong = make.wrong(lesson.questions)
    outcome = progress.record(enrolment, lesson_id=lesson.id, key=uuid4(), answers=wrong)
    assert outcome.verdict.done == 1
    assert LessonProgress.objects.get().completed_at == before.completed_at


def test_the_same_key_again_changes_nothing_and_gets_the_same_outcome(
    enrolment: Enrolment,
) -> None:
    lesson = make.outline_of(enrolment).lessons[0]
    key = uuid4()
    first = progress.record(
        enrolment, lesson_id=lesson.id, key=key, answers=make.wrong(lesson.questions)
    )
    again = progress.record(
        enrolment, lesson_id=lesson.id, key=key, answers=make.right(lesson.questions)
    )
    assert again.attempt == first.attempt
    assert again.verdict == first.verdict
    assert (ProgressEvent.objects.count(), QuizAttempt.objects.count()) == (1, 1)


def test_a_key_of_another_enrolment_is_refused(enrolment: Enrolment, module: ModulePage) -> None:
    key = uuid4()
    make.do_lesson(enrolment, 1, key=key)
    other = enrolments.enrol(person=make.learner(), module=module)
    with pytest.raises(progress.KeyTaken):
        make.do_lesson(other, 1, key=key)
    assert not other.events.exists()


def test_answers_that_are_missing_or_no_options_store_nothing(enrolment: Enrolment) -> None:
    lesson = make.outline_of(enrolment).lessons[0]
    question = lesson.questions[0]
    both = [o["id"] for o in answers.load([question])[0].options][:2]
    for chosen in ({}, {question: []}, {question: ["made up"]}, {question: both}):
        with pytest.raises(answers.Incomplete) as error:
            progress.record(enrolment, lesson_id=lesson.id, key=uuid4(), answers=chosen)
        assert error.value.faults == {question: "choose"}
    assert not QuizAttempt.objects.exists()
    assert not ProgressEvent.objects.exists()


def test_a_lesson_that_the_release_does_not_have_is_refused(enrolment: Enrolment) -> None:
    with pytest.raises(progress.NoSuchLesson):
        progress.record(enrolment, lesson_id="elsewhere", key=uuid4(), answers={})


def test_the_quiz_counts_at_the_pass_mark_that_was_frozen_when_it_began(
    enrolment: Enrolment,
) -> None:
    attempt = quizzes.start(enrolment)
    assert quizzes.start(enrolment) == attempt
    assert attempt.pass_mark == 80
    chosen = {**make.right(attempt.question_ids), **make.wrong(attempt.question_ids[:1])}
    closed = quizzes.submit(enrolment, key=uuid4(), chosen=chosen)
    assert (closed.score, closed.passed) == (50, False)
    assert Response.objects.filter(attempt=closed).count() == 2
    make.pass_quiz(enrolment)
    assert quizzes.latest(enrolment).passed  # type: ignore[union-attr]


def test_a_quiz_handed_in_twice_is_scored_once(enrolment: Enrolment) -> None:
    attempt = quizzes.start(enrolment)
    key = uuid4()
    wrong, right = make.wrong(attempt.question_ids), make.right(attempt.question_ids)
    first = quizzes.submit(enrolment, key=key, chosen=wrong)
    assert quizzes.submit(enrolment, key=key, chosen=right) == first
    with pytest.raises(quizzes.NotStarted):
        quizzes.submit(enrolment, key=uuid4(), chosen=right)
    first.refresh_from_db()
    assert not first.passed


# Rule 1 and 2: a completion is a fact, and learners keep what they began ------------------------


def test_a_completion_can_be_neither_changed_nor_deleted(module: ModulePage) -> None:
    completion = make.complete(make.learner(), module)
    rows = Completion.objects.filter(pk=completion.pk)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        rows.update(minutes=1)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        rows._raw_delete("default")  # Django's own refuses before: an award stands on it
    with pytest.raises(ProtectedError), transaction.atomic():
        rows.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        completion.person.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        module.delete()


def test_an_annulled_completion_leaves_the_record_and_may_be_earned_again(
    module: ModulePage,
) -> None:
    person, by = make.learner(), make.learner()
    first = make.complete(person, module)
    reason = CompletionAnnulment.Reason.ERROR
    completions.annul(completion=first, reason=reason, by=by)
    completions.annul(completion=first, reason=reason, by=by)
    assert not Completion.objects.standing().exists()
    second = make.complete(person, module)
    assert second.enrolment.cycle == 2
    assert Completion.objects.count() == 2


def test_the_bytes_served_to_a_pinned_learner_survive_every_change_of_the_page(
    module: ModulePage, enrolment: Enrolment
) -> None:
    release, outline = progress.served(enrolment)
    make.do_lesson(enrolment, 1)
    module.lessons = [lesson("T01", 3), lesson("T01", 2)]
    module.change_kind = ModulePage.ChangeKind.SUBSTANTIVE
    newer = publish(module)
    module.revisions.all().delete()
    assert newer.number == 2
    enrolment.refresh_from_db()
    assert enrolment.number == 1
    assert progress.served(enrolment) == (release, outline)
    verdict = completions.verdict_of(enrolment, outline)
    assert (verdict.done, verdict.total) == (1, 3)
    assert enrolments.enrol(person=make.learner(), module=module).number == 2


def test_an_editorial_edition_reaches_who_is_under_way_and_counts(
    module: ModulePage, enrolment: Enrolment
) -> None:
    make.do_lesson(enrolment, 1)
    module.summary = "Said better."
    edition = publish(module)
    assert (edition.number, edition.edition) == (1, 2)
    assert progress.served(enrolment)[0] == edition
    make.do_lesson(enrolment, 2)
    make.pass_quiz(enrolment)
    assert Completion.objects.get().release == edition


def test_nobody_who_completed_is_uncompleted_by_a_new_release(module: ModulePage) -> None:
    person = make.learner()
    completion = make.complete(person, module)
    module.lessons = [*module.lessons.raw_data, lesson("T01", 3)]
    publish(module)
    enrolment = enrolments.find(person, module)
    assert enrolment is not None
    assert enrolment.completed_at == completion.completed_at
    assert completions.report_differences() == 0


# Rule 5: the nightly check reports and changes nothing -------------------------------------------


def test_the_nightly_check_reports_a_difference_and_changes_nothing(
    enrolment: Enrolment, caplog: pytest.LogCaptureFixture
) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
    assert completions.report_differences() == 1
    assert f"Enrolment {enrolment.pk}" in caplog.text
    assert not Completion.objects.exists()


# The choice of text leaves no trace ------------------------------------------


def test_who_read_the_other_version_cannot_be_told_from_the_rows() -> None:
    module, _release = make.make_release("T05", lessons=1, sensitivity=2)
    people = [make.learner(), make.learner()]
    start = timezone.now() - timedelta(days=1)
    for person in people:
        make.complete(person, module, at=start)
    ids = {"id", "key", "person", "enrolment", "attempt", "question_ids"}

    def rows(person: object) -> list[dict[str, object]]:
        enrolment = Enrolment.objects.get(person=person)
        found = [enrolment, *enrolment.lessons.all(), *enrolment.events.all()]
        found += [
            *enrolment.attempts.all(),
            *Response.objects.filter(attempt__in=enrolment.attempts.all()).order_by("question"),
        ]
        found += [Completion.objects.get(enrolment=enrolment)]
        return [
            {f.name: f.value_from_object(row) for f in row._meta.fields if f.name not in ids}
            for row in found
        ]

    assert rows(people[0]) == rows(people[1])


# Rule 10: merging two people loses nothing --------------------------------------------------------


def test_what_an_alias_did_counts_for_the_person(module: ModulePage) -> None:
    person, alias, manager = make.learner(), make.learner(), make.learner()
    enrolment = enrolments.enrol(person=alias, module=module)
    PersonAlias.objects.create(alias=alias, person=person, merged_by=manager)
    assert enrolments.enrol(person=person, module=module) == enrolment
