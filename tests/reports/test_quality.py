"""Each check finds its fault, leads to where it is mended, and lets go of what is mended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import activities, hours
from assistance.lifecycle import State
from assistance.models import Ticket
from portal.core import quality
from portal.core.quality import Finding
from portal.people import roster
from portal.people.models import Center, CenterCounty, CoordinatorAssignment, Discipline, User
from resources.models import Forum, ResourcePage, Service
from tests.assistance import making
from tests.assistance.recording import content, recorded
from tests.factories import UserFactory
from tests.resources.factories import make_resource
from tests.training import learning_factories as learning
from tests.training import talk_making
from tests.training.evaluation_making import give
from tests.training.factories import make_module
from tests.training.session_factories import be_there, make_held
from tests.world import World
from training import attendance, outreach
from training.models import Completion, Enrolment, EvaluationDone, LiveSession, ModulePage

AGES_AGO = timedelta(days=20)
Mend = Callable[[], object]
Fault = Callable[[World, Client], tuple[str, Mend]]
FAULTS: dict[str, Fault] = {}


def fault(key: str) -> Callable[[Fault], Fault]:
    """Say how a fault of a check is made: its mending path, and what mends it."""

    def keep(make: Fault) -> Fault:
        FAULTS[key] = make
        return make

    return keep


def as_manager(world: World) -> Client:
    client = Client()
    client.force_login(world.manager)
    return client


def find(client: Client, key: str) -> tuple[int, list[str], str]:
    """Return how many the page shows, the links of its examples, and its text."""
    answer = client.get("/reports/quality/")
    assert answer.status_code == 200
    found: list[Finding] = [each for each in answer.context["faults"] if each.check.key == key]
    links = [example.path for each in found for example in each.examples]
    return sum(each.count for each in found), links, answer.content.decode()


@fault("sessions-unsettled")
def a_session_of_nine_days_ago(world: World, client: Client) -> tuple[str, Mend]:
    make_held(world.trainer, world.member, days=-1)  # yesterday's is not late yet
    session = make_held(world.trainer, world.member, days=-9)
    at = f"/training/sessions/{session.pk}"
    return f"{at}/people/", lambda: client.post(f"{at}/settle/")


@fault("sessions-empty")
def a_session_settled_with_nobody_there(world: World, client: Client) -> tuple[str, Mend]:
    session = settled(world)
    return f"/training/sessions/{session.pk}/people/", lambda: be_there(session, world.member)


@fault("sessions-funding")
def a_session_that_nobody_paid_for(world: World, client: Client) -> tuple[str, Mend]:
    at = f"/training/sessions/{settled(world, world.member).pk}/credit/"
    return at, lambda: client.post(at, {"paid-funding": "voca"})


@fault("talks-heads")
def a_talk_without_heads(world: World, client: Client) -> tuple[str, Mend]:
    talk = talk_making.make_talk(world.coordinator, people={}, funding="voca")
    better = talk_making.facts(funding="voca")
    mend = lambda: outreach.correct(talk, better, by=world.manager, key=uuid4())  # noqa: E731
    return f"/training/talks/{talk.pk}/correct/", mend


@fault("talks-funding")
def a_talk_that_nobody_paid_for(world: World, client: Client) -> tuple[str, Mend]:
    talk = talk_making.make_talk(world.coordinator)
    better = talk_making.facts(funding="cja")
    mend = lambda: outreach.correct(talk, better, by=world.manager, key=uuid4())  # noqa: E731
    return f"/training/talks/{talk.pk}/correct/", mend


@fault("completions-cut")
def a_completion_of_somebody_on_no_team(world: World, client: Client) -> tuple[str, Mend]:
    person = learning.learner(center=None)
    learning.complete(person, make_module("F04")[0])
    at = f"/team/people/{person.pk}/"
    return at, lambda: client.post(f"{at}on/", {"center": "essex"})


@fault("people-discipline")
def a_member_without_discipline(world: World, client: Client) -> tuple[str, Mend]:
    person = UserFactory(center="essex", discipline=None)
    at = f"/team/people/{person.pk}/change/"
    said = {"first_name": "Sam", "last_name": "Set", "discipline": medical().pk}
    return at, lambda: client.post(at, said)


@fault("people-nowhere")
def somebody_on_no_team(world: World, client: Client) -> tuple[str, Mend]:
    at = f"/team/people/{UserFactory().pk}/"
    return f"{at}#teams", lambda: client.post(f"{at}on/", {"center": "essex"})


@fault("centers-coordinator")
def a_center_that_nobody_coordinates(world: World, client: Client) -> tuple[str, Mend]:
    center = Center.objects.get(slug="essex")
    CoordinatorAssignment.objects.filter(center=center).delete()
    mend = lambda: roster.assign(world.member, center, kind="primary", by=world.manager)  # noqa: E731
    return f"/team/?center={center.pk}", mend


@fault("counties-center")
def a_county_that_no_center_serves(world: World, client: Client) -> tuple[str, Mend]:
    CenterCounty.objects.filter(county__slug="essex").delete()
    at = "/team/coverage/essex/"
    return at, lambda: client.post(at, {"act": "add", "center": "essex"})


@fault("centers-county")
def a_center_that_serves_no_county(world: World, client: Client) -> tuple[str, Mend]:
    client.post("/team/coverage/essex/", {"end": "essex"})
    mend = {"act": "add", "center": "essex"}
    return "/team/coverage/", lambda: client.post("/team/coverage/essex/", mend)


@fault("requests-time")
def a_closed_request_without_time(world: World, client: Client) -> tuple[str, Mend]:
    making.closed(world)  # with its time
    ticket = making.sent(world)
    Ticket.objects.filter(pk=ticket.pk).update(state=State.CLOSED, closed_at=timezone.now())
    hours.log(ticket, by=world.manager, staff_minutes=45)
    hours.log(ticket, by=world.manager, staff_minutes=-45)  # taken back: as if never logged
    mend = lambda: hours.log(ticket, by=world.manager, staff_minutes=30)  # noqa: E731
    return f"{ticket.get_absolute_url()}#time", mend


@fault("requests-funding")
def a_request_with_time_and_no_funding(world: World, client: Client) -> tuple[str, Mend]:
    ticket = making.answered(world)
    said = {"classify-funding": "state"}
    return f"{ticket.get_absolute_url()}#filing", lambda: file(client, ticket, **said)


@fault("requests-filing")
def a_request_without_discipline(world: World, client: Client) -> tuple[str, Mend]:
    ticket = making.sent(world)
    Ticket.objects.filter(pk=ticket.pk).update(discipline=None)
    ticket.refresh_from_db()
    said = {"classify-discipline": medical().pk}
    return f"{ticket.get_absolute_url()}#filing", lambda: file(client, ticket, **said)


@fault("activities-funding")
def an_activity_without_funding(world: World, client: Client) -> tuple[str, Mend]:
    record = recorded(world.specialist, funding="")
    mend = lambda: activities.change(record, content(funding="cja"), by=world.manager)  # noqa: E731
    return f"/requests/activities/{record.pk}/change/", mend


@fault("resources-review")
def a_page_past_its_review_day(world: World, client: Client) -> tuple[str, Mend]:
    page, today = make_resource("Looked at long ago"), timezone.localdate()
    pages = ResourcePage.objects.filter(pk=page.pk)
    pages.update(review_by=today - timedelta(days=1))
    mend = lambda: pages.update(review_by=today + timedelta(days=300))  # noqa: E731
    return f"/cms/pages/{page.pk}/edit/", mend


@fault("services-unverified")
def a_service_that_nobody_verified(world: World, client: Client) -> tuple[str, Mend]:
    service = Service.objects.create(name="A door to knock at")
    at = service.get_absolute_url()
    return at, lambda: client.post(f"{at}checked/")


@fault("forums-heads")
def a_forum_whose_listeners_nobody_counted(world: World, client: Client) -> tuple[str, Mend]:
    forum = make_forum(world.manager)
    rows = Forum.objects.filter(pk=forum.pk)
    return f"/resources/forums/{forum.pk}/change/", lambda: rows.update(audience=40)


@fault("sessions-evaluation")
def a_session_that_nobody_evaluated(world: World, client: Client) -> tuple[str, Mend]:
    people = [learning.learner() for _ in range(5)]
    few, many = settled(world, *people[:4]), settled(world, *people)  # of four, none is named
    LiveSession.objects.filter(pk__in=[few.pk, many.pk]).update(
        settled_at=timezone.now() - AGES_AGO
    )
    mend = lambda: EvaluationDone.objects.create(session=many, person=people[0])  # noqa: E731
    return f"/training/sessions/{many.pk}/people/", mend


@fault("modules-evaluation")
def a_module_that_nobody_evaluated(world: World, client: Client) -> tuple[str, Mend]:
    few, many = make_module("F01")[0], make_module("F02")[0]
    done = [completed(many) for _ in range(5)]
    for _ in range(4):
        completed(few)
    return f"/training/evaluations/{many.slug}/", lambda: give(done[0])


def settled(world: World, *people: User) -> LiveSession:
    session = make_held(world.trainer, *people, days=-2)
    return attendance.settle(session, by=world.trainer)


def completed(module: ModulePage) -> Completion:
    person, at = learning.learner(), timezone.now() - AGES_AGO
    way = Enrolment.objects.create(person=person, module=module, number=1, completed_at=at)
    return Completion.objects.create(
        person=person,
        enrolment=way,
        module=module,
        release=module.releases.get(),
        minutes=10,
        completed_at=at,
        discipline=person.discipline,
        center=Center.objects.get(slug="essex"),
    )


def make_forum(by: User) -> Forum:
    return Forum.objects.create(
        happened_on=timezone.localdate(),
        level="state",
        kind="briefing",
        title="A briefing",
        funding="state",
        key=uuid4(),
        recorded_by=by,
    )


def medical() -> Discipline:
    return Discipline.objects.get(slug="medical")


def file(client: Client, ticket: Ticket, **said: Any) -> None:
    """Send the form of a request's filing as its page carries it."""
    page = client.get(ticket.get_absolute_url())
    form = page.context["forms"]["classify"]
    assert ("discipline" in form.fields) is (ticket.discipline_id is None)
    values = {
        "classify-version": form["version"].value(),
        "initial-classify-topics": ["facilitation"],
        "classify-topics": ["facilitation"],
        "classify-funding": "",
        "initial-classify-funding": "",
        "classify-follow_up_on": "",
        "initial-classify-follow_up_on": "",
    }
    answer = client.post(f"{ticket.get_absolute_url()}filing/", {**values, **said})
    assert answer.status_code == 302


