"""A roster that was counted some minutes ago is read as it is now, page by page."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.people import accounts, aliases
from portal.people.models import PersonAlias, User
from tests.training import learning_factories as make
from tests.world import World
from training import team
from training.roster_pages import RosterPages

pytestmark = pytest.mark.django_db


def roster(world: World, count: int) -> None:
    for number in range(count):
        make.learner(last_name=f"Aaa{number:03}")


def test_who_came_after_the_count_is_within_reach(world: World) -> None:
    people = team.roster(world.coordinator)
    roster(world, 57)
    pages = RosterPages(people, known=3)
    first = pages.get_page(1)
    assert (len(first), first.has_next(), pages.num_pages) == (50, True, 2)
    second = pages.get_page(2)
    assert [*first, *second] == list(people)
    assert not second.has_next()
    assert pages.count == 60


def test_a_page_that_is_gone_leads_to_the_last_one(world: World) -> None:
    people = team.roster(world.coordinator)
    pages = RosterPages(people, known=500)
    last = pages.get_page(9)
    assert (list(last), last.number, pages.num_pages) == (list(people), 1, 1)


def test_nobody_on_the_roster_is_one_empty_page(world: World) -> None:
    pages = RosterPages(team.roster(world.coordinator).filter(email="nobody@example.org"), known=7)
    assert list(pages.get_page(1)) == []
    assert pages.num_pages == 1


def test_the_page_says_when_it_was_counted_and_reads_people_as_they_are(
    world: World, client: Client
) -> None:
    cache.clear()
    client.force_login(world.coordinator)
    assert "0 of 3 people" in client.get("/team/").content.decode()
    late = make.learner(last_name="Latecomer")
    page = client.get("/team/").content.decode()
    assert "0 of 3 people" in page
    assert "Counted at" in page
    assert late.name in page


def test_what_one_coordinator_counted_is_not_shown_to_another(world: World, client: Client) -> None:
    cache.clear()
    roster(world, 2)
    client.force_login(world.coordinator)
    assert "0 of 5 people" in client.get("/team/").content.decode()
    client.force_login(world.other_coordinator)
    assert "0 of 1 people" in client.get("/team/").content.decode()


def test_accounts_inside_a_statement_are_those_that_people_say(world: World) -> None:
    person, first, second, other = (make.learner() for _ in range(4))
    undone = make.learner()
    for alias in (first, second, undone):
        PersonAlias.objects.create(alias=alias, person=person, merged_by=world.manager)
    PersonAlias.objects.filter(alias=undone).update(
        undone_by=world.manager, undone_at=timezone.now()
    )
    every = [person, first, second, other, undone]
    for one in every:
        assert sorted(ids(accounts.of(one.pk))) == sorted(aliases.person_ids(one))
    same = dict.fromkeys((person.pk, first.pk, second.pk), person.pk)
    for one in (person, first, second):
        assert set(ids(accounts.around(one.pk))) >= set(same)
        assert accounts.everybody([one.pk]) == same
    assert accounts.everybody([undone.pk]) == {undone.pk: undone.pk}
    both = [person.pk, other.pk]
    assert sorted(ids(accounts.of_many(both))) == sorted(aliases.accounts(both))
    alone = {pk: pk for pk in (other.pk, undone.pk)}
    assert accounts.everybody([p.pk for p in every]) == {**same, **alone}


def ids(accounts_of: object) -> list[int]:
    return list(User.objects.filter(pk__in=accounts_of).values_list("pk", flat=True))
