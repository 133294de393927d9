"""Pathways asked of people: by a day, once or anew, waived, and one reminder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect, Event
from portal.people.models import Center, Discipline, PersonAlias, User
from tests.training import learning_factories as make
from tests.training.factories import make_module, make_pathway
from training import assignments, completions, enrolments, nudges, plans
from training.models import (
    Assignment,
    AssignmentPlan,
    Completion,
    ModulePage,
    PathwayPage,
    PathwayStep,
)

pytestmark = pytest.mark.django_db
NOON = 12


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, NOON))


@contextmanager
def on(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the calendar say another day."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at(day))
        yield


@pytest.fixture
def modules() -> list[ModulePage]:
    return [make_module(code, 1)[0] for code in ("T01", "T02")]


@pytest.fixture
def pathway(modules: list[ModulePage]) -> PathwayPage:
    return make_pathway("both", *modules)


@pytest.fixture
def coordinator() -> User:
    return make.learner(coordinates="essex")


@pytest.fixture
def person() -> User:
    return make.learner()


def asked(person: User, pathway: PathwayPage, **more: Any) -> Assignment:
    return assignments.assign(person, pathway, **{"due_on": days(30), "by": person, **more})


def test_it_is_complete_with_the_last_module_and_on_its_day(
    person: User, pathway: PathwayPage, modules: list[ModulePage]
) -> None:
    row = asked(person, pathway)
    make.complete(person, modules[0], at=at(days(-3)))
    row.refresh_from_db()
    assert row.state == "open"
    make.complete(person, modules[1], at=at(days(-1)))
    row.refresh_from_db()
    assert (row.state, row.completed_on) == ("complete", days(-1))


def test_what_was_completed_before_counts_at_once_and_tells_nobody(
    person: User, pathway: PathwayPage, modules: list[ModulePage]
) -> None:
    for module in modules:
        make.complete(person, module, at=at(days(-10)))
    assert asked(person, pathway).completed_on == days(-10)
    assert not Effect.objects.filter(kind="training.assigned").exists()


def test_a_module_that_joins_the_pathway_later_makes_nobody_incomplete(
    person: User, pathway: PathwayPage, modules: list[ModulePage]
) -> None:
    row = asked(person, pathway)
    third, _release = make_module("T03", 1)
    PathwayStep.objects.create(pathway=pathway, module=third, sort_order=2)
    for module in modules:
        make.complete(person, module)
    row.refresh_from_db()
    assert row.state == "complete"
    again = asked(person, pathway)
    assert (again.cycle, again.state) == (2, "open")


def test_modules_in_preparation_are_not_asked(person: User) -> None:
    draft, _release = make_module("T08", 1)
    ModulePage.objects.filter(pk=draft.pk).update(is_in_preparation=True)
    empty = make_pathway("empty", draft)
    with pytest.raises(assignments.CannotAssign) as error:
        asked(person, empty)
    assert error.value.reason == "empty"


def test_the_same_is_asked_once_at_a_time(person: User, pathway: PathwayPage) -> None:
    row = asked(person, pathway)
    with pytest.raises(assignments.CannotAssign):
        asked(person, pathway)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            person=person, pathway=pathway, modules=[], cycle=9, due_on=row.due_on
        )


def test_a_merged_account_completes_it_too(
    person: User, pathway: PathwayPage, modules: list[ModulePage], coordinator: User
) -> None:
    old = make.learner()
    row = asked(old, pathway)
    make.complete(old, modules[0])
    PersonAlias.objects.create(alias=old, person=person, merged_by=coordinator)
    make.complete(person, modules[1])
    row.refresh_from_db()
    assert row.state == "complete"
    assert list(assignments.own(person)) == []


def test_what_two_accounts_completed_is_settled_in_the_night_after_they_are_merged(
    person: User, pathway: PathwayPage, modules: list[ModulePage], coordinator: User
) -> None:
    old = make.learner()
    row = asked(person, pathway)
    make.complete(old, modules[0])
    make.complete(person, modules[1])
    PersonAlias.objects.create(alias=old, person=person, merged_by=coordinator)
    assignments.catch_up()
    row.refresh_from_db()
    assert row.state == "complete"


def test_an_annulled_completion_opens_it_again(
    person: User, pathway: PathwayPage, modules: list[ModulePage], coordinator: User
) -> None:
    row = asked(person, pathway)
    done = [make.complete(person, module) for module in modules]
    completions.annul(completion=done[0], reason="error", by=coordinator)
    row.refresh_from_db()
    assert row.state == "open"
    assert Event.objects.filter(kind="training.assignment_reopened").count() == 1


def test_a_waiver_has_a_reason_and_settles_it(
    person: User, pathway: PathwayPage, coordinator: User
) -> None:
    row = asked(person, pathway)
    assignments.waive(row, reason="leave", by=coordinator)
    row.refresh_from_db()
    assert row.state == "waived"
    for act in (
        lambda: assignments.waive(row, reason="leave", by=coordinator),
        lambda: assignments.move(row, due_on=days(5), by=coordinator),
        lambda: assignments.withdraw(row, by=coordinator),
    ):
        with pytest.raises(assignments.CannotAssign):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=row.pk).update(waiver="")


# Mail


def sent_to(person: User) -> list[Any]:
    mail.outbox.clear()
    outbox.deliver_all()
    return [message for message in mail.outbox if message.to == [person.email]]


def test_assigning_tells_once_and_names_nothing(person: User, pathway: PathwayPage) -> None:
    asked(person, pathway)
    [message] = sent_to(person)
    assert pathway.title not in message.subject + message.body
    assert sent_to(person) == []


def test_the_reminder_is_sent_once_however_often_the_job_runs(
    person: User, pathway: PathwayPage
) -> None:
    row = asked(person, pathway, due_on=days(10))
    sent_to(person)
    for _ in range(3):
        assignments.remind()
    assert len(sent_to(person)) == 1
    Assignment.objects.filter(pk=row.pk).update(due_on=days(-1))
    for _ in range(3):
        assignments.remind()
    assert len(sent_to(person)) == 1


@pytest.mark.parametrize("how", ["done", "waived", "stopped", "left", "retired"])
def test_who_has_settled_it_by_then_is_not_reminded(
    person: User,
    pathway: PathwayPage,
    modules: list[ModulePage],
    coordinator: User,
    how: str,
) -> None:
    row = asked(person, pathway, due_on=days(5))
    sent_to(person)
    assignments.remind()
    if how == "done":
        for module in modules:
            make.complete(person, module)
    elif how == "waived":
        assignments.waive(row, reason="leave", by=coordinator)
    elif how == "stopped":
        nudges.wish(person, stop=True)
    elif how == "left":
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        pathway.unpublish()
    assert [m for m in sent_to(person) if "near" in m.subject] == []


# Plans and cycles


def plan(pathway: PathwayPage, **more: Any) -> AssignmentPlan:
    fields = {"center": Center.objects.get(slug="essex"), **more}
    return AssignmentPlan(pathway=pathway, **fields)


def test_a_plan_asks_whom_it_fits_today_and_whoever_joins_later(
    pathway: PathwayPage, coordinator: User
) -> None:
    police = Discipline.objects.get(slug="law-enforcement-local")
    fits = make.learner(discipline=police)
    make.learner(discipline=Discipline.objects.get(slug="medical"))
    make.learner(discipline=police, center="worcester")
    make.learner(discipline=police, roster=True)  # has not joined
    made = plans.make(plan(pathway, discipline=police), by=coordinator)
    assert [row.person for row in Assignment.objects.all()] == [fits]
    newcomer = make.learner(discipline=police)
    assert [plans.apply(made), plans.apply(made)] == [1, 0]
    assert Assignment.objects.get(person=newcomer).due_on == days(90)


def test_what_was_taken_back_is_not_asked_again_by_the_plan(
    pathway: PathwayPage, coordinator: User, person: User
) -> None:
    made = plans.make(plan(pathway), by=coordinator)
    assignments.withdraw(Assignment.objects.get(person=person), by=coordinator)
    assert plans.apply(made) == 0


def test_a_plan_for_a_role_asks_those_who_hold_it(pathway: PathwayPage, coordinator: User) -> None:
    made = plans.make(plan(pathway, center=None, role="coordinator"), by=coordinator)
    assert set(plans.people(made)) == {coordinator}
    trainer = make.learner(roles=("trainer",))
    other = plans.make(plan(pathway, center=None, role="trainer"), by=coordinator)
    assert set(plans.people(other)) == {trainer}


def test_an_ended_plan_asks_nobody(pathway: PathwayPage, coordinator: User) -> None:
    made = plans.make(plan(pathway), by=coordinator)
    plans.end(made, by=coordinator)
    newcomer = make.learner()
    plans.apply_all()
    assert not Assignment.objects.filter(person=newcomer).exists()


def test_a_cycle_by_hand(
    pathway: PathwayPage,
    modules: list[ModulePage],
    coordinator: User,
    person: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Completed 29 February 2028; anew after 12 months: due 28 February 2029, open 30 days before,
    on 29 January. Done on 10 February, it is next due a year after the day it was due.
    """
    for module in modules:
        make.complete(person, module, at=at(date(2028, 2, 29)))
    with on(date(2028, 3, 1), monkeypatch):
        made = plans.make(plan(pathway, again_months=12, window_days=30, days=60), by=coordinator)
        first = Assignment.objects.get(person=person)
        assert first.completed_on == date(2028, 2, 29)
    with on(date(2029, 1, 28), monkeypatch):
        plans.apply(made)
        assert Assignment.objects.filter(person=person).count() == 1
    with on(date(2029, 1, 29), monkeypatch):
        plans.apply(made)
        plans.apply(made)
        second = Assignment.objects.get(person=person, cycle=2)
        assert (second.counts_from, second.due_on) == (date(2029, 1, 29), date(2029, 2, 28))
    with on(date(2029, 2, 10), monkeypatch):
        for module in modules:
            enrolment = enrolments.enrol(person=person, module=module)
            assert enrolment.cycle == 2
            make.finish(enrolment)
        second.refresh_from_db()
        assert second.completed_on == date(2029, 2, 10)
        assert plans.next_due(made, second) == date(2030, 2, 28)
    assert Completion.objects.filter(person=person).count() == 4


def test_a_completed_module_is_not_begun_anew_unless_it_is_asked(
    person: User, modules: list[ModulePage], pathway: PathwayPage, client: Client
) -> None:
    done = make.complete(person, modules[0], at=at(days(-400)))
    assert enrolments.enrol(person=person, module=modules[0]) == done.enrolment
    asked(person, pathway, counts_from=days(1))
    assert enrolments.enrol(person=person, module=modules[0]) == done.enrolment  # not open yet
    Assignment.objects.update(counts_from=days(0))
    client.force_login(person)
    assert "Asked once more" in client.get("/training/t01/").content.decode()
    client.post("/training/t01/")
    anew = enrolments.find(person, modules[0])
    assert anew is not None
    assert anew.cycle == 2
    assert Completion.objects.standing().filter(pk=done.pk).exists()


# Pages


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
