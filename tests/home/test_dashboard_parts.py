"""What each role's first page says: figures that agree with the pages that they lead to."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from assistance import activities, drafts
from assistance.lifecycle import Action
from assistance.models import Question, Ticket
from portal.people import aliases
from portal.people.models import Center, Membership, User
from tests.assistance import making
from tests.assistance.recording import recorded
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.training.factories import make_module
from tests.training.lapse_making import lapsing_in
from tests.training.session_factories import fill, make_held, make_session
from tests.world import ACCOUNTS, World
from training import attendance

TODAY = timezone.localdate


def see(world: World, account: str) -> Any:
    client = Client()
    client.force_login(world.people[account])
    answer = client.get("/")
    assert answer.status_code == 200
    return answer


def main(answer: Any) -> str:
    text: str = answer.content.decode()
    return " ".join(text.split("<main")[1].split("</main")[0].split())


def count(client: Client, path: str) -> int:
    return len(client.get(path).context["page_obj"].object_list)


def test_the_manager_sees_how_old_the_queue_is_and_what_is_beyond_target(world: World) -> None:
    old = making.sent(world, at=timezone.now() - timedelta(days=12))
    making.sent(world)
    answer = see(world, "manager")
    assert answer.context["desk"].oldest == old
    text = main(answer)
    assert f"The oldest open request, {old.number}, came" in text
    assert "12 days ago" in text
    late = [t for t in Ticket.objects.all() if t.is_late]
    assert late == [old]
    client = Client()
    client.force_login(world.manager)
    assert answer.context["desk"].counts["late"] == count(client, "/requests/?view=late") == 1


def test_the_manager_sees_whose_hours_lapse_by_center(world: World) -> None:
    lapsing_in(30, center="essex")
    both = lapsing_in(59, center="essex")
    Membership.objects.create(user=both, center=Center.objects.get(slug="bristol"))
    lapsing_in(61, center="essex")
    lapsing_in(10, center=None)
    answer = see(world, "manager")
    found = answer.context["program"].lapses
    assert found.people == 3
    assert {name: n for name, n, _text in found.bars} == {
        "Essex County center": 2,
        "Bristol County center": 1,
        "On no roster": 1,
    }
    client = Client()
    client.force_login(world.manager)
    path = f"/team/requirements/?before={found.before}&lapsing=on"
    assert path.replace("&", "&amp;") in main(answer)
    assert count(client, path) == 3


def test_the_manager_sees_who_has_guidance_to_read(world: World) -> None:
    page = make_resource("Must be read", kind="guidance", must_read="members")
    text = main(see(world, "manager"))
    assert f"/resources/reading/{page.pk}/" in text
    asked = Membership.objects.active().values("user").distinct().count()
    assert f"{asked} of {asked} have not said that they read it" in text


def test_the_manager_sees_what_changed_in_seven_days(world: World) -> None:
    before = {news.path: news.count for news in see(world, "manager").context["program"].week}
    make_resource("New this week")
    make_module("F04")
    make_module("F05")
    UserFactory(center="essex", joined_at=timezone.now() - timedelta(days=8))
    for _ in range(3):
        UserFactory(center="essex")
    making.closed(world)
    make_held(world.trainer, days=-8)
    for _ in range(2):
        make_held(world.trainer, days=-2)
    make_held(world.trainer, days=-2, cancelled_at=timezone.now())
    answer = see(world, "manager")
    more = {n.path: n.count - before[n.path] for n in answer.context["program"].week}
    assert more == {
        "/resources/": 1,
        "/training/": 2,
        "/team/": 3,
        "/requests/?view=open": 1,
        "/requests/?view=closed": 1,
        "/training/sessions/": 2,
    }
    text = main(answer)
    assert all(f'href="{path}"' in text for path in more)


def test_the_manager_sees_the_total_of_what_is_missing(world: World) -> None:
    before = see(world, "manager").context["program"].quality
    make_held(world.trainer, world.member, days=-9, funding="voca")  # never made credit
    UserFactory()  # on no team
    answer = see(world, "manager")
    found = answer.context["program"].quality
    assert (found.all, found.figures) == (before.all + 2, before.figures + 1)
    assert f"{found.all} things are missing or odd" in main(answer)
    client = Client()
    client.force_login(world.manager)
    assert client.get("/reports/quality/").context["total"] == found.all


def test_the_managers_page_speaks_of_the_program_not_of_own_learning(world: World) -> None:
    make_module("F04")
    for account in ("manager", "deputy"):
        text = main(see(world, account))
        assert "The program today" in text
        assert "Your next step" not in text
        assert "/me/needs/" in text
    for account in ("coordinator", "member", "specialist"):
        text = main(see(world, account))
        assert "The program today" not in text
        assert "/reports/quality/" not in text
        assert "Your next step" in text


def test_a_coordinator_sees_the_roster_and_who_lapses_of_the_own_centers(world: World) -> None:
    mine = lapsing_in(30, center="essex", last_name="Lapsing")
    lapsing_in(30, center="bristol", last_name="Elsewhere")
    answer = see(world, "coordinator")
    text = main(answer)
    lead = answer.context["lead"]
    assert f"{lead.team.people} people are on your roster" in text
    assert lead.lapses.people == 1
    assert mine.name in text
    assert f"met until {date_format(lead.lapses.first[0].day)}" in text
    assert "Elsewhere" not in text


def test_a_coordinator_sees_what_is_due_and_the_own_requests_by_state(world: World) -> None:
    waits = making.assigned(world)
    making.say(waits, world.specialist, "Which day?", then=Action.ASK_BACK)
    making.closed(world)
    making.sent(world)
    making.sent(world)
    drafts.send(making.asked("capeislands"), by=world.other_coordinator, key=uuid4())
    Question.objects.create(
        asker=world.member,
        center=Center.objects.get(slug="essex"),
        subject="A question of an agenda",
        body="Which one fits?",
        key=uuid4(),
    )
    activities.approve(recorded(world.specialist), by=world.manager)
    answer = see(world, "coordinator")
    states = {s.label: (s.count, s.view) for s in answer.context["lead"].by_state}
    assert states == {
        "Submitted": (2, "open"),
        "Waiting on requester": (1, "waiting"),
        "Closed": (1, "closed"),
    }
    text = main(answer)
    assert "What is due from you" in text
    assert "A question of an agenda" in text
    assert "Try it at the next meeting" in text  # the center's step
    assert "Send the agenda" not in text  # the staff's


def test_a_member_sees_next_due_and_hours_at_a_glance(world: World) -> None:
    make_module("F04", title="Reporting")
    assert "/training/f04/" in main(see(world, "member")).split("Hours")[0]
    session = make_session(world.trainer, days=3, title="A session to come")
    fill(session, world.member)
    make_resource("Must be read", kind="guidance", must_read="members")
    text = main(see(world, "member"))
    glance = text.split("Your next step")[0]
    assert "A session to come" in glance
    assert "1 piece of guidance to read" in glance
    assert "0 of 14 h" in glance
    assert "since" in glance  # of the window that moves


def test_hours_that_were_held_and_settled_stand_in_the_glance(world: World) -> None:
    person = lapsing_in(30, center="essex")
    client = Client()
    client.force_login(person)
    glance = main(client.get("/")).split("Your next step")[0]
    assert "8 of 8 h" in glance
    assert f"the first lapse after {date_format(TODAY() + timedelta(days=30))}" in glance


@pytest.mark.parametrize("account", ACCOUNTS)
def test_more_of_everything_costs_no_more_queries(world: World, account: str) -> None:
    client = Client()
    client.force_login(world.people[account])

    def asked() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    def add(n: int) -> None:
        for _ in range(n):
            lapsing_in(30, center="essex")
            session = make_held(world.trainer, world.member, days=-9)
            attendance.settle(session, by=world.trainer)
            recorded(world.specialist)
            activities.approve(recorded(world.specialist), by=world.manager)
            making.answered(world)
            UserFactory()

    add(2)
    few = asked()
    add(4)
    assert asked() == few
    # A coordinator is shown a team, requests and the own learning; the others less.
    assert few <= (52 if "coordinator" in account else 40)


def test_a_person_is_asked_for_once_within_a_read_and_anew_after_it(world: World) -> None:
    def ids(user: User) -> int:
        with CaptureQueriesContext(connection) as found:
            aliases.person_ids(user)
        return len(found)

    with aliases.remembered():
        assert [ids(world.member), ids(world.member), ids(world.manager)] == [1, 0, 1]
    assert ids(world.member) == 1
