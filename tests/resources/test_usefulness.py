"""Was this useful: once per person, screened, kept without a name, an order or a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import Event
from portal.people.models import User
from resources import usefulness
from resources.models import ResourcePage, UsefulnessAnswer, UsefulnessDone, UsefulnessHeld
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
TABLES = (UsefulnessDone, UsefulnessHeld, UsefulnessAnswer)


@pytest.fixture
def page(world: World) -> ResourcePage:
    return make_resource("Cards", slug="cards", kept_by=world.author)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def give(page: ResourcePage, count: int, text: str = "") -> None:
    for number in range(count):
        usefulness.give(page=page, by=UserFactory(), is_useful=number % 2 == 0, text=text)


def held() -> int:
    return sum(len(row.answers) for row in UsefulnessHeld.objects.all())


def month() -> date:
    return timezone.localdate().replace(day=1)


def test_it_counts_once_and_is_thanked_both_times(world: World, page: ResourcePage) -> None:
    client = signed_in(world.member)
    events = Event.objects.count()
    for _ in range(2):
        answer = client.post("/resources/cards/useful/", {"is_useful": "yes"}, follow=True)
        assert "Your answer is in" in answer.content.decode()
    assert (UsefulnessDone.objects.count(), held()) == (1, 1)
    assert "You said whether this was useful" in client.get(page.url).content.decode()
    assert Event.objects.count() == events


def test_nothing_chosen_or_a_name_written_keeps_nothing(world: World, page: ResourcePage) -> None:
    client = signed_in(world.member)
    for data in (
        {},
        {"is_useful": "perhaps"},
        {"is_useful": "no", "text": "Write to jane.doe@gmail.com about it"},
        {"is_useful": "no", "text": "a" * 1001},
    ):
        assert client.post("/resources/cards/useful/", data).status_code == 200
    assert not any(table.objects.exists() for table in TABLES)


def test_answers_are_written_by_fives_and_no_row_says_when_or_in_which_order(
    page: ResourcePage,
) -> None:
    give(page, 4, "Words.")
    assert (UsefulnessAnswer.objects.count(), held()) == (0, 4)
    give(page, 1)
    assert (UsefulnessAnswer.objects.count(), held()) == (5, 0)
    assert set(UsefulnessAnswer.objects.values_list("month", flat=True)) == {month()}
    first = set(UsefulnessAnswer.objects.values_list("pk", flat=True))
    give(page, 5)
    assert UsefulnessAnswer.objects.count() == 10
    assert first.isdisjoint(UsefulnessAnswer.objects.values_list("pk", flat=True))
    names = {field.name for table in TABLES for field in table._meta.fields}
    assert names == {"id", "person", "page", "month", "answers", "is_useful", "text"}


def test_what_is_left_of_a_month_joins_the_others_without_it(page: ResourcePage) -> None:
    give(page, 2)
    earlier = (month() - timedelta(days=1)).replace(day=1)
    UsefulnessHeld.objects.update(month=earlier)
    usefulness.write_rest_of_usefulness()
    assert held() == 0
    assert list(UsefulnessAnswer.objects.values_list("month", flat=True)) == [None, None]


def test_it_is_shown_from_five_on_to_the_manager_and_the_owner(
    world: World, page: ResourcePage
) -> None:
    address = f"/resources/usefulness/{page.pk}/"
    give(page, 4, "Shorter.")
    manager = signed_in(world.manager)
    assert "Fewer than five answers" in manager.get(address).content.decode()
    give(page, 1)
    for name in ("manager", "author"):
        shown = signed_in(world.people[name]).get(address).content.decode()
        assert "3 of 5 found it useful" in shown
        assert "Shorter." in shown
        listed = signed_in(world.people[name]).get("/resources/usefulness/")
        assert "60 %" in listed.content.decode()
    for name in ("reviewer", "coordinator", "member", "specialist"):
        assert signed_in(world.people[name]).get(address).status_code == 404
    assert usefulness.results(world.reviewer, page) is None


def test_the_list_costs_the_same_at_any_size(world: World) -> None:
    client = signed_in(world.manager)

    def count() -> int:
        client.get("/resources/usefulness/")
        with CaptureQueriesContext(connection) as found:
            client.get("/resources/usefulness/")
        return len(found)

    give(make_resource("P0"), 5)
    few = count()
    for n in range(1, 9):
        give(make_resource(f"P{n}"), 5)
    assert count() == few
