"""The pages of outside training, address by address."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import Event
from portal.people.models import User
from tests.core.privacy.uploads import docx, picture
from tests.training import outside_making as make
from tests.training.outside_making import as_, main, text
from tests.world import World
from training import outside
from training.models import OutsideTraining
from training.outside import Counts

pytestmark = pytest.mark.django_db
NEW = "/me/outside/new/"


@pytest.fixture(autouse=True)
def no_papers() -> Any:
    make.empty()
    yield
    make.empty()


# Handing in --------------------------------------------------------------------------------------


def test_a_member_hands_in_a_certificate_and_sees_the_sum(world: World) -> None:
    client = as_(world.member)
    assert "Add a certificate" in text(client.get("/me/outside/"))
    answer = client.post(NEW, make.typed(), follow=True)
    row = OutsideTraining.objects.get()
    assert (row.minutes, row.topics, row.kind) == (210, ["trauma", "team-roles"], "pdf")
    assert "3 h 30 min" in main(answer)
    assert "Trauma and coercion, The team" in main(answer)
    assert "Waits for its review" in text(client.get("/me/outside/"))
    assert "1 outside training waits for its review" in text(client.get("/me/transcript/"))
    assert make.TITLE not in text(answer).partition("</title>")[0]


def test_posting_the_same_form_twice_makes_one(world: World) -> None:
    client, key = as_(world.member), str(uuid4())
    for _ in range(2):
        assert client.post(NEW, make.typed(key=key)).status_code == 302
    assert OutsideTraining.objects.count() == 1
    assert as_(world.other_member).post(NEW, make.typed(key=key)).status_code == 404


def test_minutes_alone_will_do(world: World) -> None:
    as_(world.member).post(NEW, make.typed(hours="", minutes="90"))
    assert OutsideTraining.objects.get().minutes == 90


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "title"),
        ("title", "Notes on DOB 04/12/2010", "title"),
        ("provider", "", "provider"),
        ("completed_on", "1999-12-31", "completed_on"),
        ("completed_on", "2999-01-01", "completed_on"),
        ("completed_on", "soon", "completed_on"),
        ("hours", "201", "hours"),
        ("hours", "9" * 40, "hours"),
        ("minutes", "12001", "minutes"),
        ("minutes", "-5", "minutes"),
        ("way", "by mail", "way"),
        ("topics", [], "topics"),
        ("topics", ["9" * 40], "topics"),
        ("have_read", "", "have_read"),
        ("file", "", "file"),
        ("key", "x", "key"),
    ],
)
def test_a_form_that_cannot_be_right_keeps_what_was_typed(
    world: World, field: str, value: Any, told: str
) -> None:
    answer = as_(world.member).post(NEW, make.typed(**{field: value}))
    assert answer.status_code == 200
    assert told in answer.context["form"].errors
    assert make.PROVIDER in text(answer) or field == "provider"
    assert not OutsideTraining.objects.exists()
    assert make.stored() == []


def test_no_time_at_all_is_told(world: World) -> None:
    answer = as_(world.member).post(NEW, make.typed(hours="", minutes=""))
    assert "Enter how long it was" in text(answer)


def test_today_is_taken_and_tomorrow_is_not(world: World) -> None:
    client, today = as_(world.member), timezone.localdate()
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert client.post(NEW, make.typed(completed_on=tomorrow)).status_code == 200
    assert client.post(NEW, make.typed(completed_on=today.isoformat())).status_code == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [("c.docx", docx()), ("c.png", picture("PNG")), ("c.jpg", picture("JPEG"))],
)
def test_papers_of_each_kind_are_taken(world: World, name: str, data: bytes) -> None:
    file = make.SimpleUploadedFile(name, data)
    assert as_(world.member).post(NEW, make.typed(file=file)).status_code == 302
    kept = OutsideTraining.objects.get()
    with kept.file.open() as stored:
        assert b"Jordan" not in stored.read()


@pytest.mark.parametrize(
    ("name", "data"), [("c.txt", b"plain words"), ("c.csv", b"a,b"), ("c.pdf", b"MZ no pdf")]
)
def test_papers_of_other_kinds_are_not(world: World, name: str, data: bytes) -> None:
    file = make.SimpleUploadedFile(name, data)
    answer = as_(world.member).post(NEW, make.typed(file=file))
    assert "file" in answer.context["form"].errors
    assert not OutsideTraining.objects.exists()


@pytest.mark.parametrize(
    "line",
    ["This certifies that Lupita Q. Kowalczyk attended", "Kowalczyk, Lupita", "Lupita Kowalczyk"],
)
def test_the_own_name_in_the_paper_is_not_asked_about(world: World, line: str) -> None:
    User.objects.filter(pk=world.member.pk).update(first_name="Lupita", last_name="Kowalczyk")
    world.member.refresh_from_db()
    answer = as_(world.member).post(NEW, make.typed(file=make.paper(line)))
    assert answer.status_code == 302
    assert OutsideTraining.objects.count() == 1


def test_another_name_is_asked_about_and_a_birth_date_refused(world: World) -> None:
    client, sent = as_(world.member), make.typed(file=make.paper("Taught by Jordan Alvarez"))
    answer = client.post(NEW, sent)
    assert "Jordan Alvarez" in text(answer)
    reason = answer.context["form"].reasons[0].value
    refused = client.post(NEW, make.typed(file=make.paper("DOB 04/12/2010"), names_reason=reason))
    assert "a date of birth" in text(refused)
    assert not OutsideTraining.objects.exists()
    again = make.typed(file=make.paper("Taught by Jordan Alvarez"), names_reason=reason)
    assert client.post(NEW, again).status_code == 302


def test_the_same_paper_leads_to_what_was_handed_in_before(world: World) -> None:
    client = as_(world.member)
    client.post(NEW, make.typed())
    first = OutsideTraining.objects.get()
    answer = client.post(NEW, make.typed(title="Something else"))
    assert "You handed this paper in already" in text(answer)
    assert first.get_absolute_url() in main(answer)
    other = client.post(NEW, make.typed(file=make.paper("Another paper")), follow=True)
    assert "with this title and day already" in main(other)
    assert OutsideTraining.objects.count() == 2


# One record --------------------------------------------------------------------------------------


def test_the_paper_is_saved_and_never_opened_in_our_name(world: World) -> None:
    as_(world.member).post(NEW, make.typed())
    row = OutsideTraining.objects.get()
    answer = as_(world.specialist).get(f"/me/outside/{row.pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "sandbox"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]
    assert Event.objects.filter(kind="training.outside_fetched").count() == 1
    for person in (world.coordinator, world.other_member, world.trainer):
        assert as_(person).get(f"/me/outside/{row.pk}/file/").status_code == 404


def test_another_centers_coordinator_sees_nothing_and_the_own_the_accepted(world: World) -> None:
    row = make.accepted(world.member, by=world.specialist)
    assert as_(world.other_coordinator).get(row.get_absolute_url()).status_code == 404
    assert make.PROVIDER in text(as_(world.coordinator).get(row.get_absolute_url()))
    shown = text(as_(world.coordinator).get(f"/team/people/{world.member.pk}/needs/"))
    assert row.get_absolute_url() in shown


def test_a_coordinator_reads_nothing_of_licences(world: World) -> None:
    row = make.handed_in(world.member)
    counts = [Counts(make.rule("csec-mdt-14")), Counts(make.rule("licsw"))]
    make.accept(row, by=world.specialist, counts=counts)
    for person, sees in ((world.coordinator, False), (world.member, True)):
        shown = main(as_(person).get(row.get_absolute_url()))
        assert "CSEC training of the team" in shown
        assert ("LICSW" in shown) is sees


def test_withdrawing_is_a_post_of_the_own(world: World) -> None:
    row = make.handed_in(world.member)
    at = f"/me/outside/{row.pk}/withdraw/"
    assert as_(world.member).get(at).status_code == 405
    assert as_(world.specialist).post(at).status_code == 404
    shown = main(as_(world.member).post(at, follow=True))
    assert "Withdrawn" in shown
    assert "Send for review" not in shown


def test_what_came_back_says_why_and_is_sent_again_with_nothing_typed_twice(world: World) -> None:
    row = make.handed_in(world.member)
    outside.send_back(row, by=world.specialist, version=1, reason="minutes")
    client, at = as_(world.member), row.get_absolute_url()
    page = client.get(at)
    assert "The paper does not say the hours" in main(page)
    form = page.context["form"]
    kept = {name: form[name].value() for name in form.fields if name not in {"file", "have_read"}}
    kept["completed_on"] = kept["completed_on"].isoformat()
    kept["names_reason"] = ""
    assert client.post(at, {**kept, "hours": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.version, row.minutes, row.title) == ("sent", 2, 120, make.TITLE)


def test_an_old_tab_is_shown_what_differs_and_keeps_what_was_typed(world: World) -> None:
    row = make.handed_in(world.member)
    outside.send_back(row, by=world.specialist, version=1, reason="minutes")
    client, at = as_(world.member), row.get_absolute_url()
    typed = make.typed(version="1", title="Another title", file="", topics=["trauma"])
    outside.send_again(row, make.facts(minutes=60), by=world.member, key=uuid4(), version=1)
    answer = client.post(at, typed)
    assert answer.status_code == 409
    assert "it says “60”, you typed “210”" in main(answer)
    row.refresh_from_db()
    outside.send_back(row, by=world.specialist, version=2, reason="minutes")
    answer = client.post(at, {**typed, "key": str(uuid4())})
    assert answer.status_code == 409
    assert "Another title" in main(answer)
    again = {**typed, "version": answer.context["form"]["version"].value(), "key": str(uuid4())}
    assert client.post(at, again).status_code == 302
    assert as_(world.specialist).post(at, again).status_code == 404


def test_the_way_to_the_queue_is_in_sight(world: World) -> None:
    make.handed_in(world.member)
    for person, sees in ((world.specialist, True), (world.manager, True), (world.member, False)):
        assert ("/training/outside/" in text(as_(person).get("/"))) is sees
        assert ("/training/outside/" in text(as_(person).get("/training/"))) is sees
    assert "Add it" in text(as_(world.member).get("/me/needs/"))


def test_whoever_sees_it_may_ask_for_a_redaction(world: World) -> None:
    row = make.handed_in(world.member, title="About Zebulon Quackenbush-Test")
    said = {"key": str(uuid4()), "where": "words", "category": "name", "reason": "typed"}
    at = f"/me/outside/{row.pk}/redact/"
    wrong = as_(world.specialist).post(at, {**said, "words": "nowhere"})
    assert "These words stand in no text" in text(wrong)
    words = {**said, "words": "Zebulon Quackenbush-Test"}
    assert as_(world.specialist).post(at, words)["Location"] == row.get_absolute_url()
    for address in ("/me/outside/", row.get_absolute_url()):
        assert "Zebulon" not in text(as_(world.member).get(address))
    assert "Zebulon" not in text(as_(world.manager).get("/training/outside/"))


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("member", "/me/outside/"),
        ("specialist", "/training/outside/"),
        ("specialist", "/training/outside/?view=reviewed"),
        ("coordinator", "/team/people/{member}/needs/"),
    ],
)
def test_lists_cost_the_same_at_any_size(world: World, who: str, address: str) -> None:
    client = as_(world.people[who])
    at = address.format(member=world.member.pk)

    def cost() -> int:
        client.get(at)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(at).status_code == 200
        return len(caught)

    def fill(count: int) -> None:
        for _ in range(count):
            make.handed_in(world.member)
            make.accepted(world.member, by=world.specialist)

    fill(2)
    few = cost()
    fill(6)
    assert cost() == few
