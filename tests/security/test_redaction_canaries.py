"""What was redacted is nowhere: no row, no index, no file, no mail, no log line holds it."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from assistance import guidance, questions, tickets
from assistance.lifecycle import Action
from assistance.models import Message, Ticket
from portal.core import chain, outbox
from portal.core.models import Redaction
from portal.search.models import SearchQuery
from tests.assistance import making
from tests.assistance.redacting import BORN, LINE, NAME, client_of, form, leaky
from tests.security import hunting
from tests.security.hunting import places
from tests.world import World, build_world

CANARIES = ("zebulon", "quackenbush", BORN, "ottoline")
REFUSED = "DOB 04/12/2010"


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    with hunting.listening() as kept:
        yield kept


def spread(world: World) -> Ticket:
    """Let the details run through everything that copies a request's text."""
    ticket = leaky(world)
    question = questions.ask(
        by=world.member,
        center=ticket.center,
        subject=f"On {NAME}",
        body=LINE,
        key=uuid4(),
    )
    questions.answer(question, by=world.manager, text=f"About {NAME}: ask the team.")
    type(question).objects.filter(pk=question.pk).update(ticket=ticket)
    ticket = making.say(ticket, world.specialist, LINE, then=Action.ANSWER, minutes=5).ticket
    made = guidance.draft(ticket, by=world.manager, title=f"What {NAME} taught us", text=LINE)
    page = made.page.specific
    page.review_by = timezone.localdate() + timedelta(days=90)
    page.save_revision(user=world.manager).publish()
    page.line = f"{NAME} once more"
    page.save_revision(user=world.author)
    SearchQuery.objects.create(text="zebulon", hits=1)
    client_of(world.member).get("/search/?q=Zebulon+Quackenbush-Test")
    tickets.apply(ticket, Action.REOPEN, by=world.manager, reason=f"{NAME} again")
    outbox.deliver_all()
    chain.seal()
    return ticket


def ask_and_agree(asker: Client, second: Client, address: str, **data: str) -> Redaction:
    assert asker.post(address, form(**data)).status_code == 302
    row = Redaction.objects.open().get()
    decide = f"/requests/redactions/{row.pk}/"
    seal = second.get(decide).context["seal"]
    assert second.post(decide, {"decision": "agree", "seal": seal}).status_code == 302
    return row


@pytest.mark.django_db(transaction=True)
def test_after_two_persons_the_words_are_nowhere(log_lines: io.StringIO) -> None:
    world = build_world()
    ticket = spread(world)
    for canary in CANARIES:
        assert places(canary, log_lines, any_case=True), canary
    coordinator, manager = client_of(world.coordinator), client_of(world.manager)
    specialist = client_of(world.specialist)
    address = f"/requests/{ticket.number}/redact/"
    # Typed in another way than it stands, so that what was typed could be told from it.
    typed = "zEBULON qUACKENBUSH-tEST"
    assert coordinator.post(address, form(typed)).status_code == 302
    assert places("zEBULON", log_lines) == []
    row = Redaction.objects.get()
    decide = f"/requests/redactions/{row.pk}/"
    seal = manager.get(decide).context["seal"]
    manager.post(decide, {"decision": "agree", "seal": seal})
    # One row of the audit's chain was made meanwhile; a sealed chain still verifies below.
    ask_and_agree(specialist, manager, address, words=BORN, category="dob")
    note = Message.objects.filter(kind="note").get()
    whole = f"assistance.message|{note.pk}|text"
    ask_and_agree(manager, specialist, address, where=whole, words="", category="other")
    outbox.deliver_all()
    chain.seal()
    for canary in CANARIES:
        assert places(canary, log_lines, any_case=True) == [], canary
    assert chain.verify().faults == []
    assert Redaction.objects.filter(done_at=None).count() == 0
    page = Page.objects.get(pk=ticket.guidance_drafts.get().page_id)
    assert page.live
    for path in (ticket.get_absolute_url(), "/requests/", "/requests/redactions/", page.url):
        assert manager.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_hunt_finds_the_words_in_every_kind_of_place(log_lines: io.StringIO) -> None:
    """Or the test above could not fail."""
    world = build_world()
    spread(world)
    logging.getLogger("x").debug("Zebulon")
    cache.set("x", "Zebulon")
    found = places("zebulon", log_lines, any_case=True)
    tables = {place.partition(":")[0] for place in found}
    assert {
        "assistance_ticket", "assistance_message", "assistance_question", "resources_resourcepage",
        "wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry",
        "search_searchrecord", "search_fulltext", "search_searchquery",
        "wagtailsearch_indexentry", "log",
    } <= tables  # fmt: skip
    if connection.vendor == "sqlite":
        assert any(place.endswith((".sqlite3", "-wal")) for place in found)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a matter of SQLite's files")
@pytest.mark.django_db(transaction=True)
def test_before_the_file_lets_go_the_redaction_is_not_done(
    log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "wake", lambda lane: None)
    world = build_world()
    ticket = leaky(world)
    address = f"/requests/{ticket.number}/redact/"
    row = ask_and_agree(client_of(world.coordinator), client_of(world.manager), address)
    assert any(p.endswith("-wal") for p in places("quackenbush", log_lines, any_case=True))
    assert Redaction.objects.get(pk=row.pk).done_at is None
    outbox.deliver_all()
    assert places("quackenbush", log_lines, any_case=True) == []
    assert Redaction.objects.get(pk=row.pk).done_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_the_screen_refuses_is_nowhere_whichever_form_it_was_typed_into(
    log_lines: io.StringIO,
) -> None:
    world = build_world()
    ticket = making.assigned(world)
    draft = making.draft(world.coordinator)
    question = questions.ask(
        by=world.member, center=ticket.center, subject="Plain", body="Plain?", key=uuid4()
    )
    coordinator, specialist = client_of(world.coordinator), client_of(world.specialist)
    manager, key = client_of(world.manager), str(uuid4())
    at = f"/requests/{ticket.number}"
    reply = {"reply-text": REFUSED, "reply-key": key, "reply-version": "1"}
    texts = {"subject": REFUSED, "question": REFUSED}
    posts = [
        (coordinator, "/requests/new/", making.form_data(**texts)),
        (coordinator, "/requests/new/", {**texts, "key": key, "save": "1"}),
        (coordinator, f"/requests/drafts/{draft.uuid}/", {**texts, "key": key, "save": "1"}),
        (coordinator, "/requests/suggestions/", texts),
        (coordinator, f"{at}/reply/", reply),
        (specialist, f"{at}/note/", {"note-text": REFUSED, "note-key": key, "note-version": "1"}),
        (coordinator, f"{at}/actions/withdraw/", {"action-reason": REFUSED, "action-version": "1"}),
        (manager, f"{at}/actions/decline/", {"action-reason": REFUSED, "action-version": "1"}),
        (client_of(world.member), "/ask/", {"subject": REFUSED, "body": REFUSED, "key": key}),
        (coordinator, f"/ask/{question.pk}/answer/", {"text": REFUSED}),
        (coordinator, f"{at}/redact/", form(REFUSED)),
        (manager, f"/requests/redactions/pages/{Page.objects.last().pk}/", form(REFUSED)),  # type: ignore[union-attr]
    ]  # fmt: skip
    for client, path, data in posts:
        assert client.post(path, data).status_code == 200, path
    outbox.deliver_all()
    assert places(REFUSED, log_lines) == []
    assert places("04/12/2010", log_lines) == []
