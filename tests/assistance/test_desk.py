"""Passages for replies, lead times, and who covers what."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import lead_times, passages, seats
from assistance.calendar import ZONE
from assistance.lifecycle import NotAllowed, State
from assistance.models import Message, Passage, SpecialistSeat, Ticket, TypeNote
from portal.core.models import ScreenOverride
from portal.people import anonymising
from portal.people.models import User
from tests.assistance.making import assigned, form_data, sent
from tests.assistance.test_pages import everything_stored
from tests.factories import UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def kept(world: World, title: str = "Where to find the kit", **more: Any) -> Passage:
    text = more.pop("text", "The facilitation kit stands in the library.")
    return passages.keep(by=world.manager, key=uuid4(), title=title, text=text, **more)


def typed(ticket: Ticket, **changes: Any) -> dict[str, Any]:
    values = {
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
        "reply-text": "Thank you for asking.",
        "reply-minutes": "17",
    }
    return {**values, **changes}


def test_a_passage_is_put_after_what_was_typed_and_nothing_is_lost_or_stored(
    world: World,
) -> None:
    ticket, passage = assigned(world), kept(world)
    data = typed(ticket, passage=passage.pk)
    response = signed_in(world.specialist).post(f"/requests/{ticket.number}/reply/passage/", data)
    form = response.context["forms"]["reply"]
    assert form["text"].value() == (
        "Thank you for asking.\n\nThe facilitation kit stands in the library."
    )
    assert form["minutes"].value() == "17"
    assert form["key"].value() == data["reply-key"]
    assert not Message.objects.exists()
    assert "Thank you for asking." not in everything_stored()
    passage.refresh_from_db()
    assert passage.used_count == 1


def test_the_reply_goes_out_as_it_came_back(world: World) -> None:
    ticket, passage = assigned(world), kept(world)
    client, data = signed_in(world.specialist), typed(ticket, passage=passage.pk)
    form = client.post(f"/requests/{ticket.number}/reply/passage/", data).context["forms"]["reply"]
    again = {f"reply-{n}": form[n].value() for n in ("text", "key", "version", "minutes")}
    assert client.post(f"/requests/{ticket.number}/reply/", again).status_code == 302
    assert Message.objects.get().text.endswith("stands in the library.")


def test_text_that_the_screen_would_refuse_stays_in_the_page_alone(world: World) -> None:
    ticket, passage = assigned(world), kept(world)
    data = typed(ticket, passage=passage.pk, **{"reply-text": "DOB 04/12/2011"})
    client = signed_in(world.specialist)
    page = words(client.post(f"/requests/{ticket.number}/reply/passage/", data))
    assert "04/12/2011" in page
    assert "04/12/2011" not in everything_stored()
    assert not ScreenOverride.objects.exists()


@pytest.mark.parametrize("choice", ["", "9" * 40, "\0", "0", "word"])
def test_without_a_passage_the_text_comes_back_as_it_is(world: World, choice: str) -> None:
    ticket, passage = assigned(world), kept(world)
    client = signed_in(world.specialist)
    data = typed(ticket, passage=choice)
    response = client.post(f"/requests/{ticket.number}/reply/passage/", data)
    assert response.context["forms"]["reply"]["text"].value() == "Thank you for asking."
    assert client.post(f"/requests/{ticket.number}/reply/passage/").status_code == 200
    passage.refresh_from_db()
    assert passage.used_count == 0


def test_a_passage_that_is_not_offered_is_not_inserted(world: World) -> None:
    ticket, hidden = assigned(world), kept(world, is_active=False)
    client = signed_in(world.specialist)
    data = typed(ticket, passage=hidden.pk)
    response = client.post(f"/requests/{ticket.number}/reply/passage/", data)
    assert "library" not in response.context["forms"]["reply"]["text"].value()
    assert hidden.title not in words(response)


def test_passages_on_the_requests_topics_stand_first(world: World) -> None:
    kept(world, "About law", topics=["legal"], position=1)
    near = kept(world, "About agendas", topics=["facilitation"], position=9)
    assert passages.offered(assigned(world)).first() == near


def test_the_requesters_side_is_offered_no_passage(world: World) -> None:
    ticket, passage = assigned(world), kept(world)
    client = signed_in(world.coordinator)
    assert passage.title not in words(client.get(f"/requests/{ticket.number}/"))
    url = f"/requests/{ticket.number}/reply/passage/"
    assert client.post(url, typed(ticket, passage=passage.pk)).status_code == 404


PASSAGE = {"title": "Where to find it", "text": "It stands in the library.", "topics": ["legal"]}


def test_the_manager_keeps_a_passage_once_and_changes_it(world: World) -> None:
    client, data = signed_in(world.manager), {**PASSAGE, "key": str(uuid4()), "is_active": "on"}
    for _ in range(2):
        assert client.post("/requests/passages/new/", data).status_code == 302
    row = Passage.objects.get()
    assert (list(row.topics.names()), row.is_active) == (["legal"], True)
    changed = {**data, "text": "It stands on the shelf.", "position": "9" * 2, "key": "x"}
    client.post(f"/requests/passages/{row.pk}/", changed)
    assert "Enter a valid UUID" in words(client.post(f"/requests/passages/{row.pk}/", changed))
    client.post(f"/requests/passages/{row.pk}/", {**changed, "key": str(uuid4())})
    row.refresh_from_db()
    assert (row.text, row.position, Passage.objects.count()) == ("It stands on the shelf.", 99, 1)


def test_two_passages_have_two_titles(world: World) -> None:
    client = signed_in(world.manager)
    client.post("/requests/passages/new/", {**PASSAGE, "key": str(uuid4())})
    page = words(client.post("/requests/passages/new/", {**PASSAGE, "key": str(uuid4())}))
    assert "There is a passage with this title" in page


@pytest.mark.parametrize("text", ["Call about DOB 04/12/2011", "As Tanisha Okafor said to us"])
def test_a_passage_is_not_kept_while_the_screen_finds_something(world: World, text: str) -> None:
    data = {**PASSAGE, "text": text, "key": str(uuid4())}
    page = words(signed_in(world.manager).post("/requests/passages/new/", data))
    assert "Not saved: 1 thing to settle" in page
    assert not Passage.objects.exists()
    assert text not in everything_stored()


def test_only_the_manager_keeps_passages_and_seats(world: World) -> None:
    with pytest.raises(NotAllowed):
        passages.keep(by=world.specialist, key=uuid4(), title="A", text="B")
    with pytest.raises(NotAllowed):
        seat(world, world.specialist, by=world.specialist)


def test_the_list_of_passages_asks_the_same_queries_for_few_and_many(world: World) -> None:
    client = signed_in(world.manager)

    def count() -> int:
        client.get("/requests/passages/")
        with CaptureQueriesContext(connection) as found:
            client.get("/requests/passages/")
        return len(found)

    kept(world, topics=["legal"])
    few = count()
    for number in range(8):
        kept(world, f"Another {number}", topics=["legal"])
    assert count() == few


def test_every_type_has_a_lead_time_from_the_start() -> None:
    assert TypeNote.objects.count() == 10
    assert TypeNote.objects.get(type="training").lead_days == 15


def test_the_choice_of_a_type_says_how_long_it_usually_needs(world: World) -> None:
    TypeNote.objects.filter(type="training").update(note="Longer in June")
    page = words(signed_in(world.coordinator).get("/requests/new/"))
    assert "usually needs 15 business days. Longer in June" in page


def test_lead_days_are_business_days(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 16 November 2026 and 15 business days, past Thanksgiving: Tuesday 8 December."""
    at = timezone.datetime(2026, 11, 16, 23, 30, tzinfo=ZONE)  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "now", lambda: at)
    note = TypeNote.objects.get(type="training")
    assert lead_times.earliest(note) == date(2026, 12, 8)


