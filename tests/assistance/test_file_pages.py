"""Files on the page of a request: what is refused leaves nothing, what is fetched is safe."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from assistance.models import Attachment, Message, Ticket
from portal.core import inventory
from portal.core.models import Event, ScreenOverride
from portal.core.privacy.documents.refused import REASONS
from portal.people.models import User
from tests.assistance.making import assigned, attached, upload
from tests.assistance.storing import stored
from tests.core.privacy import uploads
from tests.core.privacy.uploads import CALM, FLAGGED, REFUSED
from tests.world import World

DATE = "04/12/2010"


def send(
    client: Client, ticket: Ticket, name: str, data: bytes, *, form: str = "attach", **more: Any
) -> Any:
    ticket.refresh_from_db()
    said = {"key": str(uuid4()), "version": ticket.version, "file": SimpleUploadedFile(name, data)}
    end = {"attach": "files", "reply": "reply", "note": "note"}[form]
    posted = {f"{form}-{key}": value for key, value in {**said, **more}.items()}
    return client.post(f"/requests/{ticket.number}/{end}/", posted)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows() -> str:
    tables = inventory.tables()
    return "".join(str(row) for model in tables for row in model._base_manager.values_list())


def nothing_stored(said: str) -> None:
    """No row, no file, the words nowhere in the database and its file."""
    assert not Attachment.objects.exists()
    assert stored() == []
    assert said not in rows()
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        for file in path.parent.glob(f"{path.name}*"):
            assert said.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "reason"), REFUSED, ids=[f"{n[:20]!a}-{r}" for n, _d, r in REFUSED]
)
def test_a_refused_file_leaves_nothing(world: World, name: str, data: bytes, reason: str) -> None:
    ticket = assigned(world)
    answer = send(as_(world.coordinator), ticket, name, data)
    assert answer.status_code == 200
    assert str(REASONS[reason]) in answer.content.decode().replace("&#x27;", "'")
    nothing_stored(name if "." in name else "MZ\x90")
    assert not Event.objects.filter(kind="request.attached").exists()


COMMENT = uploads.part("comments", f"<w:comment>{uploads.paragraph(FLAGGED)}</w:comment>")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", uploads.docx(word__comments_xml=COMMENT), "in a comment: a date of birth"),
        ("a.xlsx", uploads.xlsx(FLAGGED), "hidden sheet 2: a date of birth"),
        ("a.pdf", uploads.pdf(CALM, FLAGGED), "page 2: a date of birth"),
        ("DOB 04-12-2010.pdf", uploads.pdf(), "in the file’s name: a date of birth"),
    ],
)
@pytest.mark.parametrize("form", ["attach", "reply", "note"])
def test_a_date_of_birth_is_refused_wherever_it_hides(
    world: World, name: str, data: bytes, words: str, form: str
) -> None:
    ticket = assigned(world)
    more = {"seen_by": "reply"} if form == "attach" else {"text": "Here it is."}
    answer = send(as_(world.specialist), ticket, name, data, form=form, **more)
    page = answer.content.decode()
    assert words in page
    assert DATE not in page
    assert "04-12-2010" not in page
    nothing_stored(DATE)
    nothing_stored("04-12-2010")
    assert not Message.objects.exists()


def test_a_small_file_is_attached_and_fetched_safely(world: World) -> None:
    ticket = assigned(world)
    data = uploads.changed_pdf(uploads.pdf(), uploads.with_properties)
    answer = send(as_(world.coordinator), ticket, "agenda.pdf", data)
    assert answer.status_code == 302
    made = Attachment.objects.get()
    address = f"/requests/{ticket.number}/files/{made.pk}/"
    staff = as_(world.specialist)
    page = staff.get(f"/requests/{ticket.number}/").content.decode()
    assert f'<a href="{address}">agenda.pdf</a> (PDF, ' in page
    fetched = staff.get(address)
    got = b"".join(fetched)
    assert got.startswith(b"%PDF-")
    assert b"Jordan" not in got
    assert len(got) == made.size
    assert fetched["Content-Disposition"] == 'attachment; filename="agenda.pdf"'
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert fetched["Content-Security-Policy"] == "sandbox"
    assert "no-store" in fetched["Cache-Control"]
    event = Event.objects.get(kind="request.file_fetched")
    assert (event.actor_id, event.data["file"]) == (world.specialist.pk, made.pk)


def test_another_county_s_file_is_not_there(world: World) -> None:
    ticket = assigned(world)
    made = attached(ticket, world.coordinator)
    inside = attached(ticket, world.specialist, is_internal=True)
    other = as_(world.other_coordinator)
    for address in (
        f"/requests/{ticket.number}/",
        f"/requests/{ticket.number}/files/{made.pk}/",
        f"/media/{made.file.name}",
    ):
        assert other.get(address).status_code == 404
    assert other.post(f"/requests/{ticket.number}/files/{made.pk}/remove/").status_code == 404
    assert send(other, ticket, "a.pdf", uploads.pdf()).status_code == 404
    own = as_(world.coordinator)
    assert own.get(f"/requests/{ticket.number}/files/{inside.pk}/").status_code == 404
    assert own.get(f"/requests/{ticket.number}/files/{'9' * 30}/").status_code == 404
    assert own.get(f"/media/{made.file.name}").status_code == 404
    page = own.get(f"/requests/{ticket.number}/").content.decode()
    assert f"/files/{made.pk}/" in page
    assert f"/files/{inside.pk}/" not in page
    elsewhere = assigned(world)
    assert own.get(f"/requests/{elsewhere.number}/files/{made.pk}/").status_code == 404


def test_two_posts_with_one_key_make_one_row(world: World) -> None:
    ticket, key = assigned(world), str(uuid4())
    client = as_(world.coordinator)
    for _number in range(2):
        assert send(client, ticket, "agenda.pdf", uploads.pdf(), key=key).status_code == 302
    assert Attachment.objects.count() == len(stored()) == 1


NAMED = uploads.docx("Jordan Alvarez brought the agenda.")


def test_a_name_asks_for_a_reason_and_the_file_once_more(world: World) -> None:
    ticket, client = assigned(world), as_(world.coordinator)
    answer = send(client, ticket, "agenda.docx", NAMED)
    page = answer.content.decode()
    assert "Something in it may point to a person." in page
    assert "in the text: “Jordan Alvarez”" in page
    nothing_stored("Jordan Alvarez")
    form = answer.context["forms"]["attach"]
    reason = form.reasons[0].value
    other = uploads.docx("Jordan Alvarez and Casey Moreno brought the agenda.")
    assert send(client, ticket, "agenda.docx", other, names_reason=reason).status_code == 200
    assert send(client, ticket, "agenda.docx", NAMED, names_reason="colleague|x").status_code == 200
    nothing_stored("Jordan Alvarez")
    assert not ScreenOverride.objects.exists()
    assert send(client, ticket, "agenda.docx", NAMED, names_reason=reason).status_code == 302
    made = Attachment.objects.get()
    assert (made.names_kept, made.unread_kept) == (1, 0)
    counted = ScreenOverride.objects.get()
    assert (counted.form, counted.field, counted.kind) == ("AttachForm", "file", "name")
    assert (counted.reason, counted.times) == ("colleague", 1)


def test_a_colleague_s_full_name_asks_nothing(world: World) -> None:
    world.specialist.first_name, world.specialist.last_name = "Jordan", "Alvarez"
    world.specialist.save()
    ticket = assigned(world)
    assert send(as_(world.coordinator), ticket, "a.docx", NAMED).status_code == 302


@pytest.mark.parametrize(
    ("name", "data"), [("scan.pdf", uploads.pdf(CALM, "")), ("photo.png", uploads.picture())]
)
def test_what_cannot_be_read_is_read_by_a_person_and_counted(
    world: World, name: str, data: bytes
) -> None:
    ticket, client = assigned(world), as_(world.coordinator)
    answer = send(client, ticket, name, data)
    assert "The portal cannot read everything in it" in answer.content.decode()
    nothing_stored(name)
    assert send(client, ticket, name, data, have_read="on").status_code == 302
    assert Attachment.objects.get().unread_kept == 1
    counted = ScreenOverride.objects.get()
    assert (counted.kind, counted.reason, counted.times) == ("unread", "read_it", 1)


def test_a_file_beyond_what_the_server_reads_is_said_to_be_large(
    world: World, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000
    ticket = assigned(world)
    data = uploads.pdf(*[CALM] * 20)
    answer = send(as_(world.coordinator), ticket, "a.pdf", data, form="reply", text="Here.")
    assert str(REASONS["large"]) in answer.content.decode()
    assert not Message.objects.exists()


def test_staff_say_who_sees_it(world: World) -> None:
    ticket, staff = assigned(world), as_(world.specialist)
    answer = send(staff, ticket, "a.pdf", uploads.pdf())
    assert "Say who sees it" in answer.content.decode()
    assert "Choose the file again" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert send(staff, ticket, "a.pdf", uploads.pdf(), seen_by="note").status_code == 302
    assert Attachment.objects.get().is_internal
    mine = send(as_(world.coordinator), ticket, "a.pdf", uploads.pdf(), seen_by="note")
    assert mine.status_code == 302
    assert Attachment.objects.filter(is_internal=False).count() == 1


def test_a_file_comes_with_a_note_for_the_staff(world: World) -> None:
    ticket = assigned(world)
    answer = send(
        as_(world.specialist), ticket, "a.pdf", uploads.pdf(), form="note", text="For us."
    )
    assert answer.status_code == 302
    assert Attachment.objects.get().is_internal
    page = as_(world.manager).get(f"/requests/{ticket.number}/").content.decode()
    assert "a.pdf</a> (PDF" in page


def test_a_stale_page_keeps_the_text_and_asks_for_the_file_again(world: World) -> None:
    ticket = assigned(world)
    answer = send(
        as_(world.coordinator),
        ticket,
        "a.pdf",
        uploads.pdf(),
        form="reply",
        text="My typed words.",
        version=0,
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "My typed words." in page
    assert "Choose the file again" in page
    assert stored() == []


def test_an_eleventh_file_is_refused_in_words(world: World) -> None:
    ticket = assigned(world)
    for _number in range(10):
        attached(ticket, world.coordinator)
    answer = send(as_(world.coordinator), ticket, "a.pdf", uploads.pdf())
    assert "ten files, 25 MB together" in answer.content.decode()
    assert Attachment.objects.count() == len(stored()) == 10


def test_removing_leaves_a_line(world: World) -> None:
    ticket = assigned(world)
    made = attached(ticket, world.coordinator)
    address = f"/requests/{ticket.number}/files/{made.pk}/"
    assert as_(world.specialist).post(f"{address}remove/").status_code == 404
    own = as_(world.coordinator)
    assert f"{address}remove/" in own.get(f"/requests/{ticket.number}/").content.decode()
    assert own.get(f"{address}remove/").status_code == 302
    assert Attachment.objects.kept().count() == 1
    assert own.post(f"{address}remove/").status_code == 302
    page = as_(world.specialist).get(f"/requests/{ticket.number}/").content.decode()
    assert "A file was removed, by" in page
    assert "agenda.pdf" not in page
    assert own.get(address).status_code == 404


def test_a_request_with_many_files_asks_no_more_questions(
    world: World, django_assert_max_num_queries: Any
) -> None:
    ticket, client = assigned(world), as_(world.coordinator)
    attached(ticket, world.coordinator)

    def count() -> int:
        with django_assert_max_num_queries(100) as asked:
            assert client.get(f"/requests/{ticket.number}/").status_code == 200
        return len(asked)

    count()
    one = count()
    for _number in range(6):
        attached(ticket, world.coordinator)
    assert count() == one


def test_a_blank_or_wild_post_is_no_error(world: World) -> None:
    ticket, client = assigned(world), as_(world.coordinator)
    address = f"/requests/{ticket.number}/files/"
    assert client.post(address).status_code == 200
    wild = {"attach-version": "9" * 40, "attach-key": "\0", "attach-names_reason": "\0|" * 40}
    wild_file = SimpleUploadedFile("a\x00b.pdf", b"\0")
    assert client.post(address, {**wild, "attach-file": wild_file}).status_code == 200
    assert client.get(address).status_code == 302


def test_a_file_waiting_for_its_scan_is_given_to_nobody(world: World, settings: Any) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    ticket = assigned(world)
    made = attached(ticket, world.coordinator, file=upload())
    client = as_(world.specialist)
    assert client.get(f"/requests/{ticket.number}/files/{made.pk}/").status_code == 404
    page = client.get(f"/requests/{ticket.number}/").content.decode()
    assert "waiting for the virus scan" in page
