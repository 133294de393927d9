"""How many statements the pages of requests cost: no more than said, at any size.

The frame around every page (session, person, roles) and the transactions' own are left out
(`tests.statements`), so that the limits hold whatever the frame is.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assistance import watching
from assistance.lifecycle import Action
from assistance.models import Ticket
from portal.people.models import User
from tests import statements
from tests.assistance.making import answered, assigned, attached, closed, form_data, say, sent
from tests.world import World

PAGE, CHANGE = 8 - statements.FRAME, 14 - statements.FRAME


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def own(ask: Callable[[], Any], *, status: int) -> int:
    """Return how many statements a page takes of its own, once it was asked for before."""
    with CaptureQueriesContext(connection) as asked:
        assert ask().status_code == status
    counted = len(statements.own(asked))
    assert 0 < counted < len(asked)
    return counted


def page(user: User, url: str) -> int:
    client = signed_in(user)
    client.get(url)
    return own(lambda: client.get(url), status=200)


@pytest.mark.parametrize("query", ["", "?view=closed", "?view=centers", "?type=data&center=essex"])
@pytest.mark.parametrize("who", ["manager", "specialist", "coordinator"])
def test_the_queue_keeps_to_its_limit_at_two_sizes(world: World, who: str, query: str) -> None:
    if query == "?view=centers" and who != "manager":
        query = "?view=watched"
    counts = []
    for more in (2, 30):
        for _ in range(more):
            assigned(world)
        closed(world)
        counts.append(page(world.people[who], f"/requests/{query}"))
    assert counts[0] == counts[1] <= PAGE


@pytest.mark.parametrize("word", ["45 minutes", "almanac"])
def test_words_in_the_queue_keep_to_its_limit(world: World, word: str) -> None:
    for _ in range(30):
        sent(world)
    assert page(world.manager, f"/requests/?q={word}") <= PAGE


@pytest.mark.parametrize("who", ["manager", "specialist", "coordinator"])
def test_a_request_keeps_to_its_limit_however_much_stands_on_it(world: World, who: str) -> None:
    ticket = assigned(world)
    counts = []
    for more in (2, 20):
        for _ in range(more):
            say(ticket, world.coordinator)
        attached(ticket, world.coordinator)
        for user in (world.manager, world.deputy):
            watching.start(ticket, user=user, by=world.manager)
        sent(world)
        counts.append(page(world.people[who], f"/requests/{ticket.number}/"))
    assert counts[0] == counts[1] <= PAGE


@pytest.mark.parametrize("who", ["manager", "specialist", "coordinator"])
@pytest.mark.parametrize("made", [sent, answered, closed])
def test_a_request_in_any_state_keeps_to_its_limit(
    world: World, who: str, made: Callable[[World], Ticket]
) -> None:
    ticket = made(world)
    if who == "specialist" and ticket.assignee_id is None:
        return
    assert page(world.people[who], f"/requests/{ticket.number}/") <= PAGE


@pytest.mark.parametrize("who", ["manager", "coordinator"])
def test_sending_a_request_keeps_to_its_limit(world: World, who: str) -> None:
    client, before = signed_in(world.people[who]), Ticket.objects.count()

    def send() -> Any:
        return client.post("/requests/new/", form_data(seen="", topics=["facilitation", "legal"]))

    send()
    assert own(send, status=302) <= CHANGE
    assert Ticket.objects.submitted().count() == before + 2


@pytest.mark.parametrize("who", ["specialist", "coordinator"])
def test_a_reply_keeps_to_its_limit_also_where_it_moves_the_request(world: World, who: str) -> None:
    waiting = assigned(world)
    say(waiting, world.specialist, then=Action.ASK_BACK)
    tickets = [assigned(world), assigned(world), waiting]
    client = signed_in(world.people[who])
    for number, ticket in enumerate(tickets):
        ticket.refresh_from_db()
        url = f"/requests/{ticket.number}/reply/"
        data = {"reply-key": str(uuid4()), "reply-version": ticket.version, "reply-text": "Thanks."}
        count = own(lambda url=url, data=data: client.post(url, data), status=302)  # type: ignore[misc]
        assert number == 0 or count <= CHANGE
        assert ticket.messages.filter(text="Thanks.").exists()
