"""The pages of assignments, for who asks and who is asked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.people.models import Center, User
from tests.training import learning_factories as make
from tests.training.assigning.making import asked, days
from training.models import (
    Assignment,
    AssignmentPlan,
    ModulePage,
    PathwayPage,
)

pytestmark = pytest.mark.django_db


def test_a_coordinator_sees_who_lapses_and_assigns_in_bulk(
    coordinator: User, pathway: PathwayPage, client: Client
) -> None:
    people = [make.learner() for _ in range(3)]
    client.force_login(coordinator)
    page = client.get("/team/requirements/", {"before": days(60).isoformat()}).content.decode()
    assert all(f'value="{p.pk}"' in page for p in people)
    ticked = [str(p.pk) for p in people[:2]]
    page = client.get("/team/assignments/new/", {"person": ticked}).content.decode()
    assert page.count(" checked") == 2
    assert people[2].name not in page
    sent = {"pathway": pathway.pk, "people": ticked, "due_on": days(40).isoformat()}
    assert client.post("/team/assignments/new/", sent).status_code == 302
    assert {row.person for row in Assignment.objects.all()} == set(people[:2])
    assert people[0].name in client.get("/team/assignments/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": "2001-01-01"},
        {"due_on": "soon"},
        {"people": ["9" * 30]},
        {"people": []},
        {"pathway": "x"},
    ],
)
def test_a_form_that_cannot_be_right_assigns_nothing_and_keeps_what_was_chosen(
    coordinator: User, pathway: PathwayPage, person: User, client: Client, change: dict[str, Any]
) -> None:
    client.force_login(coordinator)
    sent = {"pathway": pathway.pk, "people": [person.pk], "due_on": days(9).isoformat(), **change}
    response = client.post("/team/assignments/new/", sent)
    assert response.status_code == 200
    assert "Please check" in response.content.decode()
    assert not Assignment.objects.exists()


def test_nobody_of_another_center_can_be_assigned_or_looked_at(
    coordinator: User, pathway: PathwayPage, client: Client
) -> None:
    stranger = make.learner(center="worcester")
    row = asked(stranger, pathway)
    client.force_login(coordinator)
    sent = {"pathway": pathway.pk, "people": [stranger.pk], "due_on": days(9).isoformat()}
    assert client.post("/team/assignments/new/", sent).status_code == 200
    assert Assignment.objects.count() == 1
    assert client.get(f"/team/assignments/{row.pk}/").status_code == 404
    address = f"/team/assignments/{row.pk}/change/"
    assert client.post(address, {"act": "withdraw"}).status_code == 404
    assert stranger.name not in client.get("/team/assignments/").content.decode()


def test_a_learner_can_neither_waive_nor_move_the_own_assignment(
    person: User, pathway: PathwayPage, client: Client
) -> None:
    row = asked(person, pathway)
    client.force_login(person)
    for act in ("waive", "move", "withdraw"):
        sent = {"act": act, "reason": "leave", "due_on": days(99).isoformat()}
        assert client.post(f"/team/assignments/{row.pk}/change/", sent).status_code == 404
    row.refresh_from_db()
    assert row.state == "open"
    assert row.due_on == days(30)


def test_the_page_waives_moves_and_takes_back(
    coordinator: User, pathway: PathwayPage, client: Client
) -> None:
    client.force_login(coordinator)
    sent = {
        "waive": {"reason": "elsewhere"},
        "move": {"due_on": days(50).isoformat()},
        "withdraw": {},
    }
    ends = {"waive": "waived", "move": "open", "withdraw": "withdrawn"}
    for act, fields in sent.items():
        row = asked(make.learner(), pathway)
        address = f"/team/assignments/{row.pk}/"
        client.post(f"{address}change/", {"act": act, **fields})
        row.refresh_from_db()
        assert row.state == ends[act]
        assert client.get(address).status_code == 200
    row = asked(make.learner(), pathway)
    page = client.post(f"/team/assignments/{row.pk}/change/", {"act": "waive"})
    assert "Please check" in page.content.decode()


def test_a_coordinator_plans_for_the_own_center_alone(
    coordinator: User, pathway: PathwayPage, client: Client
) -> None:
    client.force_login(coordinator)
    essex, other = (Center.objects.get(slug=slug).pk for slug in ("essex", "worcester"))
    sent = {"pathway": pathway.pk, "days": 30, "window_days": 30, "center": other}
    assert client.post("/team/assignments/plans/new/", sent).status_code == 200
    assert client.post("/team/assignments/plans/new/", {**sent, "center": ""}).status_code == 200
    assert not AssignmentPlan.objects.exists()
    made = client.post("/team/assignments/plans/new/", {**sent, "center": essex})
    assert made.status_code == 302
    twice = client.post("/team/assignments/plans/new/", {**sent, "center": essex})
    assert "There is a plan for the same people already." in twice.content.decode()
    statewide = AssignmentPlan.objects.create(pathway=pathway, made_by=coordinator)
    assert client.post(f"/team/assignments/plans/{statewide.pk}/end/").status_code == 404


def test_the_learner_sees_what_is_asked_and_what_is_missing(
    person: User, pathway: PathwayPage, modules: list[ModulePage], client: Client
) -> None:
    asked(person, pathway)
    make.complete(person, modules[0])
    client.force_login(person)
    assert pathway.title in client.get("/").content.decode()
    page = client.get("/me/needs/").content.decode()
    assert f'href="/training/{modules[1].slug}/"' in page
    assert f'href="/training/{modules[0].slug}/"' not in page


def test_the_list_asks_as_many_queries_for_fifty_as_for_two(
    coordinator: User, pathway: PathwayPage, client: Client
) -> None:
    client.force_login(coordinator)

    def count() -> int:
        client.get("/team/assignments/")
        with CaptureQueriesContext(connection) as found:
            client.get("/team/assignments/")
        return len(found)

    for _ in range(2):
        asked(make.learner(), pathway)
    few = count()
    for _ in range(20):
        asked(make.learner(), pathway)
    assert count() == few