def test_every_check_has_its_fault_here() -> None:
    assert {each.key for each in quality.checks()} == set(FAULTS)


@pytest.mark.parametrize("key", FAULTS)
def test_a_fault_is_counted_leads_to_its_mending_and_goes(world: World, key: str) -> None:
    client = as_manager(world)
    before, _links, _text = find(client, key)
    path, mend = FAULTS[key](world, client)
    count, links, text = find(client, key)
    assert count == before + 1
    assert path in links
    assert f'href="{path}"' in text
    assert client.get(path.partition("#")[0]).status_code == 200
    mend()
    count, links, _text = find(client, key)
    assert count == before
    assert path not in links


def test_a_completion_leads_first_to_the_discipline_and_then_to_the_team(world: World) -> None:
    client = as_manager(world)
    person = learning.learner(center=None, discipline=None)
    learning.complete(person, make_module("F04")[0])
    at = f"/team/people/{person.pk}/"
    assert find(client, "completions-cut")[1] == [f"{at}change/"]
    User.objects.filter(pk=person.pk).update(discipline=medical())
    assert find(client, "completions-cut")[1] == [at]
    client.post(f"/team/people/{person.pk}/on/", {"center": "essex"})
    assert find(client, "completions-cut")[0] == 0


def test_an_approved_activity_is_corrected_not_changed(world: World) -> None:
    client = as_manager(world)
    record = activities.approve(recorded(world.specialist, funding=""), by=world.manager)
    path = f"/requests/activities/{record.pk}/correct/"
    assert find(client, "activities-funding")[1] == [path]
    assert client.get(path).status_code == 200
    activities.record(content(funding="voca"), by=world.manager, key=uuid4(), corrects=record)
    assert find(client, "activities-funding")[0] == 0


