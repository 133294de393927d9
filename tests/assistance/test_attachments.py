"""Files on requests: who sees them, how many, how they go."""

import errno
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assistance import attachments, closing, conversation, policies, tickets, timeline
from assistance.attachments import NotStored, TooMany
from assistance.lifecycle import Action, NotAllowed, State
from assistance.models import Attachment, Message
from assistance.tickets import Stale
from portal.core import backups
from portal.core.models import Event
from portal.people import personal_data, redactions
from tests import posting
from tests.assistance import redacting
from tests.assistance.making import answered, assigned, attached, closed, say, upload
from tests.assistance.storing import stored
from tests.world import World


def test_a_file_lies_under_a_name_that_says_nothing(world: World) -> None:
    made = attached(assigned(world), world.coordinator)
    assert stored() == [made.file.name.removeprefix("requests/")]
    assert len(stored()[0]) == 32
    assert (made.name, made.kind, made.size) == ("agenda.pdf", "pdf", len(upload().data))
    with made.file.open() as file:
        assert file.read() == upload().data


def test_the_same_key_makes_one_row_and_one_file(world: World) -> None:
    ticket, key = assigned(world), uuid4()
    first = attached(ticket, world.coordinator, key=key)
    assert attached(ticket, world.coordinator, key=key) == first
    assert len(stored()) == Attachment.objects.count() == 1
    with pytest.raises(NotAllowed):
        attached(ticket, world.specialist, key=key)


def test_a_file_moves_the_version_and_ends_the_waiting(world: World) -> None:
    ticket = assigned(world)
    say(ticket, world.specialist, "Which agenda?", then=Action.ASK_BACK)
    ticket.refresh_from_db()
    version = ticket.version
    attached(ticket, world.coordinator, version=version)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.version > version) == (State.IN_PROGRESS, True)
    with pytest.raises(Stale):
        attached(ticket, world.coordinator, version=version)
    assert [entry.change for entry in timeline.since(ticket, version).entries] == [
        "resume",
        "attached",
    ]


def test_an_internal_file_is_the_staff_s_alone(world: World) -> None:
    ticket = assigned(world)
    version = ticket.version
    inside = attached(ticket, world.specialist, is_internal=True)
    ticket.refresh_from_db()
    assert ticket.version == version
    seers = {
        name
        for name, person in world.people.items()
        if inside in Attachment.objects.visible_to(person)
    }
    assert seers == {"specialist", "manager", "deputy"}
    assert not [e for e in timeline.of(ticket, user=world.coordinator) if e.file or e.files]
    with pytest.raises(NotAllowed):
        attached(ticket, world.coordinator, is_internal=True)


def test_the_rule_for_files_is_the_rule_for_requests(world: World) -> None:
    made = attached(assigned(world), world.coordinator)
    for person in world.people.values():
        sees = made in Attachment.objects.visible_to(person)
        assert sees == policies.can_see(person, made.ticket), person


def test_nobody_attaches_to_what_they_cannot_answer(world: World) -> None:
    ticket = assigned(world)
    for name in ("other_coordinator", "member", "author", "trainer"):
        with pytest.raises(NotAllowed):
            attached(ticket, world.people[name])
    done = closed(world)
    with pytest.raises(NotAllowed):
        attached(done, world.coordinator)
    with pytest.raises(NotAllowed):
        conversation.note(done, by=world.specialist, text="A note", key=uuid4(), upload=upload())
    assert stored() == []
    assert not Message.objects.filter(kind="note").exists()


def test_a_request_holds_ten_files_and_25_mb(world: World, monkeypatch: Any) -> None:
    ticket = assigned(world)
    for _number in range(10):
        attached(ticket, world.coordinator)
    with pytest.raises(TooMany):
        attached(ticket, world.coordinator)
    first = Attachment.objects.all()[0]
    attachments.remove(first, by=world.coordinator)
    attached(ticket, world.coordinator)
    monkeypatch.setattr(attachments, "TOGETHER", 9 * len(upload().data) + 10)
    attachments.remove(Attachment.objects.kept()[0], by=world.coordinator)
    with pytest.raises(TooMany):
        attached(ticket, world.coordinator)
    assert Attachment.objects.kept().count() == 9


def test_a_file_comes_with_a_reply_once(world: World) -> None:
    ticket, key = assigned(world), uuid4()
    for _number in range(2):
        message = say_with_file(ticket, world.specialist, key)
    [entry] = [e for e in timeline.of(ticket, user=world.coordinator) if e.message]
    assert [file.message for file in entry.files] == [message]
    assert len(stored()) == 1


def say_with_file(ticket: Any, by: Any, key: Any, **more: Any) -> Message:
    return conversation.reply(ticket, by=by, text="Here it is.", key=key, upload=upload(), **more)


