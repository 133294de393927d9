"""What every mail says and carries, and that nothing in its context can change its shape."""

import email
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as django_mail

from portal.core import mail, mail_registry
from portal.core.mail import Letter
from tests.assistance.making import sent
from tests.core.test_production import run
from tests.people.mailing import making
from tests.posting import delivered
from tests.world import World

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "email"
NAMES = sorted(path.stem for path in TEMPLATES.glob("*.txt"))
CARRIERS = {"digest", "summary", "several"}


def test_every_template_has_a_class_and_every_class_a_template() -> None:
    assert set(mail_registry.templates()) == set(NAMES)
    used = set(mail_registry.templates().values())
    assert used == {c.key for c in mail_registry.classes()}


def test_a_worker_knows_every_template_and_handler_from_the_start(tmp_path: Path) -> None:
    """A worker imports no views: what is registered beside them alone would be missing there."""
    code = (
        "from portal.core import mail_registry, outbox; "
        "print(*sorted(mail_registry.templates())); print(*sorted(outbox._handlers))"
    )
    told = run(tmp_path, "shell", "--no-imports", "-c", code)
    templates, handlers = told.stdout.splitlines()[-2:]
    assert templates.split() == NAMES
    assert {"mail", "mail.carry", "training.follow_up"} <= set(handlers.split())


def test_security_and_what_cannot_wait_cannot_be_switched_off() -> None:
    required = {t for t in NAMES if mail_registry.class_of(t).is_required}
    assert required == {
        "agency_sign_on_changed", "attestation_due", "correction_waiting", "email_changed",
        "email_confirm", "handed_over", "invitation", "join_confirm", "new_device",
        "password_changed", "password_reset", "redaction_asked", "request_new_today",
        "second_step_changed",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["\r\n", "\n\n", "\r", "\x0b", "\u2028", "\x85", "\0"])
def test_no_value_makes_a_header_or_a_paragraph(name: str, end: str) -> None:
    evil = f"x{end}Bcc: all@example.org{end}{end}An own paragraph"
    good = dict.fromkeys(("number", "url", "path", "device"), "x")
    bad = dict.fromkeys(good, evil)
    more: dict[str, Any] = {"changes": 2, "things": 1, "groups": [], "left_out": 0}
    subject, _, body = mail.render(name, {**more, **bad})
    plain = mail.render(name, {**more, **good})
    assert body.count("\n") == plain[2].count("\n")
    letter = Letter("a@example.org", subject, body, "<effect-1-0@localhost>")
    mail.hand_over(letter)
    wire = django_mail.outbox[-1].message().as_bytes()
    assert "Bcc" not in email.message_from_bytes(wire)
    assert len(subject.splitlines()) == 1


@pytest.mark.parametrize("field", ["subject", "to", "unsubscribe", "list_name"])
def test_a_line_end_in_a_header_is_refused_by_the_library_as_well(field: str) -> None:
    values = {"to": "a@example.org", "subject": "S", "body": "b", "message_id": "<x@localhost>"}
    values |= {"unsubscribe": "https://x/", "list_name": "queue"}
    values[field] = "x\r\nBcc: all@example.org"
    with pytest.raises(ValueError, match=r"newline"):
        mail.hand_over(Letter(**values))
        django_mail.outbox[-1].message()


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith("request_")])
def test_all_mails_of_one_request_have_one_subject_without_a_word_of_it(name: str) -> None:
    assert mail.render(name, making.CONTEXT)[0] == "Request TA-27-0042"


def test_the_mails_of_a_request_are_a_thread(world: World) -> None:
    ticket, other = sent(world), sent(world)
    making.ask(world.coordinator, "request_replied", "1", **making.about(ticket))
    [first] = [m for m in delivered() if m.to == [world.coordinator.email]]
    making.ask(world.coordinator, "request_answered", "2", **making.about(ticket))
    making.ask(world.coordinator, "request_answered", "3", **making.about(other))
    second, third = [m for m in delivered() if m.to == [world.coordinator.email]]
    headers = [m.extra_headers for m in (first, second, third)]
    roots = [h["References"] for h in headers]
    assert roots[0] == roots[1] != roots[2]
    assert [h["In-Reply-To"] for h in headers] == roots
    assert first.subject == second.subject
    assert len({h["Message-ID"] for h in headers}) == 3
    assert re.fullmatch(r"<ticket-[0-9a-f]{32}@localhost>", roots[0])
    for word in (ticket.number, str(ticket.uuid), ticket.subject):
        assert str(word) not in roots[0]


def test_every_mail_says_that_a_machine_wrote_it_and_where_to_choose(world: World) -> None:
    for key, template in making.OF_CLASS.items():
        making.choose(world.manager, **({key: "now"} if key in making.optional() else {}))
        making.ask(world.manager, template, key)
    messages = delivered()
    assert len(messages) == len(making.OF_CLASS)
    for message in messages:
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        assert "http://localhost:8000/me/mail/" in message.body
        assert message.alternatives == [] if hasattr(message, "alternatives") else True
        assert message.content_subtype == "plain"


def test_only_what_can_be_switched_off_offers_a_link_to_stop_it(world: World) -> None:
    making.ask(world.member, "nudge", "a")
    making.ask(world.member, "new_device", "b")
    stoppable, required = sorted(delivered(), key=lambda m: "List-Id" not in m.extra_headers)
    assert stoppable.extra_headers["List-Id"] == "<training.localhost>"
    assert stoppable.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(
        r"<http://localhost:8000/accounts/mail-off/\S+/>",
        stoppable.extra_headers["List-Unsubscribe"],
    )
    assert not [h for h in required.extra_headers if h.startswith("List")]


def test_the_link_stands_unbroken_in_the_mail_as_it_is_sent(world: World) -> None:
    making.ask(world.member, "nudge")
    [message] = delivered()
    wire = message.message().as_bytes().decode()
    assert message.extra_headers["List-Unsubscribe"] in wire.replace("\n ", " ")


def test_bounces_and_answers_go_where_the_settings_say(world: World, settings: Any) -> None:
    settings.MAIL_BOUNCE_ADDRESS = "bounces@example.com"
    settings.MAIL_REPLY_TO = "help@example.com"
    making.ask(world.member, "nudge")
    [message] = delivered()
    wire = message.message()
    assert message.from_email == "bounces@example.com"  # the envelope
    assert wire["From"] == settings.DEFAULT_FROM_EMAIL
    assert wire["Reply-To"] == "help@example.com"
