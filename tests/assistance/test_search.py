"""Requests in search: found by right, and by nothing but number, subject and topics."""

import pytest

from assistance import closing, tickets
from assistance.lifecycle import Action
from assistance.models import Ticket
from portal.core import outbox, ports
from portal.people import grants
from portal.people.models import CoordinatorAssignment, User
from portal.search import finder
from portal.search.query import Query
from tests.assistance import making
from tests.world import World

pytestmark = pytest.mark.django_db


def found(user: User, text: str = "", **fields: object) -> list[str]:
    outbox.deliver_all()  # the worker brings what is new
    results = finder.find(Query(text=text, **fields), user)  # type: ignore[arg-type]
    hits = [hit.plain_title for hit in results.hits if hit.source == "request"]
    counted = {c.value: c.count for c in results.facet("type").choices}
    assert counted.get("request", 0) == len(hits)
    return hits


def test_a_draft_is_not_found_by_anybody(world: World) -> None:
    making.draft(world.coordinator)
    assert found(world.coordinator, "agenda") == found(world.manager, "agenda") == []


def test_number_subject_and_topic_find_it_the_question_does_not(world: World) -> None:
    ticket = making.sent(world)
    for text in (ticket.number, "agenda fits", "facilitation"):
        assert found(world.manager, text) == [ticket.number]
    assert found(world.manager, "other teams keep meeting") == []
    assert found(world.manager, counties=frozenset({"essex"})) == [ticket.number]
    assert ports.call("suggest", text="agenda", user=world.manager) == []


def test_what_is_new_is_found_when_the_worker_was_there(world: World) -> None:
    ticket = making.sent(world)
    asked = Query(text=ticket.number or "")
    assert not finder.find(asked, world.manager).hits
    outbox.deliver_all()
    assert finder.find(asked, world.manager).hits


def test_every_account_finds_what_it_may_see(world: World) -> None:
    """The tokens and `visible_to` agree, whatever the state."""
    making.draft(world.coordinator)
    making.sent(world)
    making.assigned(world)
    making.answered(world)
    making.closed(world)
    tickets.apply(making.sent(world), Action.WITHDRAW, by=world.coordinator, reason="Not needed")
    assert all_found(world) == all_seen(world)
    CoordinatorAssignment.objects.filter(user=world.coordinator).delete()
    grants.end(world.specialist, "specialist", by=None)
    assert all_found(world) == all_seen(world)


def accounts(world: World) -> list[User]:
    """Read everybody anew: rights are remembered on an account."""
    return list(User.objects.filter(pk__in=[user.pk for user in world.people.values()]))


def all_found(world: World) -> dict[str, set[str]]:
    return {user.email: set(found(user)) for user in accounts(world)}


def all_seen(world: World) -> dict[str, set[str]]:
    numbers = Ticket.objects.submitted().values_list("number", flat=True)
    return {user.email: set(map(str, numbers.visible_to(user))) for user in accounts(world)}


def test_what_is_archived_leaves_no_words(world: World) -> None:
    ticket = making.closed(world)
    assert found(world.manager, "agenda") == [ticket.number]
    Ticket.objects.filter(pk=ticket.pk).update(closed_at="2020-01-01T00:00Z")
    assert closing.archive(closing.rested()) == 1
    assert found(world.manager, "agenda") == found(world.manager, str(ticket.number)) == []
