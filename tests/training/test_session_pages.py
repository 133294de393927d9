"""The pages of live sessions, address by address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import User
from tests.factories import UserFactory
from tests.training.factories import make_module
from tests.training.session_factories import fill, make_session
from tests.world import World
from training import sessions
from training.models import LiveSession

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: object) -> dict[str, object]:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    return {
        "title": "Facilitating a case conference",
        "summary": "Agenda and time.",
        "day": day,
        "hour": "10:00",
        "minutes": 90,
        "mode": "in_person",
        "place": "Training room, ground floor",
        "capacity": "12",
        **changes,
    }


def test_the_list_shows_mine_first_and_only_what_comes(world: World) -> None:
    other = make_session(world.trainer, title="Another")
    mine = make_session(world.trainer, title="Mine", days=20, capacity=3)
    fill(mine, world.member)
    make_session(world.trainer, title="Over", days=-2)
    make_session(world.trainer, title="Off", cancelled_at=timezone.now())
    page = as_(world.member).get("/training/sessions/")
    text = page.content.decode()
    assert list(page.context["mine"]) == [mine]
    assert list(page.context["page_obj"]) == [other]
    assert text.index("Mine") < text.index("Another")
    assert "2 places left" in text
    assert "Registered" in text


def test_a_cancelled_session_stays_in_sight_of_those_registered(world: World) -> None:
    session = make_session(world.trainer, cancelled_at=timezone.now())
    fill(session, world.member)
    assert "Cancelled" in as_(world.member).get("/training/sessions/").content.decode()


def test_past_sessions_are_ones_own_and_all_for_the_manager(world: World) -> None:
    mine, other = (make_session(world.trainer, days=-n) for n in (2, 3))
    fill(mine, world.member)
    for person, seen in (
        (world.member, [mine]),
        (world.other_member, []),
        (world.trainer, [mine, other]),
        (world.manager, [mine, other]),
    ):
        page = as_(person).get("/training/sessions/?when=past")
        assert list(page.context["page_obj"]) == seen


def test_empty_lists_say_what_will_appear(world: World) -> None:
    client = as_(world.member)
    assert "No sessions planned" in client.get("/training/sessions/").content.decode()
    assert "No past sessions yet" in client.get("/training/sessions/?when=past").content.decode()
    assert client.get("/training/sessions/?when=xx&page=zz").status_code == 200


@pytest.mark.parametrize("size", [2, 20])
def test_the_list_costs_the_same_at_any_size(
    size: int, world: World, django_assert_max_num_queries
) -> None:
    for n in range(size):
        fill(make_session(world.trainer, center="essex"), world.member, UserFactory())
        make_session(world.trainer, days=n + 1)
    client = as_(world.member)
    client.get("/training/sessions/")
    with django_assert_max_num_queries(8):
        client.get("/training/sessions/")
    LiveSession.objects.update(starts_at=timezone.now() - timedelta(days=3))
    with django_assert_max_num_queries(8):
        client.get("/training/sessions/?when=past")


@pytest.mark.parametrize("size", [2, 20])
def test_a_session_costs_the_same_however_many_are_registered(
    size: int, world: World, django_assert_max_num_queries
) -> None:
    session = make_session(world.trainer)
    fill(session, *(UserFactory() for _ in range(size)))
    client = as_(world.trainer)
    client.get(f"/training/sessions/{session.pk}/")
    with django_assert_max_num_queries(13):
        client.get(f"/training/sessions/{session.pk}/")


def test_a_member_registers_and_withdraws(world: World) -> None:
    session = make_session(world.trainer, capacity=2)
    client, at = as_(world.member), f"/training/sessions/{session.pk}/"
    assert "2 places left" in client.get(at).content.decode()
    after = client.post(at, {"action": "register"}, follow=True)
    assert "You are registered" in after.content.decode()
    assert after.redirect_chain == [(at, 302)]
    client.post(at, {"action": "withdraw"})
    assert "You are registered" not in client.get(at).content.decode()


def test_a_place_that_went_meanwhile_leads_to_the_waiting_list(world: World) -> None:
    session = make_session(world.trainer, capacity=1)
    fill(session, world.other_member)
    client, at = as_(world.member), f"/training/sessions/{session.pk}/"
    assert "Join the waiting list" in client.get(at).content.decode()
    answer = client.post(at, {"action": "register", "helps": ["asl", "gold"]}, follow=True)
    text = answer.content.decode()
    assert "You are number 1" in text
    assert "Leave the waiting list" in text
    assert session.registrations.waiting().get().helps == ["asl"]
    others = as_(world.coordinator).get(at).content.decode()
    assert "What helps them" not in others
    assert "checked" not in others
    client.post(at, {"action": "withdraw"})
    assert session.registrations.last().helps == []
    assert not session.registrations.standing().of(world.member).exists()


def test_a_session_that_began_meanwhile_is_told(world: World) -> None:
    session = make_session(world.trainer, days=-0.01)
    answer = as_(world.member).post(f"/training/sessions/{session.pk}/", {"action": "register"})
    assert answer.status_code == 409
    assert "The session has begun" in answer.content.decode()


@pytest.mark.parametrize("action", ["", "cancel", "delete"])
def test_what_one_may_not_do_is_not_there(world: World, action: str) -> None:
    session = make_session(world.trainer)
    answer = as_(world.member).post(f"/training/sessions/{session.pk}/", {"action": action})
    assert answer.status_code == 404
    session.refresh_from_db()
    assert session.cancelled_at is None


def test_nothing_changes_by_get_or_signed_out(world: World) -> None:
    session = make_session(world.trainer)
    at = f"/training/sessions/{session.pk}/"
    as_(world.member).get(f"{at}?action=register")
    assert Client().post(at, {"action": "register"})["Location"] == f"/accounts/login/?next={at}"
    assert as_(world.member).delete(at).status_code == 405
    assert as_(world.member).post(f"{at}calendar.ics").status_code == 405
    assert not session.registrations.exists()


def test_another_centers_session_is_not_there(world: World) -> None:
    session = make_session(world.trainer, center="essex")
    client, at = as_(world.other_member), f"/training/sessions/{session.pk}/"
    for answer in (
        client.get(at),
        client.post(at, {"action": "register"}),
        client.get(f"{at}calendar.ics"),
        client.get(f"{at}edit/"),
        client.get("/training/sessions/999999/"),
    ):
        assert answer.status_code == 404
    assert not session.registrations.exists()


def test_names_are_for_who_leads(world: World) -> None:
    session = make_session(world.trainer)
    fill(session, world.other_member)
    at = f"/training/sessions/{session.pk}/"
    for person, sees in (
        (world.trainer, True),
        (world.manager, True),
        (world.member, False),
        (world.coordinator, False),
    ):
        text = as_(person).get(at).content.decode()
        assert (world.other_member.email in text) is sees
        assert ("Lee Other" in text) is sees


def test_the_module_is_linked_for_whom_it_is(world: World) -> None:
    module, _release = make_module("T01")
    session = make_session(world.trainer, module=module)
    client, at = as_(world.member), f"/training/sessions/{session.pk}/"
    assert "/training/t01/" in client.get(at).content.decode()
    type(module).objects.update(audience="staff")
    assert "/training/t01/" not in client.get(at).content.decode()


def test_the_calendar_file_is_a_calendar_file(world: World) -> None:
    session = make_session(world.trainer)
    answer = as_(world.member).get(f"/training/sessions/{session.pk}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="session-{session.pk}.ics"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_trainer_plans_a_session_and_leads_it(world: World) -> None:
    answer = as_(world.trainer).post("/training/sessions/new/", typed(trainer=world.manager.pk))
    session = LiveSession.objects.get()
    assert answer["Location"] == f"/training/sessions/{session.pk}/"
    assert (session.trainer, session.capacity, session.center) == (world.trainer, 12, None)
    assert timezone.localtime(session.starts_at).hour == 10


def test_the_manager_names_the_trainer(world: World) -> None:
    client = as_(world.manager)
    assert client.post("/training/sessions/new/", typed()).context["form"].errors["trainer"]
    client.post("/training/sessions/new/", typed(trainer=world.trainer.pk))
    assert LiveSession.objects.get().trainer == world.trainer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "Call 978-555-0142 to join"),
        ("summary", "Write to sam.doe@gmail.com"),
        ("place", ""),
        ("place", "12 Main Street, Salem"),
        ("day", "2020-01-01"),
        ("day", "tomorrow"),
        ("hour", "25:00"),
        ("minutes", "0"),
        ("minutes", "601"),
        ("mode", "by mail"),
        ("capacity", "0"),
        ("center", "999"),
        ("module", "999"),
    ],
)
def test_a_form_that_cannot_be_saved_keeps_what_was_typed(
    world: World, field: str, value: str
) -> None:
    answer = as_(world.trainer).post("/training/sessions/new/", typed(**{field: value}))
    form = answer.context["form"]
    assert field in form.errors
    assert "Agenda and time." in answer.content.decode() or field == "summary"
    assert not LiveSession.objects.exists()


def test_an_hour_that_the_clocks_skip_is_refused(world: World) -> None:
    wrong = typed(day="2032-03-14", hour="02:30")
    form = as_(world.trainer).post("/training/sessions/new/", wrong).context["form"]
    assert "clocks change" in str(form.errors["hour"])


def test_a_trainer_offers_only_the_own_centers(world: World) -> None:
    form = as_(world.trainer).get("/training/sessions/new/").context["form"]
    assert [c.slug for c in form.fields["center"].queryset] == ["essex"]


def test_the_form_of_a_session_shows_it_and_saves_it(world: World) -> None:
    session = make_session(world.trainer, center="essex", capacity=3)
    fill(session, world.member, world.coordinator)
    client, at = as_(world.trainer), f"/training/sessions/{session.pk}/edit/"
    assert "Words that protect" in client.get(at).content.decode()
    refused = client.post(at, typed(capacity=1))
    assert "2 people are registered already" in refused.content.decode()
    assert client.post(at, typed(mode="virtual"))["Location"] == f"/training/sessions/{session.pk}/"
    session.refresh_from_db()
    assert (session.mode, session.place, session.minutes) == ("virtual", "", 90)


def test_what_is_over_or_off_is_not_changed(world: World) -> None:
    client = as_(world.trainer)
    for session in (make_session(world.trainer, days=-1), make_session(world.trainer)):
        if session.is_open:
            sessions.cancel(session, by=world.trainer)
        assert client.get(f"/training/sessions/{session.pk}/edit/").status_code == 404


def test_a_trainer_calls_a_session_off(world: World) -> None:
    session = make_session(world.trainer)
    at = f"/training/sessions/{session.pk}/"
    after = as_(world.trainer).post(at, {"action": "cancel"}, follow=True)
    assert "This session is cancelled" in after.content.decode()
    assert "Register" not in as_(world.member).get(at).content.decode().replace("Registered", "")


def test_a_module_number_that_no_row_can_have_is_told(world: World, client: Client) -> None:
    client.force_login(world.trainer)
    answer = client.post("/training/sessions/new/", {"module": "9" * 40})
    assert answer.status_code == 200
    assert "module" in answer.context["form"].errors
