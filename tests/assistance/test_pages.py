"""The pages of requests: what each shows, keeps and refuses."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assistance import conversation, tickets
from assistance.lifecycle import Action, State
from assistance.models import Message, Ticket, TimeEntry
from portal.core import ports
from portal.core.models import Effect
from portal.core.ports import Suggestion
from portal.people.models import User
from tests.assistance.making import answered, assigned, draft, form_data, say, sent
from tests.world import World

DOB = "date of birth 04/12/2011"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def everything_stored() -> str:
    """Every value of every table, as one text."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts)


def test_a_coordinator_writes_saves_and_sends(world: World) -> None:
    client = signed_in(world.coordinator)
    data = form_data()
    del data["send"]
    response = client.post("/requests/new/", {**data, "save": "1", "wanted_by": ""})
    ticket = Ticket.objects.get()
    assert response["Location"] == f"/requests/drafts/{ticket.uuid}/"
    page = client.get(response["Location"])
    assert "Agenda that fits 45 minutes" in words(page)
    response = client.post(response["Location"], {**data, "send": "1"})
    ticket.refresh_from_db()
    assert ticket.state == State.SUBMITTED
    assert response["Location"] == f"/requests/{ticket.number}/"
    assert f"Request {ticket.number}" in words(client.get(response["Location"]))


def test_sending_an_unfinished_form_names_what_is_missing_and_keeps_the_text(
    world: World,
) -> None:
    client = signed_in(world.coordinator)
    response = client.post("/requests/new/", form_data(type="", wanted_by=""))
    page = words(response)
    assert "Choose what kind of help you need" in page
    assert "Enter the day you need it by" in page
    assert "How do other teams keep the agenda" in page
    assert not Ticket.objects.exists()


