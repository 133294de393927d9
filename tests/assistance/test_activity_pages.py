"""The pages of activity records, and time that a double click logs once."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance import activities, due
from assistance.models import ActivityRecord, PageLink, Ticket, TimeEntry
from portal.people.models import Center, User
from tests.assistance.making import assigned, sent
from tests.assistance.recording import content, record_form, recorded
from tests.assistance.test_pages import everything_stored
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_the_form_begins_with_what_the_request_says(world: World) -> None:
    ticket = assigned(world)
    involved = Center.objects.first() and world.specialist.discipline
    assert involved is not None
    ticket.involved.add(involved)
    Ticket.objects.filter(pk=ticket.pk).update(type="training", funding="state")
    response = signed_in(world.specialist).get(f"/requests/{ticket.number}/activities/new/")
    form = response.context["form"]
    assert form.initial["type"] == "training"
    assert form.initial["topics"] == ["facilitation"]
    assert form.initial["participants"] == [involved]
    assert form.initial["funding"] == "state"
    assert "center" not in form.fields


def test_a_record_is_kept_with_its_time_in_one_step_and_once(world: World) -> None:
    ticket, data = assigned(world), record_form()
    client = signed_in(world.specialist)
    url = f"/requests/{ticket.number}/activities/new/"
    places = {client.post(url, data)["Location"] for _ in range(2)}
    row = ActivityRecord.objects.get()
    assert places == {row.get_absolute_url()}
    entry = TimeEntry.objects.get()
    assert (entry.staff_minutes, entry.contact_minutes, entry.mode) == (200, 1800, "training")
    page = words(client.get(f"/requests/{ticket.number}/"))
    assert "Activity record" in page
    assert "Send the agenda" in page
    assert "1800" in page


def test_what_is_missing_is_named_and_what_was_typed_is_kept(world: World) -> None:
    ticket = assigned(world)
    data = record_form(
        minutes="0", topics=[], participants=[], step1_due_on="", step2_due_on="2030-01-01"
    )
    url = f"/requests/{ticket.number}/activities/new/"
    page = words(signed_in(world.specialist).post(url, data))
    for said in (
        "Enter how long it lasted",
        "Choose at least one topic",
        "Choose at least one profession",
        "Enter by when",
        "Enter what is to be done",
        "Bring the timer next time.",
        "Please check: ",
    ):
        assert said in page
    assert not ActivityRecord.objects.exists()


@pytest.mark.parametrize("field", ["goal", "working_notes", "step1_what"])
def test_an_identifier_is_refused_in_every_text_and_stored_nowhere(
    world: World, field: str
) -> None:
    ticket = assigned(world)
    data = record_form(**{field: "Plan for the one born on DOB 04/12/2011"})
    url = f"/requests/{ticket.number}/activities/new/"
    page = words(signed_in(world.specialist).post(url, data))
    assert "Not saved: 1 thing to settle" in page
    assert "04/12/2011" in page
    assert "04/12/2011" not in everything_stored()


@pytest.mark.parametrize("field", ["center", "participants", "minutes", "attendees", "version"])
@pytest.mark.parametrize("value", ["9" * 40, "\0", "-1", "x" * 3000])
def test_nonsense_is_refused_and_no_error(world: World, field: str, value: str) -> None:
    center = Center.objects.get(slug="essex").pk
    data = record_form(**{"center": center, field: value})
    response = signed_in(world.manager).post("/requests/activities/new/", data)
    assert response.status_code in (200, 302)
    assert signed_in(world.manager).post("/requests/activities/new/", {}).status_code == 200


def test_a_record_of_the_future_is_refused(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = record_form(happened_on=tomorrow.isoformat(), center=1)
    page = words(signed_in(world.manager).post("/requests/activities/new/", data))
    assert "Enter a day that has come" in page


def test_a_change_to_what_moved_meanwhile_keeps_the_text_and_asks_again(world: World) -> None:
    row = recorded(world.specialist)
    client = signed_in(world.specialist)
    data = record_form(version=str(row.version), goal="Shorter meetings")
    activities.change(row, content(goal="Another"), by=world.manager)
    response = client.post(f"/requests/activities/{row.pk}/change/", data)
    assert response.status_code == 409
    assert "Shorter meetings" in words(response)
    again = {**data, "version": response.context["form"]["version"].value()}
    assert client.post(f"/requests/activities/{row.pk}/change/", again).status_code == 302
    row.refresh_from_db()
    assert row.goal == "Shorter meetings"


def test_time_logged_with_a_record_is_not_offered_again(world: World) -> None:
    row = activities.record(
        content(), by=world.manager, key=uuid4(), ticket=assigned(world), staff_minutes=30
    )
    client = signed_in(world.manager)
    form = client.get(f"/requests/activities/{row.pk}/change/").context["form"]
    assert "staff_minutes" not in form.fields
    client.post(f"/requests/activities/{row.pk}/change/", record_form(version=row.version))
    assert TimeEntry.objects.count() == 1


def test_approving_shows_the_zone_and_takes_the_notes_from_the_page(world: World) -> None:
    row = recorded(world.specialist)
    client = signed_in(world.manager)
    url = row.get_absolute_url()
    assert "Zebrafinch" in words(client.get(url))
    client.post(f"{url}approve/", {"version": row.version})
    page = words(client.get(url))
    assert "Zebrafinch" not in page
    zone = timezone.localtime().tzname()
    assert f" {zone}. It stays as it is" in page
    assert signed_in(world.manager).get(f"{url}change/").status_code == 404


def test_a_correction_begins_with_what_it_corrects_and_logs_no_time_twice(world: World) -> None:
    row = activities.approve(recorded(world.specialist, assigned(world)), by=world.manager)
    client = signed_in(world.specialist)
    form = client.get(f"/requests/activities/{row.pk}/correct/").context["form"]
    assert form.initial["minutes"] == 90
    assert "staff_minutes" not in form.fields
    data = record_form(minutes="45")
    first = client.post(f"/requests/activities/{row.pk}/correct/", data)["Location"]
    second = client.post(f"/requests/activities/{row.pk}/correct/", data)["Location"]
    assert first == second
    assert ActivityRecord.objects.get(corrects=row).minutes == 45
    assert not TimeEntry.objects.exists()


def test_the_owner_sees_what_was_approved_and_no_note(world: World) -> None:
    ticket = assigned(world)
    open_, approved = recorded(world.specialist, ticket), recorded(world.manager, ticket)
    activities.approve(approved, by=world.manager)
    client = signed_in(world.coordinator)
    page = words(client.get(f"/requests/{ticket.number}/"))
    assert approved.get_absolute_url() in page
    assert open_.get_absolute_url() not in page
    assert "Zebrafinch" not in page
    own = words(client.get(approved.get_absolute_url()))
    assert "Try it at the next meeting" in own
    assert "VOCA" not in own
    assert client.get(open_.get_absolute_url()).status_code == 404
    listed = client.get("/requests/activities/").context["page_obj"].object_list
    assert list(listed) == [approved]
    assert client.get("/requests/activities/export/").status_code == 404


def test_the_list_is_narrowed_by_each_filter(world: World) -> None:
    may = date(2026, 5, 12)
    kept = recorded(world.manager, type="training", method="phone", happened_on=may)
    activities.approve(kept, by=world.manager)
    recorded(world.manager)
    cape = Center.objects.get(slug="capeislands")
    activities.record(content(), by=world.manager, key=uuid4(), center=cape)
    client = signed_in(world.manager)

    def listed(query: str) -> int:
        return len(client.get(f"/requests/activities/?{query}").context["page_obj"].object_list)

    assert listed("") == 3
    assert listed("type=training") == listed("method=phone") == listed("month=2026-05") == 1
    assert listed("status=approved") == listed("center=capeislands") == 1
    assert listed("status=open") == 2
    assert listed("month=nonsense&type=\0&center=nowhere") == 3


def test_the_list_asks_the_same_queries_for_few_and_many(world: World) -> None:
    client = signed_in(world.manager)

    def count() -> int:
        client.get("/requests/activities/")
        with CaptureQueriesContext(connection) as found:
            client.get("/requests/activities/")
        return len(found)

    recorded(world.manager, assigned(world))
    few = count()
    for _ in range(12):
        recorded(world.manager, assigned(world))
    assert count() == few


def test_the_page_of_a_request_asks_the_same_queries_for_few_and_many_records(
    world: World,
) -> None:
    client, ticket = signed_in(world.manager), assigned(world)

    def count() -> int:
        client.get(f"/requests/{ticket.number}/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/requests/{ticket.number}/")
        return len(found)

    recorded(world.manager, ticket)
    few = count()
    for _ in range(6):
        recorded(world.manager, ticket)
    assert count() == few


def test_fifty_a_page(world: World) -> None:
    for _ in range(51):
        recorded(world.manager, steps=[], topics=[])
    client = signed_in(world.manager)
    assert len(client.get("/requests/activities/").context["page_obj"].object_list) == 50
    assert len(client.get("/requests/activities/?page=2").context["page_obj"].object_list) == 1


def test_the_file_holds_the_list_without_notes_and_with_harmless_cells(world: World) -> None:
    ticket = assigned(world)
    recorded(world.manager, ticket, goal="=HYPERLINK(1)", type="training")
    recorded(world.manager, goal="+1")
    response = signed_in(world.manager).get("/requests/activities/export/?type=training")
    assert response["Content-Disposition"] == 'attachment; filename="activities.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["goal"] == "'=HYPERLINK(1)"
    assert rows[0]["request"] == ticket.number
    assert rows[0]["contact_minutes"] == "1080"
    assert "Zebrafinch" not in words(response)


def test_next_steps_stand_in_what_is_due_for_those_who_see_them(world: World) -> None:
    ticket = assigned(world)
    row = recorded(world.specialist, ticket)
    client = signed_in(world.specialist)
    assert "Send the agenda" in words(client.get("/requests/due/"))
    coordinator = signed_in(world.coordinator)
    assert "Try it at the next meeting" not in words(coordinator.get("/requests/due/"))
    activities.approve(row, by=world.manager)
    assert "Try it at the next meeting" in words(coordinator.get("/requests/due/"))
    other = signed_in(world.other_coordinator)
    assert "Try it at the next meeting" not in words(other.get("/requests/due/"))
    step = row.steps.order_by("-due_on")[0]
    coordinator.post(f"/requests/activities/{row.pk}/steps/{step.pk}/done/")
    assert "Try it at the next meeting" not in words(coordinator.get("/requests/due/"))


def test_a_step_that_is_late_is_gathered_with_what_is_late(world: World) -> None:
    past = timezone.localdate() - timedelta(days=2)
    recorded(world.manager, steps=[activities.Step("Call back", "staff", past)], happened_on=past)
    days = due.calendar(world.manager)
    assert days[0].is_past
    assert [entry.what for entry in days[0].entries] == ["step"]


def test_a_goal_is_dropped_only_with_a_reason(world: World) -> None:
    row = recorded(world.specialist)
    client = signed_in(world.specialist)
    url = f"{row.get_absolute_url()}goal/"
    data = {"goal-key": str(uuid4()), "goal-status": "dropped", "goal-reason": ""}
    assert "Say why it is dropped" in words(client.post(url, data))
    client.post(url, {**data, "goal-reason": "The center found another way"})
    page = words(client.get(row.get_absolute_url()))
    assert "Dropped" in page
    assert "The center found another way" in page
    assert "Specialist" in page


def test_a_double_click_logs_time_once(world: World) -> None:
    ticket = assigned(world)
    Ticket.objects.filter(pk=ticket.pk).update(funding="voca")
    data = {
        "time-version": ticket.version,
        "time-key": str(uuid4()),
        "time-staff_minutes": "25",
        "time-mode": "call",
        "time-worked_on": timezone.localdate().isoformat(),
        "time-funding": "cja",
    }
    client = signed_in(world.specialist)
    for _ in range(2):
        client.post(f"/requests/{ticket.number}/time/", data)
    assert TimeEntry.objects.get().funding == "cja"
    # Somebody else's key is nobody's way to another's entry.
    signed_in(world.manager).post(f"/requests/{ticket.number}/time/", data)
    assert TimeEntry.objects.count() == 1
    without = {k: v for k, v in data.items() if k != "time-funding"}
    client.post(f"/requests/{ticket.number}/time/", {**without, "time-key": str(uuid4())})
    assert [entry.funding for entry in TimeEntry.objects.all()] == ["cja", "voca"]


def test_a_negative_entry_takes_length_and_people_back(world: World) -> None:
    ticket = assigned(world)
    data = {
        "time-version": ticket.version,
        "time-key": str(uuid4()),
        "time-staff_minutes": "-60",
        "time-mode": "call",
        "time-activity_minutes": "30",
        "time-attendees": "5",
        "time-worked_on": timezone.localdate().isoformat(),
    }
    signed_in(world.specialist).post(f"/requests/{ticket.number}/time/", data)
    assert TimeEntry.objects.get().contact_minutes == -150


def test_staff_see_the_minutes_by_funding_and_the_owner_does_not(world: World) -> None:
    ticket = assigned(world)
    activities.record(content(), by=world.specialist, key=uuid4(), ticket=ticket, staff_minutes=150)
    assert "Minutes by funding" in words(
        signed_in(world.specialist).get(f"/requests/{ticket.number}/")
    )
    page = words(signed_in(world.coordinator).get(f"/requests/{ticket.number}/"))
    assert "Minutes by funding" not in page


def test_members_find_nothing_of_it(world: World) -> None:
    ticket = sent(world)
    activities.approve(recorded(world.manager, ticket), by=world.manager)
    row = ActivityRecord.objects.get()
    client = signed_in(world.member)
    for path in ("/requests/activities/", row.get_absolute_url(), "/requests/activities/export/"):
        assert client.get(path).status_code == 404
    assert not PageLink.objects.exists()


def test_the_form_of_the_goal_begins_with_where_it_stands(world: World) -> None:
    row = recorded(world.specialist)
    activities.move_goal(row, by=world.specialist, status="met", key=uuid4())
    page = signed_in(world.specialist).get(row.get_absolute_url())
    assert page.context["goal_form"]["status"].value() == "met"
