"""Redaction reaches what was done for a request, and what its requester said of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assistance import activities, follow_ups
from assistance.activities import Step
from assistance.lifecycle import NotAllowed
from assistance.models import ActivityRecord, FollowUp, GoalChange, NextStep, Ticket
from portal.core.redaction.asking import NotFound
from portal.people import redactions as deciding
from tests.assistance.making import closed
from tests.assistance.recording import content, recorded
from tests.assistance.redacting import NAME, asked, page
from tests.security import hunting
from tests.world import World

SAID = {"helped": "yes", "rating": 5, "changes": ["protocol"]}


def worked(world: World, *, is_approved: bool) -> tuple[Ticket, ActivityRecord]:
    """A closed request whose activity and follow-up hold a made-up name."""
    ticket = closed(world)
    step = Step(f"Write to {NAME}", "staff", timezone.localdate() + timedelta(days=3))
    record = recorded(world.specialist, ticket, goal=f"Reach {NAME}", steps=[step])
    status = {"status": "dropped", "reason": f"Settled with {NAME}", "key": record.key}
    activities.move_goal(record, by=world.specialist, **status)
    if is_approved:
        activities.approve(record, by=world.manager)
    Ticket.objects.filter(pk=ticket.pk).update(follow_up_on=timezone.localdate())
    follow_ups.ask()
    follow_ups.answer(ticket, by=world.coordinator, comment=f"{NAME} is safe", **SAID)
    ticket.refresh_from_db()
    record.refresh_from_db()
    return ticket, record


@pytest.mark.parametrize("is_approved", [True, False])
def test_the_words_go_from_activities_steps_goals_and_follow_ups(
    world: World, is_approved: bool
) -> None:
    ticket, record = worked(world, is_approved=is_approved)
    assert NAME in hunting.rows()
    redaction = asked(ticket, world.specialist)
    for user in (world.specialist, world.manager):
        for path in (record.get_absolute_url(), ticket.get_absolute_url(), "/requests/due/"):
            assert NAME not in page(user, path), path
    deciding.agree(redaction, by=world.manager)
    assert NAME not in hunting.rows()
    record.refresh_from_db()
    assert (record.goal, record.is_approved) == ("Reach [removed]", is_approved)
    assert NextStep.objects.get().what == "Write to [removed]"
    assert GoalChange.objects.get().reason == "Settled with [removed]"
    assert FollowUp.objects.get().comment == "[removed] is safe"
    assert "removed: " in page(world.manager, record.get_absolute_url())


def test_what_is_looked_at_changes_under_nobodys_hands(world: World) -> None:
    ticket, record = worked(world, is_approved=False)
    asked(ticket, world.specialist)
    with pytest.raises(NotAllowed):
        activities.change(record, content(), by=world.specialist)
    with pytest.raises(NotAllowed):
        follow_ups.answer(ticket, by=world.coordinator, **SAID)
    for path in (f"{record.get_absolute_url()}change/", f"{ticket.get_absolute_url()}follow-up/"):
        user = world.specialist if "change" in path else world.coordinator
        assert NAME not in page(user, path)


def test_who_does_not_see_an_activity_does_not_learn_of_its_words(world: World) -> None:
    ticket, record = worked(world, is_approved=False)
    NextStep.objects.all().update(what="Ask Ottoline-Test")
    with pytest.raises(NotFound):
        asked(ticket, world.coordinator, "Ottoline-Test")
    activities.approve(record, by=world.manager)
    assert asked(ticket, world.coordinator, "Ottoline-Test").is_open
