"""Each role's first page says the next step, and asks the database no more with more rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assistance import drafts
from assistance.models import Ticket
from portal.people.models import CoordinatorAssignment, HelpLine
from tests.assistance import making
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
        with django_assert_max_num_queries(60) as queries:  # type: ignore[operator]
            client.get("/")
        counted.append(len(queries))
    assert Ticket.objects.count() == 6
    assert counted[0] == counted[1]
