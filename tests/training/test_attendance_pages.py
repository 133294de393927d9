"""The pages of who leads a session, and checking in, address by address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import User
from tests.factories import UserFactory
from tests.training.session_factories import fill, make_held, make_session
from tests.world import World
from training import attendance
from training.models import Attendance, Completion, LiveSession, RequirementRule

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(**changes: object) -> dict[str, object]:
    return {
        "topics": ["trauma", "victims-rights"],
        "objectives": "Name two signs.\nPlan a hand-off.",
        "rules": [RequirementRule.objects.get(slug="csec-mdt-14").pk],
        "threshold": 90,
        "pause_minutes": 10,
        "funding": "voca",
        **changes,
    }


def test_a_member_checks_in_with_the_code(world: World) -> None:
    session = make_session(world.trainer, days=-0.001)
    client, at = as_(world.member), f"/training/sessions/{session.pk}/"
    assert 'value="123456"' in client.get(f"{at}?code=123456").content.decode()
    assert not Attendance.objects.exists()
    wrong = client.post(at, {"action": "check_in", "code": "654321"})
    assert wrong.status_code == 422
    assert "That is not the code" in wrong.content.decode()
    assert 'value="654321"' in wrong.content.decode()
    right = client.post(at, {"action": "check_in", "code": "123456"}, follow=True)
    assert "You are recorded as being there" in right.content.decode()
    assert Attendance.objects.get().person == world.member


def test_who_tries_one_code_after_the_other_is_stopped(world: World) -> None:
    session = make_session(world.trainer, days=-0.001)
    client, at = as_(world.member), f"/training/sessions/{session.pk}/"
    codes = [client.post(at, {"action": "check_in", "code": f"{n:06}"}) for n in range(25)]
    assert codes[-1].status_code == 429
    assert not Attendance.objects.exists()


def test_the_code_is_shown_to_who_leads_alone(world: World) -> None:
    session = make_session(world.trainer)
    text = as_(world.trainer).get(f"/training/sessions/{session.pk}/code/").content.decode()
    assert "123 456" in text
    assert (
        "123456" not in as_(world.member).get(f"/training/sessions/{session.pk}/").content.decode()
    )


def test_what_it_counts_for_is_saved_and_shown(world: World) -> None:
    session = make_session(world.trainer)
    client, at = as_(world.trainer), f"/training/sessions/{session.pk}/credit/"
    answer = client.post(at, said())
    assert answer.status_code == 302
    session.refresh_from_db()
    assert (session.threshold, session.pause_minutes, session.funding) == (90, 10, "voca")
    shown = as_(world.member).get(f"/training/sessions/{session.pk}/").content.decode()
    assert "50 min for CSEC training of the team, 14 hours" in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("threshold", 0),
        ("threshold", 101),
        ("pause_minutes", 60),
        ("pause_minutes", ""),
        ("topics", ["anything"]),
        ("rules", ["9" * 40]),
        ("funding", "mine"),
        ("objectives", "Ask 978-555-0142"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(world: World, field: str, value: object) -> None:
    session = make_session(world.trainer)
    answer = as_(world.trainer).post(
        f"/training/sessions/{session.pk}/credit/", said(**{field: value})
    )
    assert field in answer.context["form"].errors
    session.refresh_from_db()
    assert session.threshold == 80


def test_a_licence_needs_its_approval_and_is_the_managers(world: World) -> None:
    session = make_session(world.trainer)
    at = f"/training/sessions/{session.pk}/credit/"
    licence = RequirementRule.objects.get(slug="licsw").pk
    assert as_(world.trainer).post(at, said(rules=[licence])).context["form"].errors["rules"]
    missing = as_(world.manager).post(at, said(rules=[licence]))
    assert missing.context["form"].errors["approval_number"]
    saved = as_(world.manager).post(at, said(rules=[licence], approval_number="NASW-55"))
    assert saved.status_code == 302
    assert session.offers.get().approval_number == "NASW-55"


def test_what_is_settled_is_no_longer_changed(world: World) -> None:
    session = make_held(world.trainer, world.member)
    attendance.settle(session, by=world.trainer)
    at = f"/training/sessions/{session.pk}/credit/"
    assert "Attendance is credit already" in as_(world.trainer).post(at, said()).content.decode()
    assert not session.offers.exists()


def test_the_trainer_ticks_adds_corrects_and_settles(world: World) -> None:
    session = make_session(world.trainer, days=-1)
    fill(session, world.member, world.other_member)
    client, at = as_(world.trainer), f"/training/sessions/{session.pk}/people/"
    text = client.get(at).content.decode()
    assert "2 people registered and not recorded" in text
    assert "It counts for no requirement yet." in text
    client.post(at, {"there": [world.member.pk, "x", "9" * 30]})
    new = {"first_name": "Noor", "last_name": "Walker", "email": "noor.walker@example.org"}
    client.post(f"{at}add/", new)
    assert session.attendances.count() == 2
    record = session.attendances.get(person=world.member)
    begin = timezone.localtime(session.starts_at)
    typed = {
        "was_there": "1",
        "from_1": begin.strftime("%H:%M"),
        "to_1": (begin + timedelta(minutes=20)).strftime("%H:%M"),
        "reason": "left_early",
        "record": record.pk,
    }
    if begin.hour < 23:
        assert client.post(f"{at}{record.pk}/", typed).status_code == 302
        assert session.attendances.current().get(person=world.member).minutes in (19, 20)
    done = client.post(f"/training/sessions/{session.pk}/settle/", follow=True)
    assert "Attendance became credit on" in done.content.decode()
    assert Completion.objects.filter(attendance__session=session).count() >= 1


def test_a_walk_in_with_a_fault_is_kept_in_the_form(world: World) -> None:
    session = make_held(world.trainer)
    answer = as_(world.trainer).post(
        f"/training/sessions/{session.pk}/people/add/",
        {"first_name": "Noor", "last_name": "Walker", "email": "noor@gmail.com"},
    )
    assert answer.status_code == 422
    assert 'value="Noor"' in answer.content.decode()
    assert "email" in answer.context["form"].errors


def test_a_stale_correction_shows_what_changed_and_keeps_what_was_typed(world: World) -> None:
    session = make_held(world.trainer, world.member)
    first = session.attendances.get()
    attendance.correct(first, [], reason=Attendance.Reason.NOT_THERE, by=world.manager)
    client = as_(world.trainer)
    at = f"/training/sessions/{session.pk}/people/{first.pk}/"
    typed = {"was_there": "0", "reason": "wrong_person", "record": first.pk}
    answer = client.post(at, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The record changed while you were here" in text
    assert "It now says 0 min" in text
    assert session.attendances.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_1": ""}, "from_1"),
        ({"to_1": "00:00"}, "to_1"),
        ({"reason": ""}, "reason"),
        ({"from_1": "", "to_1": ""}, "from_1"),
        ({"from_2": "25:99"}, "from_2"),
    ],
)
def test_a_correction_with_a_fault_says_so(
    world: World, changes: dict[str, str], field: str
) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    session = make_held(world.trainer, world.member, starts_at=noon - timedelta(days=1))
    row = session.attendances.get()
    typed = {
        "was_there": "1",
        "from_1": "12:00",
        "to_1": "12:30",
        "reason": "left_early",
        "record": row.pk,
    }
    answer = as_(world.trainer).post(
        f"/training/sessions/{session.pk}/people/{row.pk}/", {**typed, **changes}
    )
    assert field in answer.context["form"].errors
    assert session.attendances.count() == 1


def test_who_does_not_lead_it_finds_none_of_these_pages(world: World) -> None:
    session = make_held(world.trainer, world.member)
    other = UserFactory(center="essex", roles=("trainer",))
    for person in (other, world.member, world.coordinator):
        client = as_(person)
        for rest in ("people/", "credit/", "code/", "meeting/", "results/"):
            assert client.get(f"/training/sessions/{session.pk}/{rest}").status_code == 404
        assert client.post(f"/training/sessions/{session.pk}/settle/").status_code == 404
    assert not LiveSession.objects.filter(settled_at__isnull=False).exists()


@pytest.mark.parametrize("size", [2, 20])
def test_the_list_of_who_came_costs_the_same_at_any_size(
    size: int, world: World, django_assert_max_num_queries
) -> None:
    session = make_held(world.trainer, *(UserFactory() for _ in range(size)))
    fill(session, *(UserFactory() for _ in range(size)))
    client = as_(world.trainer)
    client.get(f"/training/sessions/{session.pk}/people/")
    with django_assert_max_num_queries(14):
        client.get(f"/training/sessions/{session.pk}/people/")


def test_who_paid_can_be_said_of_what_is_settled_and_nothing_else(world: World) -> None:
    session = make_held(world.trainer, world.member)
    attendance.settle(session, by=world.trainer)
    at = f"/training/sessions/{session.pk}/credit/"
    older = as_(world.trainer).post(at, said(funding="cja", threshold=10))
    assert older.status_code == 200  # a form of before it was settled says nothing
    session.refresh_from_db()
    assert (session.funding, session.threshold) == ("", 80)
    for nothing in ("none", ""):
        assert as_(world.trainer).post(at, {"paid-funding": nothing}).status_code == 200
    assert as_(world.trainer).post(at, {"paid-funding": "voca"}).status_code == 302
    session.refresh_from_db()
    assert session.funding == "voca"
    assert 'value="voca" selected' in as_(world.manager).get(at).content.decode()
    assert as_(world.member).post(at, {"paid-funding": "cja"}).status_code == 404
