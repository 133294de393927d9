"""Whose hours lapse: what the pure rule says, found without evaluating everybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.people.models import PersonAlias, User
from portal.people.models.person import UserQuerySet
from tests.training.lapse_making import earn, lapsing_in
from tests.world import World
from training import lapsing, needs
from training.models import RequirementRule

pytestmark = pytest.mark.django_db


def soon(days: int = 60, **more: object) -> list[tuple[User, int]]:
    people = UserQuerySet(User).on_roster().known_once().select_related("discipline")
    today = timezone.localdate()
    found = lapsing.soon(people, before=today + timedelta(days=days), **more)  # type: ignore[arg-type]
    return [(each.person, (each.day - today).days) for each in found]


def test_who_has_the_hours_today_and_not_on_that_day_is_found_the_first_first() -> None:
    later, sooner = lapsing_in(40, center="essex"), lapsing_in(0, center="essex")
    lapsing_in(60, center="essex")  # met on the day before, and on that day
    lapsing_in(-1, center="essex")  # lapsed yesterday: that is no news
    assert soon() == [(sooner, 0), (later, 40)]
    assert [person for person, _day in soon(61)][2:] != []


def test_hours_that_others_make_up_for_do_not_lapse() -> None:
    person = lapsing_in(10, center="essex")
    earn(person, day=600)
    assert soon() == []


def test_part_of_the_hours_is_enough_to_fall_short() -> None:
    person = lapsing_in(10, center="essex", minutes=60)
    earn(person, day=500, minutes=420)
    assert soon() == [(person, 10)]


def test_what_a_merged_account_earned_counts(world: World) -> None:
    person, other = lapsing_in(900, center="essex", minutes=1), lapsing_in(20, center=None)
    PersonAlias.objects.create(alias=other, person=person, merged_by=world.manager)
    assert [(p, day) for p, day in soon()] == [(person, 20)]


def test_it_agrees_with_what_each_person_is_told() -> None:
    """Nobody is left out by looking at those alone who have credit that drops out."""
    for day in (-30, 0, 1, 30, 59, 60, 61, 400):
        lapsing_in(day, center="essex")
    before = timezone.localdate() + timedelta(days=60)
    told = set()
    for person in User.objects.all():
        rolling = [n for n in needs.of(person) if n.rule.kind == "rolling"]
        told |= {person.pk for need in rolling if need.lapses(before)}
    assert {person.pk for person, _day in soon()} == told
    assert len(told) == 4


def test_one_requirement_can_be_asked_about() -> None:
    lapsing_in(30, center="essex")
    assert len(soon(rule=RequirementRule.objects.get(slug="advocate-ongoing"))) == 1
    assert soon(rule=RequirementRule.objects.get(slug="medical-ongoing")) == []


def test_the_page_lists_those_alone_and_its_queries_do_not_grow(world: World) -> None:
    client = Client()
    client.force_login(world.coordinator)
    before = timezone.localdate() + timedelta(days=60)

    def page() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as found:
            answer = client.get("/team/requirements/", {"before": before, "lapsing": "on"})
        return answer.content.decode(), len(found)

    assert "still has them on that day" in page()[0]
    person = lapsing_in(30, center="essex", last_name="Lapsing")
    page()
    text, few = page()
    assert "The hours of 1 person lapse before" in text
    assert person.name in text
    assert world.member.name not in text  # never had them
    for _ in range(5):
        lapsing_in(20, center="essex")
    text, many = page()
    assert "The hours of 6 people lapse before" in text
    assert many == few
