"""Pathways asked of people: what counts, waivers, and one reminder."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from portal.core import outbox
from portal.core.models import Effect, Event
from portal.people.models import PersonAlias, User
from tests.training import learning_factories as make
from tests.training.assigning.making import asked, at, days
from tests.training.factories import make_module, make_pathway
from training import assignments, completions, nudges
from training.models import (
    Assignment,
    ModulePage,
    PathwayPage,
    PathwayStep,
)

pytestmark = pytest.mark.django_db


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


def test_what_is_long_over_is_not_told_again_when_the_outbox_has_forgotten(
    person: User, pathway: PathwayPage
) -> None:
    row = asked(person, pathway, due_on=days(-1))
    sent_to(person)
    assignments.remind()
    assert len(sent_to(person)) == 1
    Assignment.objects.filter(pk=row.pk).update(due_on=days(-40))
    Effect.objects.all().delete()
    assignments.remind()
    assert sent_to(person) == []


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
