"""The log of forums, and facts with their sources."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.core.models import Event
from portal.people.models import User
from resources import forums, measures
from resources.content_loader import load_facts
from resources.forums import Content
from resources.measures import Line
from resources.models import Fact, Forum
from resources.policies import NotAllowed
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "/resources/forums/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def log(by: User, day: date, level: str, kind: str, people: int | None, funding: str) -> Forum:
    content = Content(day, level, kind, f"{level} {kind}", funding, people)
    return forums.record(content, by=by, key=uuid4())


@pytest.fixture
def some(world: World) -> User:
    manager = world.manager
    log(manager, date(2026, 1, 1), "state", "testimony", 12, "cja")
    log(manager, date(2026, 2, 3), "state", "briefing", None, "cja")
    log(manager, date(2026, 3, 31), "national", "presentation", 200, "voca")
    log(manager, date(2026, 4, 1), "local", "task_force", 9, "state")
    return manager


def test_the_totals_of_a_quarter_are_what_a_hand_counts(some: User) -> None:
    """January to March: three forums, 12 + 200 people, one that nobody counted; April is out."""
    totals = measures.forums_in(date(2026, 1, 1), date(2026, 3, 31))
    assert (totals.forums, totals.people, totals.uncounted) == (3, 212, 1)
    assert totals.by_level == [
        Line("Local", 0, 0),
        Line("State", 2, 12),
        Line("National", 1, 200),
    ]
    assert [(line.label, line.forums) for line in totals.by_kind] == [
        ("Presentation", 1),
        ("Testimony", 1),
        ("Briefing", 1),
        ("Task force", 0),
    ]
    assert totals.by_funding == [
        Line("VOCA", 1, 200),
        Line("CJA", 2, 12),
        Line("State line", 0, 0),
        Line("Other", 0, 0),
    ]
    cja = measures.forums_in(date(2026, 1, 1), date(2026, 12, 31), funding="cja")
    assert (cja.forums, cja.people, cja.uncounted) == (2, 12, 1)


def test_each_forum_is_counted_for_one_funder(some: User) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    whole = measures.forums_in(first, last)
    assert sum(line.forums for line in whole.by_funding) == whole.forums == 4


def test_filters_narrow_the_list_its_totals_and_the_file(some: User) -> None:
    client = signed_in(some)
    page = client.get(f"{URL}?level=state&since=2026-02-01")
    assert [row.kind for row in page.context["page_obj"]] == ["briefing"]
    assert page.context["totals"] == {"forums": 1, "people": 0, "counted": 0, "uncounted": 1}
    text = client.get(f"{URL}forums.csv?funding=cja").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["day", "level", "kind", "title", "audience", "funding"],
        ["2026-02-03", "State", "Briefing", "state briefing", "", "CJA"],
        ["2026-01-01", "State", "Testimony", "state testimony", "12", "CJA"],
    ]
    assert Event.objects.filter(kind="resources.forums_exported").count() == 1
    assert client.get(f"{URL}?level=%00&since=yesterday&page=9999").status_code == 200


def test_a_form_logs_once_changes_and_deletes(world: World) -> None:
    client = signed_in(world.manager)
    data = {
        "key": str(uuid4()),
        "happened_on": str(timezone.localdate()),
        "level": "state",
        "kind": "briefing",
        "title": "Briefing on training hours",
        "audience": "",
        "funding": "cja",
    }
    for _twice in range(2):
        assert client.post(f"{URL}new/", data).status_code == 302
    row = Forum.objects.get()
    assert row.audience is None
    client.post(f"{URL}{row.pk}/change/", {**data, "audience": "14"})
    row.refresh_from_db()
    assert row.audience == 14
    client.post(f"{URL}{row.pk}/delete/")
    assert not Forum.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "About docket 2031CR001234"},
        {"happened_on": "2999-01-01"},
        {"happened_on": "1900-01-01"},
        {"audience": "0"},
        {"audience": "9" * 30},
        {"funding": "lottery"},
        {"level": ""},
    ],
)
def test_what_makes_no_sense_comes_back_as_it_was_typed(
    wrong: dict[str, str], world: World
) -> None:
    data = {
        "key": str(uuid4()),
        "happened_on": str(timezone.localdate()),
        "level": "state",
        "kind": "briefing",
        "title": "Briefing on training hours",
        "funding": "cja",
        **wrong,
    }
    answer = signed_in(world.manager).post(f"{URL}new/", data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Forum.objects.exists()


def test_nobody_but_the_manager_logs(world: World) -> None:
    for name, user in world.people.items():
        assert Forum.objects.visible_to(user).exists() is False
        if name not in {"manager", "deputy"}:
            with pytest.raises(NotAllowed):
                log(user, date(2026, 1, 1), "state", "briefing", None, "cja")


@pytest.mark.parametrize("wrong", [{"funding": ""}, {"level": "x"}, {"audience": 0}])
def test_the_database_refuses_what_is_not_in_the_lists(wrong: dict[str, Any], some: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.update(**wrong)


def test_loaded_facts_have_a_source_and_wait_to_be_checked(world: World) -> None:
    load_facts()
    load_facts()
    rows = list(Fact.objects.all())
    assert len(rows) == 10
    assert all(row.source and row.must_check and not row.checked_by for row in rows)
    html = signed_in(world.member).get("/resources/facts/").content.decode()
    assert all(row.source.partition("'")[0] in html for row in rows)
    assert "Check the source before you use it" in html
    assert "I checked it today" not in html


def test_no_fact_says_that_numbers_doubled_in_massachusetts() -> None:
    load_facts()
    doubled = [row for row in Fact.objects.all() if "doubled" in row.statement + row.figure]
    assert [row.statement for row in doubled] == [
        "National online exploitation doubled; Massachusetts children served rose 19% (FY23)."
    ]


@pytest.mark.parametrize(("days", "due"), [(0, False), (365, False), (366, True), (None, True)])
def test_a_fact_is_to_be_checked_after_a_year(days: int | None, due: bool) -> None:
    day = timezone.localdate() - timedelta(days=days) if days is not None else None
    row = Fact.objects.create(statement="S", figure="1", source="A page", checked_on=day)
    assert row.must_check is due
    assert Fact.objects.to_check().exists() is due


def test_the_specialist_says_that_a_fact_was_looked_up(world: World) -> None:
    row = Fact.objects.create(statement="S", figure="1", source="A page")
    signed_in(world.specialist).post(f"/resources/facts/{row.pk}/checked/")
    row.refresh_from_db()
    assert (row.must_check, row.checked_by) == (False, world.specialist)


@pytest.mark.parametrize("size", [2, 20])
@pytest.mark.parametrize(("url", "most"), [(URL, 8), ("/resources/facts/", 8)])
def test_a_list_costs_the_same_at_any_size(
    size: int, url: str, most: int, world: World, django_assert_max_num_queries: Any
) -> None:
    for n in range(size):
        log(world.manager, date(2026, 1, 1), "state", "briefing", n + 1, "cja")
        Fact.objects.create(statement=f"S{n}", figure=str(n), source="A page")
    client = signed_in(world.manager)
    client.get(url)
    with django_assert_max_num_queries(most):
        client.get(url)