def test_the_page_cuts_a_long_list_and_leads_to_all_of_it(world: World) -> None:
    client = as_manager(world)
    people = [UserFactory() for _ in range(quality.SHOWN + 30)]
    count, links, text = find(client, "people-nowhere")
    assert (count, len(links)) == (55, 25)
    assert "and 30 more" in text
    assert "/reports/quality/people-nowhere/" in text
    pages = [client.get("/reports/quality/people-nowhere/", {"page": n}) for n in (1, 2)]
    shown = "".join(page.content.decode() for page in pages)
    assert all(f"/team/people/{person.pk}/#teams" in shown for person in people)
    assert client.get("/reports/quality/no-such-check/").status_code == 404


def test_the_words_of_a_request_do_not_stand_on_the_page(world: World) -> None:
    making.answered(world)
    _count, _links, text = find(as_manager(world), "requests-funding")
    assert "Agenda that fits" not in text


def test_what_nobody_can_mend_is_not_asked_for(world: World) -> None:
    """Who left, whom another account counts for, and the reader's own record."""
    User.objects.filter(pk=world.manager.pk).update(discipline=None)
    UserFactory(is_active=False, left_on=timezone.localdate())
    client = as_manager(world)
    assert find(client, "people-nowhere")[0] == 0
    assert find(client, "people-discipline")[0] == 0


def test_the_pages_ask_no_more_of_the_database_with_more_faults(world: World) -> None:
    client = as_manager(world)
    kinds = [key for key in FAULTS if key not in {"centers-coordinator", "counties-center"}]
    again = [key for key in kinds if key not in {"centers-county", "modules-evaluation"}]

    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    for key in kinds:
        if key == "completions-cut":  # its module is made once
            learning.complete(learning.learner(center=None), make_module("F09")[0])
        else:
            FAULTS[key](world, client)
    paths = ["/reports/quality/", *(f"/reports/quality/{key}/" for key in kinds)]
    few = [asked(path) for path in paths]
    for key in again:
        if key == "completions-cut":
            page = ModulePage.objects.get(code="F09")
            for _ in range(3):
                learning.complete(learning.learner(center=None), page)
        elif key == "services-unverified":
            Service.objects.create(name="Another door")
        else:
            FAULTS[key](world, client)
    assert [asked(path) for path in paths] == few
    assert few[0] <= 30
    assert max(few[1:]) <= 8
