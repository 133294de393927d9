"""Live sessions: places are never given twice, and everyone sees what is theirs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Event
from portal.people import demo
from portal.people.models import PersonAlias
from tests.factories import UserFactory
from tests.training.session_factories import facts_of, fill, make_session
from tests.world import World
from training import calendar_file, demo_sessions, policies, sessions
from training.models import LiveSession, Registration

pytestmark = pytest.mark.django_db


def taken(session: LiveSession) -> int:
    return session.registrations.open().count()


def test_registering_twice_takes_one_place_and_sends_one_mail(world: World) -> None:
    session = make_session(world.trainer)
    first = sessions.register(world.member, session)
    assert sessions.register(world.member, session) == first
    outbox.deliver_all()
    assert (taken(session), len(mail.outbox)) == (1, 1)
    assert Event.objects.filter(kind="training.session_registered").count() == 1


def test_a_confirmation_names_neither_the_title_nor_the_person(world: World) -> None:
    session = make_session(world.trainer)
    sessions.register(world.member, session)
    outbox.deliver_all()
    text = mail.outbox[0].subject + str(mail.outbox[0].body)
    assert session.title not in text
    assert world.member.last_name not in text
    assert f"/training/sessions/{session.pk}/" in text


def test_who_withdraws_frees_a_place_and_may_come_back_to_the_end_of_the_list(
    world: World,
) -> None:
    session = make_session(world.trainer, capacity=1)
    sessions.register(world.member, session)
    assert sessions.register(world.other_member, session).placed_at is None
    sessions.withdraw(world.member, session)
    sessions.withdraw(world.member, session)
    assert list(session.registrations.open().values_list("person", flat=True)) == [
        world.other_member.pk
    ]
    assert sessions.register(world.member, session).placed_at is None
    assert taken(session) == 1


def test_a_full_session_still_knows_who_has_a_place(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    first = sessions.register(world.member, session)
    assert sessions.register(world.member, session) == first


def test_nobody_registers_or_withdraws_once_it_has_begun(world: World) -> None:
    session = make_session(world.trainer)
    sessions.register(world.member, session)
    LiveSession.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(sessions.SessionClosed):
        sessions.register(world.other_member, session)
    with pytest.raises(sessions.SessionClosed):
        sessions.withdraw(world.member, session)
    with pytest.raises(sessions.SessionClosed):
        sessions.cancel(session, by=world.manager)


def test_a_center_session_is_not_for_the_members_of_another(world: World) -> None:
    session = make_session(world.trainer, center="essex")
    with pytest.raises(PermissionDenied):
        sessions.register(world.other_member, session)
    with pytest.raises(PermissionDenied):
        sessions.register(world.trainer, session)  # leads it


def test_what_is_visible_agrees_with_the_policy(world: World) -> None:
    made = [make_session(world.trainer, center=c) for c in ("", "essex", "bristol", "capeislands")]
    made.append(make_session(world.manager, center="hampden"))
    fill(made[4], world.member)
    for person in world.people.values():
        seen = set(LiveSession.objects.visible_to(person))
        assert seen == {s for s in made if policies.can_see_session(person, s)}
    assert set(LiveSession.objects.visible_to(world.manager)) == set(made)
    assert set(LiveSession.objects.visible_to(world.other_member)) == {made[0], made[2]}


def test_a_session_under_way_is_upcoming_and_then_past(world: World) -> None:
    session = make_session(world.trainer, minutes=90)
    for minutes, is_past in ((-1, False), (89, False), (91, True)):
        now = session.starts_at + timedelta(minutes=minutes)
        assert LiveSession.objects.past(now).exists() is is_past
        assert LiveSession.objects.upcoming(now).exists() is not is_past


def test_places_of_a_merged_account_count_for_the_person(world: World) -> None:
    session = make_session(world.trainer, capacity=5)
    old = UserFactory(center="essex")
    fill(session, old)
    PersonAlias.objects.create(alias=old, person=world.member, merged_by=world.manager)
    assert sessions.register(world.member, session).person == old
    assert LiveSession.objects.with_places(world.member).get().is_mine
    sessions.withdraw(world.member, session)
    assert taken(session) == 0


def test_only_a_change_of_when_or_where_is_mailed(world: World) -> None:
    session = make_session(world.trainer)
    fill(session, world.member)
    sessions.change(session, facts_of(session, title="New words"), by=world.trainer)
    outbox.deliver_all()
    assert mail.outbox == []
    later = session.starts_at + timedelta(days=1)
    sessions.change(session, facts_of(session, starts_at=later), by=world.trainer)
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[world.member.email]]
    session.refresh_from_db()
    assert (session.revision, session.starts_at) == (2, later)


def test_the_places_cannot_fall_below_those_taken(world: World) -> None:
    session = make_session(world.trainer, capacity=5)
    fill(session, world.member, world.other_member)
    with pytest.raises(sessions.TooFewPlaces):
        sessions.change(session, facts_of(session, capacity=1), by=world.trainer)
    sessions.change(session, facts_of(session, capacity=2), by=world.trainer)


def test_a_trainer_makes_and_changes_only_the_own_sessions(world: World) -> None:
    session = make_session(world.manager)
    for fault in (
        lambda: sessions.create(facts_of(session), by=world.trainer),
        lambda: sessions.change(session, facts_of(session), by=world.trainer),
        lambda: sessions.cancel(session, by=world.trainer),
        lambda: sessions.create(facts_of(session, trainer=world.member), by=world.member),
    ):
        with pytest.raises(PermissionDenied):
            fault()


def test_cancelling_tells_those_registered_once(world: World) -> None:
    session = make_session(world.trainer)
    fill(session, world.member, world.other_member)
    sessions.cancel(session, by=world.trainer)
    sessions.cancel(session, by=world.trainer)
    outbox.deliver_all()
    assert len(mail.outbox) == 2
    with pytest.raises(sessions.SessionClosed):
        sessions.register(world.coordinator, session)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(("month", "utc"), [(1, "150000Z"), (7, "140000Z")])
def test_the_calendar_file_gives_eastern_hours_in_utc(world: World, month: int, utc: str) -> None:
    start = datetime(2031, month, 15, 10, tzinfo=ZoneInfo("America/New_York"))
    lines = unfolded(calendar_file.write(make_session(world.trainer, starts_at=start)))
    assert f"DTSTART:20310{month}15T{utc}" in lines
    assert lines[-1] == ""


def test_the_calendar_file_is_folded_escaped_and_keeps_its_identity(world: World) -> None:
    place = "Room 4; ground floor, \\ é" + "ü" * 80
    session = make_session(world.trainer, mode="hybrid", place=place)
    text = calendar_file.write(session)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert "LOCATION:Room 4\\; ground floor\\, \\\\ é" + "ü" * 80 in lines
    assert session.title not in text
    sessions.cancel(session, by=world.trainer)
    session.refresh_from_db()
    after = unfolded(calendar_file.write(session))
    uid = next(line for line in lines if line.startswith("UID:"))
    assert {uid, "SEQUENCE:1", "STATUS:CANCELLED"} <= set(after)


def test_the_demo_has_four_to_come_and_three_held_however_often_it_is_loaded() -> None:
    people = demo.load_people("a long test password")
    for _ in range(2):
        demo_sessions.load_sessions(people, timezone.now())
    assert LiveSession.objects.upcoming().count() == 4
    days = {timezone.localtime(s.starts_at).weekday() for s in LiveSession.objects.all()}
    assert days <= {0, 1, 2, 3, 4}
    assert LiveSession.objects.past().count() == 3
    assert LiveSession.objects.filter(settled_at__isnull=False).count() == 2
    assert not Registration.objects.filter(registered_at__gt=timezone.now()).exists()
    assert all(
        policies.can_register(r.person, r.session) for r in Registration.objects.select_related()
    )
    full = LiveSession.objects.with_places(people["member"]).filter(capacity=6).get()
    assert full.places_left == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_five_places(world: World) -> None:
    session = make_session(world.trainer, capacity=5)
    people = [UserFactory(center="essex") for _ in range(20)]
    answers: list[str] = []
    start = Barrier(len(people))

    def attempt(person: object) -> Callable[[], None]:
        def run() -> None:
            start.wait()
            try:
                row = sessions.register(person, session)
                answers.append("in" if row.placed_at else "waits")
            finally:
                connection.close()

        return run

    threads = [Thread(target=attempt(person)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["in"] * 5 + ["waits"] * 15
    assert taken(session) == 5


@pytest.mark.django_db(transaction=True)
def test_one_person_clicking_ten_times_at_once_has_one_place(world: World) -> None:
    session = make_session(world.trainer)
    start = Barrier(10)
    faults: list[Exception] = []

    def run() -> None:
        start.wait()
        try:
            sessions.register(world.member, session)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert taken(session) == 1
