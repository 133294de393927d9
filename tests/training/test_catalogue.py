"""The catalogue: the pathway first, each module with the person's own state."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.audience import Audience
from portal.people.models import Discipline, PersonAlias, User
from tests.factories import UserFactory
from tests.training.factories import draft_module, make_module, make_pathway
from tests.world import World
from training.models import Completion, CompletionAnnulment, Enrolment, ModulePage

pytestmark = pytest.mark.django_db


def complete(person: User, page: ModulePage) -> Completion:
    release = page.releases.get()
    enrolment = Enrolment.objects.create(
        person=person, module=page, number=1, completed_at=timezone.now()
    )
    return Completion.objects.create(
        person=person, enrolment=enrolment, module=page, release=release, minutes=release.minutes
    )


def states(client: Client, **query: str) -> dict[str, str]:
    context = client.get("/training/", query).context
    entries = [*context["electives"], *(e for way in context["ways"] for e in way.entries)]
    return {entry.module.code: entry.state for entry in entries}


@pytest.fixture
def signed_in(client: Client, world: World) -> Client:
    client.force_login(world.member)
    return client


def test_a_pathway_stands_first_in_its_order_and_the_rest_after_it(signed_in: Client) -> None:
    second, first, other = (make_module(code)[0] for code in ("T02", "T01", "E09"))
    make_pathway("way", second, first)
    context = signed_in.get("/training/").context
    assert [e.module.code for e in context["ways"][0].entries] == ["T02", "T01"]
    assert [e.module for e in context["electives"]] == [other]


def test_each_module_shows_the_persons_own_state(signed_in: Client, world: World) -> None:
    pages = {code: make_module(code)[0] for code in ("T01", "T02", "T03")}
    draft_module("T04", is_in_preparation=True, live=True)
    complete(world.member, pages["T01"])
    Enrolment.objects.create(person=world.member, module=pages["T02"], number=1)
    complete(world.other_member, pages["T03"])
    assert states(signed_in) == {
        "T01": "complete",
        "T02": "started",
        "T03": "new",
        "T04": "preparation",
    }


def test_what_a_merged_account_did_counts(signed_in: Client, world: World) -> None:
    page, _release = make_module("T01")
    alias = UserFactory()
    complete(alias, page)
    PersonAlias.objects.create(alias=alias, person=world.member, merged_by=world.manager)
    assert states(signed_in) == {"T01": "complete"}


def test_an_annulled_completion_does_not_count(signed_in: Client, world: World) -> None:
    page, _release = make_module("T01")
    completion = complete(world.member, page)
    CompletionAnnulment.objects.create(
        completion=completion, reason="error", annulled_by=world.manager
    )
    assert states(signed_in) == {"T01": "new"}


def test_starting_again_does_not_hide_that_it_was_completed(
    signed_in: Client, world: World
) -> None:
    page, _release = make_module("T01")
    complete(world.member, page)
    Enrolment.objects.create(person=world.member, module=page, number=1, cycle=2)
    assert states(signed_in) == {"T01": "complete"}


def test_the_filters_are_links_by_topic_and_profession(signed_in: Client) -> None:
    first, second = make_module("T01")[0], make_module("T02")[0]
    first.topics.add("reporting")
    first.save()
    second.disciplines.set(Discipline.objects.filter(slug="medical"))
    second.save()
    make_pathway("way", first, second)
    assert set(states(signed_in, topic="reporting")) == {"T01"}
    assert set(states(signed_in, discipline="medical")) == {"T01", "T02"}
    assert set(states(signed_in, discipline="prosecution")) == {"T01"}
    assert set(states(signed_in, topic="nonsense")) == set()
    assert b"?topic=reporting" in signed_in.get("/training/").content
    assert b"No module matches" in signed_in.get("/training/?topic=nonsense").content


def test_drafts_and_pages_for_others_are_not_in_the_catalogue(signed_in: Client) -> None:
    draft_module("T01")
    make_module("T02", audience=Audience.STAFF)
    assert states(signed_in) == {}
    assert b"Modules appear here" in signed_in.get("/training/").content


def test_a_pathways_minutes_are_the_sum_of_what_can_be_taken(signed_in: Client) -> None:
    page, release = make_module("T01")
    planned = draft_module("T02", is_in_preparation=True, live=True, planned_minutes=60)
    way = make_pathway("way", page, planned)
    response = signed_in.get(way.get_url())
    assert response.context["way"].minutes == release.minutes
    assert b"60 min planned" in response.content


@pytest.mark.parametrize("fields", [{"live": False}, {"audience": Audience.STAFF}])
def test_a_pathway_that_is_not_for_the_person_is_missing(
    signed_in: Client, fields: dict[str, Any]
) -> None:
    make_pathway("way", **fields)
    assert signed_in.get("/training/pathways/way/").status_code == 404


def test_wagtails_own_address_of_a_pathway_leads_to_ours(signed_in: Client) -> None:
    way = make_pathway("way")
    assert way.get_url() == "/training/pathways/way/"
    assert way.full_url.endswith("/training/pathways/way/")


@pytest.mark.parametrize("count", [2, 12])
def test_the_catalogue_asks_as_much_for_twelve_modules_as_for_two(
    signed_in: Client, world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    pages = [make_module(f"T{n:02}")[0] for n in range(count)]
    make_pathway("way", *pages[: count // 2])
    for page in pages:
        page.topics.add(f"topic {uuid.uuid4()}")
        page.disciplines.set(Discipline.objects.all()[:2])
        page.save()
        complete(world.member, page)
    signed_in.get("/training/")
    with django_assert_max_num_queries(16):
        signed_in.get("/training/")
    with django_assert_max_num_queries(14):
        signed_in.get("/training/pathways/way/")