def test_sending_the_same_form_twice_makes_one_request(world: World) -> None:
    client, data = signed_in(world.coordinator), form_data()
    places = {client.post("/requests/new/", data)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("button", ["send", "save"])
@pytest.mark.parametrize("field", ["subject", "question"])
def test_a_date_of_birth_is_refused_and_stored_nowhere(
    world: World, field: str, button: str
) -> None:
    client = signed_in(world.coordinator)
    data = form_data(**{field: f"How to plan, {DOB}?"})
    del data["send"]
    response = client.post("/requests/new/", {**data, button: "1"})
    assert "Not saved: 1 thing to settle" in words(response)
    assert "<mark>" in words(response)
    assert not Ticket.objects.exists()
    assert "04/12/2011" not in everything_stored()
    assert "04/12/2011" not in str(client.session.items())
    assert "04/12/2011" not in client.cookies.output()


def test_a_draft_with_a_finding_keeps_its_last_clean_text(world: World) -> None:
    ticket = draft(world.coordinator)
    client = signed_in(world.coordinator)
    response = client.post(
        f"/requests/drafts/{ticket.uuid}/", form_data(key=str(ticket.uuid), question=DOB)
    )
    assert "04/12/2011" in words(response)
    ticket.refresh_from_db()
    assert "04/12/2011" not in ticket.question
    assert "04/12/2011" not in everything_stored()


def test_a_finding_can_be_replaced_without_script(world: World) -> None:
    client = signed_in(world.coordinator)
    data = form_data(question="Planning for the team, SSN 219-09-9999, how do others do it?")
    page = words(client.post("/requests/new/", data))
    found = page.split('value="removed|')[1].split('"')[0]
    client.post("/requests/new/", {**data, "settle-question-1": f"removed|{found}"})
    assert "[removed]" in Ticket.objects.get().question
    assert "219-09-9999" not in everything_stored()


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_a_screened_reply_or_note_is_kept_in_the_page_alone(world: World, kind: str) -> None:
    ticket = assigned(world)
    client = signed_in(world.specialist)
    data = {f"{kind}-text": DOB, f"{kind}-key": str(uuid4()), f"{kind}-version": ticket.version}
    response = client.post(f"/requests/{ticket.number}/{kind}/", data)
    assert "Not saved: 1 thing to settle" in words(response)
    assert not Message.objects.exists()
    assert "04/12/2011" not in everything_stored()


def test_another_centers_request_is_not_found(world: World) -> None:
    ticket = sent(world)
    assert signed_in(world.other_coordinator).get(f"/requests/{ticket.number}/").status_code == 404
    assert signed_in(world.specialist).get(f"/requests/{ticket.number}/").status_code == 404
    assert signed_in(world.member).get("/requests/").status_code == 404


def test_another_persons_draft_is_not_found_even_by_the_manager(world: World) -> None:
    ticket = draft(world.coordinator)
    for user in (world.manager, world.other_coordinator):
        response = signed_in(user).get(f"/requests/drafts/{ticket.uuid}/")
        assert response.status_code == 404


def test_a_stale_reply_is_given_back_with_what_is_new(world: World) -> None:
    ticket = assigned(world)
    client = signed_in(world.specialist)
    ticket.refresh_from_db()
    data = {
        "reply-text": "My long careful answer.",
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
    }
    say(ticket, world.coordinator, "One more thing.")
    say(ticket, world.coordinator, "And another.")
    response = client.post(f"/requests/{ticket.number}/reply/", data)
    assert response.status_code == 409
    page = words(response)
    assert "2 new replies since you opened this" in page
    assert "My long careful answer." in page
    assert Message.objects.count() == 2
    ticket.refresh_from_db()
    client.post(f"/requests/{ticket.number}/reply/", {**data, "reply-version": ticket.version})
    assert Message.objects.count() == 3


def test_a_reply_to_a_request_that_ended_meanwhile_keeps_its_text(world: World) -> None:
    ticket = assigned(world)
    data = {
        "reply-text": "My long careful answer.",
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
    }
    tickets.apply(ticket, Action.DECLINE, by=world.manager, reason="Settled otherwise")
    url = f"/requests/{ticket.number}/reply/"
    page = words(signed_in(world.specialist).post(url, data))
    assert "My long careful answer." in page
    assert "Program" not in page or "declined it" in page
    assert not Message.objects.exists()


def test_posting_a_reply_twice_says_it_once(world: World) -> None:
    ticket = assigned(world)
    client = signed_in(world.coordinator)
    data = {
        "reply-text": "Thank you.",
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
    }
    for _ in range(2):
        assert client.post(f"/requests/{ticket.number}/reply/", data).status_code == 302
    assert Message.objects.count() == 1
    assert Effect.objects.filter(payload__notice="requester_replied").count() == 1


def test_the_coordinator_never_reads_a_note(world: World) -> None:
    ticket = assigned(world)
    conversation.note(ticket, by=world.manager, text="Inside words only", key=uuid4())
    url = f"/requests/{ticket.number}/"
    assert "Inside words only" in words(signed_in(world.manager).get(url))
    assert "Inside words only" in words(signed_in(world.specialist).get(url))
    coordinator = words(signed_in(world.coordinator).get(url))
    assert "Inside words only" not in coordinator
    assert "nternal note" not in coordinator


def test_the_specialist_answers_and_the_coordinator_confirms(world: World) -> None:
    ticket = assigned(world)
    data = {
        "reply-text": "Put safety first.",
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
        "reply-minutes": "35",
        "reply-then": "answer",
    }
    signed_in(world.specialist).post(f"/requests/{ticket.number}/reply/", data)
    ticket.refresh_from_db()
    assert ticket.state == State.ANSWERED
    assert TimeEntry.objects.get().staff_minutes == 35
    client = signed_in(world.coordinator)
    assert "Yes, this answers it" in words(client.get(f"/requests/{ticket.number}/"))
    url = f"/requests/{ticket.number}/actions/confirm/"
    client.post(url, {"action-version": ticket.version})
    ticket.refresh_from_db()
    assert ticket.state == State.CLOSED


def test_an_action_without_its_reason_says_so(world: World) -> None:
    ticket = sent(world)
    client = signed_in(world.coordinator)
    url = f"/requests/{ticket.number}/actions/withdraw/"
    page = words(client.post(url, {"action-version": ticket.version}))
    assert "This needs a reason." in page
    client.post(url, {"action-version": ticket.version, "action-reason": "Solved by ourselves"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reason) == (State.WITHDRAWN, "Solved by ourselves")


@pytest.mark.parametrize(
    ("account", "action"),
    [("coordinator", "decline"), ("coordinator", "no-such"), ("specialist", "confirm")],
)
def test_an_action_that_is_not_ones_own_is_not_found(
    world: World, account: str, action: str
) -> None:
    ticket = answered(world)
    client = signed_in(world.people[account])
    data = {"action-version": ticket.version, "action-reason": "x"}
    assert client.post(f"/requests/{ticket.number}/actions/{action}/", data).status_code == 404


@pytest.mark.parametrize("end", ["reply/", "note/", "actions/withdraw/", "assignee/"])
def test_nothing_changes_by_reading(world: World, end: str) -> None:
    ticket = sent(world)
    response = signed_in(world.manager).get(f"/requests/{ticket.number}/{end}")
    assert (response.status_code, response["Location"]) == (302, f"/requests/{ticket.number}/")
    assert Ticket.objects.get().version == ticket.version


def test_the_manager_assigns_several_at_once(world: World) -> None:
    numbers = [sent(world).number for _ in range(3)]
    data = {"numbers": numbers[:2], "to": world.specialist.pk}
    signed_in(world.manager).post("/requests/assign/", data)
    assert Ticket.objects.filter(assignee=world.specialist).count() == 2


def test_the_queue_narrows_by_its_address(world: World) -> None:
    first, second = sent(world), sent(world, type="data", subject="Counting talks")
    client = signed_in(world.manager)
    page = words(client.get("/requests/?view=unassigned&type=data&q=counting"))
    assert second.number
    assert first.number
    assert second.number in page
    assert first.number not in page
    assert client.get("/requests/?view=no-such").status_code == 404
    assert client.get("/requests/?type=no-such&page=99").status_code == 200
    assert signed_in(world.coordinator).get("/requests/?view=unassigned").status_code == 404


@pytest.mark.parametrize("many", [2, 20])
def test_the_queue_asks_the_same_number_of_queries_at_any_size(
    world: World, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        assigned(world)
    client = signed_in(world.manager)
    client.get("/requests/")
    with django_assert_max_num_queries(8):
        client.get("/requests/")


@pytest.mark.parametrize("many", [2, 20])
def test_a_request_asks_the_same_number_of_queries_however_long_it_is(
    world: World, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = assigned(world)
    for _ in range(many):
        say(ticket, world.coordinator)
    client = signed_in(world.specialist)
    client.get(f"/requests/{ticket.number}/")
    with django_assert_max_num_queries(8):
        client.get(f"/requests/{ticket.number}/")


def test_suggestions_come_while_writing_and_never_for_what_blocks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def suggest(*, text: str, user: User) -> list[Suggestion]:
        asked.append(text)
        return [Suggestion("Facilitation kit", "/resources/kit/", "Guidance", "Agendas")]

    client = signed_in(world.coordinator)
    monkeypatch.setattr(ports, "_ports", {})
    url = "/requests/suggestions/"
    assert "href" not in words(client.post(url, {"question": "How to run a long meeting"}))
    ports.register("suggest", suggest)
    page = words(client.post(url, {"question": "How to run a long meeting"}))
    assert "Facilitation kit" in page
    assert "opens in a new tab" in page
    client.post(url, {"question": f"How to plan a meeting, {DOB}"})
    assert len(asked) == 1


def test_titles_name_the_task_and_not_the_subject(world: World) -> None:
    ticket = sent(world)
    title = words(signed_in(world.manager).get(f"/requests/{ticket.number}/"))
    title = title.split("<title>")[1].split("</title>")[0]
    assert f"Request {ticket.number}" in title
    assert "Agenda" not in title


def test_news_since_a_version_name_replies_and_changes_but_no_note(world: World) -> None:
    ticket = assigned(world)
    seen = ticket.version
    url = f"/requests/{ticket.number}/news/{seen}/"
    client = signed_in(world.coordinator)
    conversation.note(ticket, by=world.manager, text="Inside", key=uuid4())
    assert words(client.get(url)).strip() == ""
    say(ticket, world.specialist, "On it.")
    page = words(client.get(url))
    assert "1 new reply since you opened this" in page
    assert "started work" in page


def test_a_number_that_no_row_can_have_is_told_and_the_text_stays(
    world: World, client: Client
) -> None:
    client.force_login(world.coordinator)
    for huge in ("9" * 19, "1" * 400):
        data = form_data(involved=[huge])
        answer = client.post("/requests/new/", data)
        assert answer.status_code == 200
        assert data["subject"] in answer.content.decode()
