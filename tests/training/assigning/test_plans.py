"""Standing plans and cycles."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.people.models import Center, Discipline, User
from tests.training import learning_factories as make
from tests.training.assigning.making import asked, at, days, on
from training import assignments, enrolments, plans
from training.models import (
    Assignment,
    AssignmentPlan,
    Completion,
    ModulePage,
    PathwayPage,
)

pytestmark = pytest.mark.django_db


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