def test_a_reply_that_fails_leaves_no_file(world: World) -> None:
    ticket = assigned(world)
    with pytest.raises(tickets.Unmet):
        say_with_file(ticket, world.specialist, uuid4(), then=Action.ANSWER)
    assert stored() == []
    assert not Message.objects.exists()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a file still fits."""
    save = default_storage.save

    def half(name: str, content: ContentFile[bytes]) -> str:
        save(name, ContentFile(content.read()[:10]))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", half)


def test_a_full_disk_leaves_nothing_half_there(world: World, full_disk: None) -> None:
    ticket = assigned(world)
    with pytest.raises(NotStored):
        attached(ticket, world.coordinator)
    assert (stored(), Attachment.objects.count()) == ([], 0)
    version = ticket.version
    ticket.refresh_from_db()
    assert ticket.version == version


def test_who_brings_a_file_to_a_full_disk_is_told_so(
    world: World, client: Client, full_disk: None
) -> None:
    ticket = assigned(world)
    client.force_login(world.coordinator)
    form = {
        "reply-key": str(uuid4()),
        "reply-version": ticket.version,
        "reply-text": "Here is our agenda.",
        "reply-file": ContentFile(b"Welcome, reports, next steps.", "agenda.txt"),
    }
    answer = client.post(f"{ticket.get_absolute_url()}reply/", form)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "The file could not be stored just now" in page
    assert "Here is our agenda." in page
    assert not Message.objects.filter(ticket=ticket).exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_brought_it_takes_it_away(world_in_rows: World) -> None:
    world = world_in_rows
    ticket = assigned(world)
    made = attached(ticket, world.coordinator)
    with pytest.raises(NotAllowed):
        attachments.remove(made, by=world.specialist)
    attachments.remove(made, by=world.coordinator)
    attachments.remove(made, by=world.coordinator)
    made.refresh_from_db()
    assert (made.name, made.sha256, bool(made.file), made.size > 0) == ("", "", False, True)
    assert stored() == []
    lines = [e for e in timeline.of(ticket, user=world.specialist) if e.change == "detached"]
    assert [line.by for line in lines] == [world.coordinator]
    assert Event.objects.filter(kind="request.detached").count() == 1


@pytest.fixture
def world_in_rows(transactional_db: None) -> World:
    from tests.world import build_world

    return build_world()


def test_the_manager_takes_away_anybody_s_while_open(world: World) -> None:
    made = attached(assigned(world), world.coordinator)
    attachments.remove(made, by=world.manager)
    ended = answered(world)
    kept = attached(ended, world.coordinator)
    tickets.apply(ended, Action.CONFIRM, by=world.coordinator)
    with pytest.raises(NotAllowed):
        attachments.remove(kept, by=world.manager)


@pytest.mark.django_db(transaction=True)
def test_an_archived_request_keeps_size_and_kind_of_its_files(world_in_rows: World) -> None:
    world = world_in_rows
    then = timezone.now() - timedelta(days=200)
    ticket = answered(world, at=then)
    made = attached(ticket, world.coordinator, at=then)
    tickets.apply(ticket, Action.CONFIRM, by=world.coordinator, at=then)
    ticket.refresh_from_db()
    ticket.is_on_hold = True
    ticket.save()
    closing.archive(closing.rested())
    assert len(stored()) == 1
    ticket.is_on_hold = False
    ticket.save()
    closing.archive(closing.rested())
    made.refresh_from_db()
    assert (made.name, made.sha256, bool(made.file), made.removed_at) == ("", "", False, None)
    assert (made.kind, made.size) == ("pdf", len(upload().data))
    assert stored() == []


def test_a_row_without_its_file_has_no_name_either(world: World) -> None:
    made = attached(assigned(world), world.coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=made.pk).update(file="")


def test_a_file_that_no_row_knows_is_swept_a_day_later(world: World) -> None:
    kept = attached(assigned(world), world.coordinator)
    default_storage.save("requests/left", ContentFile(b"left by a crash"))
    assert attachments.sweep() == 0
    assert attachments.sweep(timezone.now() + timedelta(days=2)) == 1
    assert [f"requests/{name}" for name in stored()] == [kept.file.name]


def test_the_other_side_is_told_by_mail(world: World, mailoutbox: Any) -> None:
    ticket = assigned(world)
    deliver()
    mailoutbox.clear()
    attached(ticket, world.coordinator)
    attached(ticket, world.specialist, is_internal=True)
    deliver()
    [mail] = mailoutbox
    assert mail.to == [world.specialist.email]
    assert "agenda" not in f"{mail.subject}{mail.body}"


def deliver() -> None:
    posting.deliver()


def test_a_person_s_data_name_the_files_they_brought(world: World) -> None:
    attached(assigned(world), world.coordinator)
    said = personal_data.as_json(world.coordinator, for_themselves=True)
    assert "agenda.pdf" in said
    assert "agenda.pdf" not in personal_data.as_json(world.specialist, for_themselves=True)


@pytest.mark.django_db(transaction=True)
def test_a_redaction_hides_a_file_and_takes_it_whole(world_in_rows: World, client: Client) -> None:
    world = world_in_rows
    ticket = assigned(world)
    made = attached(ticket, world.coordinator)
    client.force_login(world.specialist)
    page = client.get(f"/requests/{ticket.number}/redact/").content.decode()
    assert "with all that stands in it" in page
    whole = ("assistance.attachment", str(made.pk), "name")
    row = redacting.asked(ticket, world.coordinator, words="", whole=whole)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "agenda.pdf" not in client.get(f"/requests/{ticket.number}/").content.decode()
    redactions.decline(row, by=world.manager)
    assert client.get(made.get_absolute_url()).status_code == 200
    row = redacting.asked(ticket, world.coordinator, words="", whole=whole)
    redactions.agree(row, by=world.manager)
    made.refresh_from_db()
    assert (made.name, bool(made.file), stored()) == ("", False, [])
    page = client.get(f"/requests/{ticket.number}/").content.decode()
    assert "A file was removed, by The portal" in page


def test_a_file_whose_name_holds_the_words_goes_with_them(world: World) -> None:
    ticket = assigned(world)
    other = attached(ticket, world.coordinator)
    named = attached(ticket, world.coordinator, file=upload(name="Zebulon agenda.pdf"))
    redacting.agreed(ticket, world, "Zebulon")
    assert list(Attachment.objects.kept()) == [other]
    named.refresh_from_db()
    assert named.name == ""


def test_a_backup_takes_the_files_along(world: World) -> None:
    made = attached(assigned(world), world.coordinator)
    assert made.file.name in list(backups.stored_files())