def test_a_day_that_is_sooner_is_warned_of_once_and_can_be_sent_anyway(world: World) -> None:
    client = signed_in(world.coordinator)
    soon = (timezone.localdate() + timedelta(days=5)).isoformat()
    data = form_data(type="training", wanted_by=soon)
    page = words(client.post("/requests/new/", data))
    assert "usually needs 15 business days, so by" in page
    assert 'value="anyway"' in page
    assert "How do other teams keep the agenda" in page
    assert not Ticket.objects.exists()
    client.post("/requests/new/", {**data, "send": "anyway"})
    assert Ticket.objects.get().state == State.SUBMITTED


def test_a_day_that_is_late_enough_and_a_draft_are_not_warned_of(world: World) -> None:
    client = signed_in(world.coordinator)
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    client.post("/requests/new/", form_data(type="training", wanted_by=later))
    assert Ticket.objects.get().state == State.SUBMITTED
    soon = (timezone.localdate() + timedelta(days=5)).isoformat()
    data = form_data(type="training", wanted_by=soon, save="1")
    del data["send"]
    assert client.post("/requests/new/", data).status_code == 302
    assert Ticket.objects.filter(state=State.DRAFT).count() == 1


def test_sending_anyway_asks_for_everything_else(world: World) -> None:
    data = form_data(type="training", subject="", send="anyway")
    page = words(signed_in(world.coordinator).post("/requests/new/", data))
    assert "Please check: " in page
    assert not Ticket.objects.exists()


