"""Evaluations of sessions: who gave one and what was said can be joined by nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import Event
from tests.factories import UserFactory
from tests.training.credit_making import SAID
from tests.training.session_factories import be_there, make_held, make_session
from tests.world import World
from training import attendance, evaluations
from training.models import (
    Attendance,
    CreditAward,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    LiveSession,
)

pytestmark = pytest.mark.django_db


def crowd(session: LiveSession, count: int) -> list[object]:
    people = [UserFactory(center="essex") for _ in range(count)]
    for person in people:
        be_there(session, person)
    return people


def test_only_who_was_there_says_how_it_was_and_once(world: World) -> None:
    session = make_held(world.trainer, world.member)
    assert evaluations.give_of_session(world.member, session, said=SAID)
    assert not evaluations.give_of_session(world.member, session, said=SAID)
    assert not evaluations.give_of_session(world.coordinator, session, said=SAID)
    assert EvaluationDone.objects.count() == 1
    coming = make_session(world.trainer, days=-0.01)
    be_there(coming, world.member)
    assert not evaluations.may_evaluate(world.member, coming)


def test_who_was_marked_as_not_there_says_nothing(world: World) -> None:
    session = make_held(world.trainer, world.member)
    attendance.correct(
        session.attendances.get(), [], reason=Attendance.Reason.NOT_THERE, by=world.trainer
    )
    assert not evaluations.may_evaluate(world.member, session)


def test_answers_come_in_by_fives_and_are_shown_to_who_led_it(world: World) -> None:
    session = make_held(world.trainer)
    people = crowd(session, 5)
    for number, person in enumerate(people):
        assert evaluations.results(world.trainer, session) is None
        evaluations.give_of_session(person, session, said={**SAID, "text": f"Word {number}"})
    for reader in (world.trainer, world.manager):
        found = evaluations.results(reader, session)
        assert found is not None
        assert found.count == 5
    assert evaluations.results(world.author, session) is None
    assert evaluations.results(world.member, session) is None


def test_sorting_on_any_column_pairs_nobody(world: World) -> None:
    """Ten people answer in a known order, each with a word of their own.

    No column of either table, in either direction, brings the words into the order of the people;
    were there a trace of it, all ten would stand in a row.
    """
    session = make_held(world.trainer)
    people = crowd(session, 10)
    for number, person in enumerate(people):
        evaluations.give_of_session(person, session, said={**SAID, "text": f"Word {number:02}"})
    words = [f"Word {number:02}" for number in range(10)]
    order = [person.pk for person in people]  # type: ignore[attr-defined]
    orders: list[list[str]] = []
    for name in [f.name for f in EvaluationAnswer._meta.concrete_fields if f.name != "text"]:
        for sign in ("", "-"):
            rows = EvaluationAnswer.objects.order_by(f"{sign}{name}")
            orders.append(list(rows.values_list("text", flat=True)))
    said = dict(zip(order, words, strict=True))
    for name in [f.name for f in EvaluationDone._meta.concrete_fields]:
        marks = EvaluationDone.objects.order_by(name).values_list("person", flat=True)
        paired = [said[pk] for pk in marks]
        assert paired not in orders
        assert paired[::-1] not in orders
    assert words not in orders
    assert words[::-1] not in orders
    columns = {f.name for f in EvaluationDone._meta.concrete_fields}
    assert columns == {"id", "enrolment", "session", "person"}
    assert not Event.objects.filter(kind__contains="evaluat").exists()


def test_what_is_left_is_written_when_the_month_has_ended(world: World) -> None:
    session = make_held(world.trainer)
    for person in crowd(session, 2):
        evaluations.give_of_session(person, session, said=SAID)
    EvaluationHeld.objects.update(month=timezone.localdate().replace(day=1) - timedelta(days=20))
    evaluations.write_rest()
    assert {row.month for row in EvaluationAnswer.objects.all()} == {None}
    assert EvaluationAnswer.objects.filter(session=session).count() == 2


def test_answers_of_a_session_and_of_a_module_stay_apart(world: World) -> None:
    one, two = make_held(world.trainer), make_held(world.trainer)
    for session in (one, two):
        for person in crowd(session, 3):
            evaluations.give_of_session(person, session, said=SAID)
    assert EvaluationAnswer.objects.count() == 0
    assert EvaluationHeld.objects.count() == 2
    assert not CreditAward.objects.exists()


def test_the_pages(world: World) -> None:
    session = make_held(world.trainer, world.member)
    client = Client()
    client.force_login(world.member)
    path = f"/training/sessions/{session.pk}/evaluation/"
    assert "What was this session like?" in client.get(path).content.decode()
    kept = client.post(path, {"text": "Please call 978-555-0142"})
    assert kept.context["form"].errors
    thanked = client.post(path, SAID, follow=True).content.decode()
    assert "You have evaluated this session" in thanked
    assert "Thank you" in client.post(path, SAID).content.decode()
    client.force_login(world.coordinator)
    assert "comes after the session" in client.get(path).content.decode()
    client.force_login(world.trainer)
    results = client.get(f"/training/sessions/{session.pk}/results/").content.decode()
    assert "Fewer than five answers" in results
