"""Statewide initiatives and the coordinators' section."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from portal.core.models import Event
from portal.people import leaving
from portal.people.models import User
from portal.search import finder
from portal.search.query import Query
from resources import initiatives, measures, policies
from resources.models import (
    Initiative,
    InitiativeDocument,
    InitiativeUpdate,
    Milestone,
    OfficeHour,
)
from resources.policies import NotAllowed
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "/resources/initiatives/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_initiative(slug: str = "shared-protocol", **fields: Any) -> Initiative:
    values = {"name": slug.replace("-", " ").capitalize(), "aim": "One shape for all", **fields}
    return Initiative.objects.create(slug=slug, **values)


def found(user: User, text: str) -> list[str]:
    return [hit.plain_title for hit in finder.find(Query(text=text), user).hits]


def test_each_reads_the_initiatives_of_their_audience(world: World) -> None:
    closed, open_ = make_initiative("closed-one"), make_initiative("open-one", audience="members")
    listed = {
        name: {row.slug for row in signed_in(user).get(URL).context["page_obj"]}
        for name, user in world.people.items()
    }
    alone = {"member", "other_member", "trainer"}
    for name, slugs in listed.items():
        assert slugs == ({"open-one"} if name in alone else {"open-one", "closed-one"}), name
    assert signed_in(world.member).get(open_.get_absolute_url()).status_code == 200
    assert signed_in(world.member).get(closed.get_absolute_url()).status_code == 404


def test_the_policy_and_the_list_agree(world: World) -> None:
    rows = [make_initiative("closed-one"), make_initiative("open-one", audience="members")]
    for user in world.people.values():
        seen = set(Initiative.objects.visible_to(user))
        assert seen == {row for row in rows if policies.can_see_initiative(user, row)}


def test_an_audience_beyond_the_two_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_initiative(audience="public")


def test_the_status_is_counted_against_the_milestones(world: World) -> None:
    row, today = make_initiative(), timezone.localdate()
    for days, done in ((-9, True), (-1, False), (0, False), (9, False)):
        due = today + timedelta(days=days)
        Milestone.objects.create(
            initiative=row, text=f"Step {days}", due_on=due, done_on=today if done else None
        )
    counted = Initiative.objects.with_progress().get()
    assert (counted.steps, counted.steps_done, counted.steps_late) == (4, 1, 1)
    html = signed_in(world.coordinator).get(row.get_absolute_url()).content.decode()
    assert "1 of 4 milestones done" in html


def test_the_measure_reads_the_status_of_a_day() -> None:
    """Three milestones: due 10 and 20 March and 20 April 2026; the first done on 12 March."""
    row = make_initiative()
    Milestone.objects.create(
        initiative=row, text="A", due_on=date(2026, 3, 10), done_on=date(2026, 3, 12)
    )
    Milestone.objects.create(initiative=row, text="B", due_on=date(2026, 3, 20))
    Milestone.objects.create(initiative=row, text="C", due_on=date(2026, 4, 20))
    said = {
        day: (p.milestones, p.done, p.late)
        for day in (date(2026, 3, 11), date(2026, 3, 20), date(2026, 3, 31))
        for p in measures.initiatives_on(day)
    }
    assert said == {
        date(2026, 3, 11): (3, 0, 1),
        date(2026, 3, 20): (3, 1, 0),
        date(2026, 3, 31): (3, 1, 1),
    }


@pytest.mark.parametrize("size", [1, 12])
def test_the_measure_costs_the_same_at_any_size(
    size: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(size):
        row = make_initiative(f"i{n}")
        Milestone.objects.create(initiative=row, text="A", due_on=date(2026, 3, 10))
    with django_assert_max_num_queries(2):
        assert [p.late for p in measures.initiatives_on(date(2026, 4, 1))] == [1] * size


def test_an_update_stands_first_once_and_is_found(world: World) -> None:
    row = make_initiative(owner=world.coordinator)
    url, key = f"{row.get_absolute_url()}updates/", str(uuid4())
    owner = signed_in(world.coordinator)
    owner.post(url, {"key": str(uuid4()), "text": "The outline is drafted"})
    for _twice in range(2):
        assert owner.post(url, {"key": key, "text": "The template is ready"}).status_code == 302
    texts = [u.text for u in owner.get(row.get_absolute_url()).context["page_obj"]]
    assert texts == ["The template is ready", "The outline is drafted"]
    assert found(world.coordinator, "template ready") == [row.name]
    assert found(world.member, "template ready") == []
    newest = InitiativeUpdate.objects.get(key=key)
    owner.post(f"{url}{newest.pk}/delete/")
    assert found(world.coordinator, "template ready") == []
    assert Event.objects.filter(kind="resources.initiative_update_removed").count() == 1


def test_an_update_is_screened_and_kept_on_the_page(world: World) -> None:
    row = make_initiative()
    data = {"key": str(uuid4()), "text": "See docket 2031CR001234"}
    answer = signed_in(world.manager).post(f"{row.get_absolute_url()}updates/", data)
    assert answer.status_code == 200
    assert "2031CR001234" in answer.content.decode()
    assert not InitiativeUpdate.objects.exists()


def test_the_owner_works_on_it_only_while_they_may_read_it(world: World) -> None:
    row = make_initiative(owner=world.member)
    assert not policies.can_work_on(world.member, row)
    with pytest.raises(NotAllowed):
        initiatives.tell(row, text="x", by=world.member, key=uuid4())
    with pytest.raises(NotAllowed):
        initiatives.tell(row, text="x", by=world.other_coordinator, key=uuid4())


def test_a_milestone_is_done_once(world: World) -> None:
    row = make_initiative()
    step = Milestone.objects.create(initiative=row, text="Plan", due_on=timezone.localdate())
    initiatives.finish(step, by=world.manager, on=date(2026, 1, 5))
    initiatives.finish(step, by=world.manager)
    step.refresh_from_db()
    assert step.done_on == date(2026, 1, 5)
    assert Event.objects.filter(kind="resources.milestone_done").count() == 1


def test_documents_are_those_the_reader_may_read(world: World) -> None:
    row = make_initiative(audience="members")
    for audience in ("members", "coordinators"):
        InitiativeDocument.objects.create(
            initiative=row, page=make_resource(audience, audience=audience)
        )
    titles = {
        name: [p.title for p in signed_in(user).get(row.get_absolute_url()).context["documents"]]
        for name, user in (("member", world.member), ("lead", world.coordinator))
    }
    assert titles == {"member": ["members"], "lead": ["coordinators", "members"]}


def test_the_manager_writes_one_in_the_admin_and_it_is_screened(world: World) -> None:
    client = signed_in(world.manager)
    url = "/cms/snippets/resources/initiative/add/"
    step = {"text": "Compare the sections", "due_on": "2026-12-01", "done_on": ""}

    def form(**changes: Any) -> dict[str, Any]:
        values = {
            "name": "Shared agenda",
            "slug": "shared-agenda",
            "aim": "One agenda for all",
            "state": "active",
            "audience": "members",
            "owner": str(world.specialist.pk),
            "milestones": inline_formset([{**step, **changes.pop("step", {})}]),
            "documents": inline_formset([]),
        }
        data: dict[str, Any] = nested_form_data({**values, **changes})
        return data

    assert client.get(url).status_code == 200
    assert client.post(url, form(aim="SSN 123-45-6789")).status_code == 200
    assert client.post(url, form(step={"text": "Docket 2031CR001234"})).status_code == 200
    assert client.post(url, form(owner=str(world.member.pk))).status_code == 200
    assert not Initiative.objects.exists()
    assert client.post(url, form()).status_code == 302
    made = Initiative.objects.get()
    assert (made.owner, made.milestones.count()) == (world.specialist, 1)
    assert found(world.member, "compare sections") == ["Shared agenda"]
    assert signed_in(world.author).get(url).status_code in {302, 403, 404}


def test_a_leavers_initiatives_go_to_the_taker(world: World) -> None:
    row = make_initiative(owner=world.specialist)
    leaving.leave(world.specialist, by=world.manager, taker=world.coordinator)
    row.refresh_from_db()
    assert row.owner == world.coordinator


def test_the_section_shows_hours_to_come_papers_and_open_initiatives(world: World) -> None:
    today = timezone.localdate()
    OfficeHour.objects.create(day=today - timedelta(days=1), time="9 am", note="Gone by")
    OfficeHour.objects.create(day=today, time="10 am", note="Today")
    OfficeHour.objects.create(repeats="First Tuesday of the month", time="11 am")
    make_resource("Working paper", audience="coordinators")
    make_resource("For everybody")
    make_initiative("under-way")
    make_initiative("long-done", state="finished")
    response = signed_in(world.coordinator).get("/resources/coordinators/")
    html = response.content.decode()
    assert "Gone by" not in html
    assert "First Tuesday of the month" in html
    assert [page.title for page in response.context["page_obj"]] == ["Working paper"]
    assert [row.slug for row in response.context["initiatives"]] == ["under-way"]


@pytest.mark.parametrize("fields", [{}, {"day": date(2026, 1, 2), "repeats": "Every Monday"}])
def test_an_office_hour_is_on_a_day_or_recurs(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHour.objects.create(time="9 am", **fields)


@pytest.mark.parametrize("size", [2, 20])
@pytest.mark.parametrize(
    ("url", "most"), [(URL, 8), ("/resources/coordinators/", 11), (f"{URL}i0/", 12)]
)
def test_a_page_costs_the_same_at_any_size(
    size: int, url: str, most: int, world: World, django_assert_max_num_queries: Any
) -> None:
    for n in range(size):
        row = make_initiative(f"i{n}", owner=world.manager)
        for step in range(size):
            Milestone.objects.create(initiative=row, text=f"M{step}", due_on=timezone.localdate())
        initiatives.tell(row, text="News", by=world.manager, key=uuid4())
        initiatives.tell(Initiative.objects.get(slug="i0"), text="x", by=world.manager, key=uuid4())
        make_resource(f"R{n}", audience="coordinators")
    client = signed_in(world.coordinator)
    client.get(url)
    with django_assert_max_num_queries(most):
        client.get(url)
