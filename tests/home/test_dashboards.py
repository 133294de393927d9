"""Each role's first page says the next step, and asks the database no more with more rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import drafts
from assistance.models import Ticket
from portal.people.models import CoordinatorAssignment, HelpLine
from tests.assistance import making
from tests.resources.factories import make_resource
from tests.training.factories import make_module
from tests.world import ACCOUNTS, World
from training import enrolments


def see(world: World, account: str) -> str:
    client = Client()
    client.force_login(world.people[account])
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_member_is_shown_the_first_module(world: World) -> None:
    make_module("F04", title="Reporting")
    text = see(world, "member")
    assert "Your next step" in text
    assert "/training/f04/" in text
    assert "0 h of 14 h" in text
    assert "Unverified" in text


def test_a_member_who_began_is_shown_the_lesson_to_go_on_with(world: World) -> None:
    page, _release = make_module("F04")
    enrolments.enrol(person=world.member, module=page)
    assert "/training/f04/1/" in see(world, "member")


def test_a_coordinator_sees_the_team_and_the_own_requests_only(world: World) -> None:
    mine = making.sent(world)
    asked = making.asked("capeislands")
    other = drafts.send(asked, by=world.other_coordinator, key=uuid4())
    text = see(world, "coordinator")
    assert "Your team" in text
    assert str(mine.number) in text
    assert str(other.number) not in text


def test_the_manager_sees_gaps_in_coverage_and_stale_help_lines(world: World) -> None:
    HelpLine.objects.update(verified_on=timezone.localdate() - timedelta(days=91))
    CoordinatorAssignment.objects.filter(center__slug="essex").delete()
    text = see(world, "manager")
    assert "Essex" in text
    assert "more than 90 days ago" in text


def most(account: str) -> int:
    """A coordinator is shown a team, requests and the own learning; the others less."""
    return 50 if "coordinator" in account else 40


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_dashboard_asks_no_more_of_the_database_with_more_requests(
    world: World, account: str, django_assert_max_num_queries: object
) -> None:
    make_module("F04")
    client = Client()
    client.force_login(world.people[account])
    client.get("/")
    counted = []
    for _round in range(2):
        for _n in range(3):
            making.sent(world)
        with django_assert_max_num_queries(most(account)) as queries:  # type: ignore[operator]
            client.get("/")
        counted.append(len(queries))
    assert Ticket.objects.count() == 6
    assert counted[0] == counted[1]


def test_the_first_page_shows_what_to_read_and_what_is_new_for_ones_discipline(
    world: World,
) -> None:
    make_resource("Must be read", kind="guidance", must_read="members")
    make_resource("For medical staff", disciplines=["medical"])
    make_resource("For advocates", disciplines=["cac-advocate"])
    make_module("F04", title="Reporting")
    for code in ("F05", "F06"):
        enrolments.enrol(person=world.member, module=make_module(code, title=f"Module {code}")[0])
    text = see(world, "member").split("<main")[1]
    assert "To read" in text
    assert "Must be read" in text
    assert "New for your discipline" in text
    assert "For advocates" in text
    assert "For medical staff" not in text
    assert "Newest training" in text
    assert "Also begun" in text
    assert "is not read by everyone who must" in see(world, "manager")
    assert "To read" not in see(world, "manager").split("<main")[1]


@pytest.mark.parametrize("account", ["member", "coordinator", "manager"])
def test_a_dashboard_asks_no_more_with_more_to_read(world: World, account: str) -> None:
    client = Client()
    client.force_login(world.people[account])

    def count() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    make_resource("G0", kind="guidance", must_read="members", disciplines=["medical"])
    make_resource("G1", kind="guidance", must_read="coordinators")
    few = count()
    for n in range(2, 8):
        make_resource(f"G{n}", kind="guidance", must_read="members", topics=[f"t{n}"])
    assert count() == few