def seat(world: World, user: User, *, by: User | None = None, **more: Any) -> SpecialistSeat:
    values = {"topics": ["screening", "legal"], "starts_on": timezone.localdate(), **more}
    return seats.give(by=by or world.manager, user=user, key=uuid4(), **values)


def test_who_covers_a_topic_is_offered_first_with_the_open_load(world: World) -> None:
    idle = UserFactory(first_name="Ida", is_statewide=True, roles=("specialist",))
    seat(world, world.specialist)
    assigned(world)
    ticket = sent(world, topics=["screening"])
    page = signed_in(world.manager).get(f"/requests/{ticket.number}/")
    choices = page.context["forms"]["assign"].fields["to"].choices
    group, people = choices[1]
    assert group == "Covers these topics"
    label = f"{world.specialist.name} (covers: Screening and identification; 1 open)"
    assert people == [(world.specialist.pk, label)]
    assert (idle.pk, f"{idle.name} (0 open)") in choices[2][1]


def test_a_seat_suggests_and_bars_nobody(world: World) -> None:
    seat(world, world.specialist)
    ticket = sent(world, topics=["wellness"])
    client = signed_in(world.manager)
    data = {"assign-version": ticket.version, "assign-to": world.deputy.pk}
    client.post(f"/requests/{ticket.number}/assignee/", data)
    ticket.refresh_from_db()
    assert ticket.assignee == world.deputy


def test_the_bulk_form_says_what_each_covers(world: World) -> None:
    seat(world, world.specialist, topics=["legal"])
    sent(world)
    page = words(signed_in(world.manager).get("/requests/"))
    assert f"{world.specialist.name} (covers: Law and policy; 0 open)" in page


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
def test_a_seat_counts_only_in_its_days(world: World, days: tuple[int, int]) -> None:
    today = timezone.localdate()
    first, last = (today + timedelta(days=d) for d in days)
    seat(world, world.specialist, starts_on=first, ends_on=last)
    assert all(not each.covers for each in seats.candidates(["screening"]))


def test_a_seat_is_for_whoever_answers_requests(world: World) -> None:
    with pytest.raises(NotAllowed):
        seat(world, world.member)


def test_the_manager_gives_a_seat_once_and_ends_it(world: World) -> None:
    client = signed_in(world.manager)
    data = {
        "key": str(uuid4()),
        "user": world.specialist.pk,
        "topics": ["legal"],
        "starts_on": (timezone.localdate() - timedelta(days=3)).isoformat(),
        "capacity": "Two a week",
    }
    for _ in range(2):
        assert client.post("/requests/specialists/", data).status_code == 302
    row = SpecialistSeat.objects.get()
    assert "Two a week" in words(client.get("/requests/specialists/"))
    client.post(f"/requests/specialists/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ends_on == timezone.localdate() - timedelta(days=1)
    assert "Two a week" not in words(client.get("/requests/specialists/"))


@pytest.mark.parametrize("value", ["9" * 40, "\0", "word", ""])
def test_a_seat_of_nobody_is_refused_without_an_error(world: World, value: str) -> None:
    data = {"key": value, "user": value, "topics": [value], "starts_on": value}
    assert signed_in(world.manager).post("/requests/specialists/", data).status_code == 200


@pytest.mark.parametrize("value", ["9" * 40, "\0", "word", ""])
def test_assigning_to_nobody_is_refused_without_an_error(world: World, value: str) -> None:
    ticket = sent(world)
    data = {"assign-version": ticket.version, "assign-to": value}
    client = signed_in(world.manager)
    assert client.post(f"/requests/{ticket.number}/assignee/", data).status_code == 200
    data = {"to": value, "numbers": [ticket.number]}
    assert client.post("/requests/assign/", data).status_code == 302


def test_anonymising_takes_the_words_of_a_seat(world: World) -> None:
    row = seat(world, world.specialist, capacity="Not on Fridays")
    User.objects.filter(pk=world.specialist.pk).update(is_active=False)
    anonymising.anonymise(User.objects.get(pk=world.specialist.pk), by=None)
    row.refresh_from_db()
    assert row.capacity == ""


def test_giving_requests_asks_no_more_queries_for_more_people(world: World) -> None:
    ticket, client = sent(world), signed_in(world.manager)

    def count() -> int:
        client.get(f"/requests/{ticket.number}/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/requests/{ticket.number}/")
        return len(found)

    seat(world, world.specialist)
    few = count()
    for _ in range(4):
        seat(world, UserFactory(is_statewide=True, roles=("specialist",)))
    assert count() == few
