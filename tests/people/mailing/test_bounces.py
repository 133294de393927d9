"""Reports of mail that came back: ours are believed, once; a hostile one does nothing."""

import io
import mailbox
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command

from portal.core import delivery_reports
from portal.core.models import Event, MailLog
from portal.people.mailing import bounces, suppressions
from portal.people.models import MailSuppression
from tests.people.mailing import making
from tests.posting import delivered
from tests.world import World

REPORT = """From: MAILER-DAEMON@mx.example.org
To: bounces@example.com
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

purple elephant: I could not deliver your message.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 10:00:00 -0500

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} purple elephant

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: Request TA-27-0042
To: {address}

--b--
"""


def report(
    message_id: str,
    address: str,
    action: str = "failed",
    status: str = "5.1.1",
    kind: str = "text/rfc822-headers",
) -> bytes:
    said = {"action": action, "status": status, "kind": kind}
    return REPORT.format(message_id=message_id, address=address, **said).encode()


@pytest.fixture
def sent_id(world: World) -> str:
    making.ask(world.member, "nudge")
    [message] = delivered()
    return str(message.extra_headers["Message-ID"])


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_hard_bounce_of_ours_holds_the_address(world: World, sent_id: str, kind: str) -> None:
    assert bounces.take(report(sent_id, world.member.email.upper(), kind=kind)) == 1
    [row] = MailSuppression.objects.all()
    assert (row.user, row.code, row.source) == (world.member, "5.1.1", "bounce")
    assert (MailLog.objects.get().outcome, MailLog.objects.get().code) == ("bounced", "5.1.1")
    assert suppressions.standing(world.member)


def test_read_twice_it_counts_once_and_does_not_undo_the_manager(
    world: World, sent_id: str
) -> None:
    raw = report(sent_id, world.member.email)
    bounces.take(raw)
    suppressions.lift(MailSuppression.objects.get(), how="again", by=world.manager)
    assert bounces.take(raw) == 0
    assert suppressions.standing(world.member) is None
    assert Event.objects.filter(kind="mail.suppressed").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "delivered", "status": "2.0.0"},
        {"action": "failed", "status": "4.7.1"},
        {"action": "failed", "status": "nonsense"},
        {"address": "somebody.else@example.org"},
        {"message_id": "<effect-1-00000000000000000000@localhost>"},
        {"message_id": "<another@example.org>"},
        {"message_id": ""},
    ],
)
def test_what_is_not_a_hard_bounce_of_a_mail_of_ours_is_ignored(
    world: World, sent_id: str, change: dict[str, str]
) -> None:
    values = {"message_id": sent_id, "address": world.member.email, **change}
    assert bounces.take(report(**values)) == 0
    assert not MailSuppression.objects.exists()
    assert MailLog.objects.get().outcome == "sent"


@pytest.mark.parametrize("status", ["5.7.1", "5.2.2", "5.6.1"])
def test_a_bounce_that_is_not_about_the_address_is_noted_and_holds_nobody(
    world: World, sent_id: str, status: str
) -> None:
    assert bounces.take(report(sent_id, world.member.email, status=status)) == 1
    assert MailLog.objects.get().code == status
    assert not MailSuppression.objects.exists()


def test_a_bounce_of_a_daily_mail_holds_the_address_once(world: World) -> None:
    from tests.people.mailing.test_digest import morning

    making.choose(world.member, training="day", sessions="day")
    making.ask(world.member, "nudge", "a")
    making.ask(world.member, "nudge", "b")
    delivered()
    [message] = morning()
    sent_id = message.extra_headers["Message-ID"]
    assert bounces.take(report(sent_id, world.member.email)) == 1
    assert making.outcomes() == ["bounced", "bounced"]
    assert MailSuppression.objects.count() == 1


def test_an_answer_written_by_a_person_or_a_machine_is_no_report(
    world: World, sent_id: str
) -> None:
    for text in (
        f"From: {world.member.email}\nIn-Reply-To: {sent_id}\nSubject: Re\n\nThank you",
        f"From: x\nAuto-Submitted: auto-replied\nReferences: {sent_id}\n\nI am away",
        "", "\n\n\n", "Content-Type: multipart/report\n\n",
    ):  # fmt: skip
        assert bounces.take(text.encode()) == 0
    assert django_mail.outbox == []


def nested(depth: int) -> bytes:
    return b"".join(
        b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth)
    )


@pytest.mark.parametrize(
    "raw",
    [
        nested(3000),
        b"Content-Type: multipart/report; boundary=\n\n" + b"--\n" * 100_000,
        b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\nX: y\n\nz\n" * 50_000,
        b"Status: " + b"5.1.1 " * 200_000,
        bytes(range(256)) * 4000,
        b"Content-Type: " + b"multipart/report;" * 50_000,
        b"From: =?utf-8?q?" + b"=" * 100_000 + b"?=\nContent-Type: multipart/report\n\n",
    ],
)
def test_a_hostile_message_does_nothing_and_is_soon_done(db: None, raw: bytes) -> None:
    assert bounces.take(raw) == 0


def test_many_recipients_and_two_mails_in_one_report_are_not_believed(
    world: World, sent_id: str
) -> None:
    good = report(sent_id, world.member.email).decode()
    block = good[good.index("Final-Recipient") : good.index("\n--b\nContent-Type: text/rfc822")]
    other = block.replace(world.member.email, "a@example.org")
    crowded = good.replace(block, "\n".join([other] * 100_000))
    assert len(delivery_reports.read(crowded.encode())) <= delivery_reports.RECIPIENTS
    second = f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {sent_id[:-5]}x>\n\n--b--"
    assert delivery_reports.read(good.replace("--b--", second).encode()) == []


def fill(box: Any, sent_id: str, address: str) -> None:
    box.add(report(sent_id, address))
    box.add(b"Subject: not a report\n\nHello")
    box.add(b"Content-Type: multipart/report\n\nbroken")
    box.flush()
    box.close()


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_the_command_reads_a_mailbox_and_can_empty_it(
    world: World, sent_id: str, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "box"

    def box() -> Any:
        return mailbox.Maildir(path) if kind == "maildir" else mailbox.mbox(path)

    def size() -> int:
        opened = box()
        found = len(opened)
        opened.close()
        return found

    fill(box(), sent_id, world.member.email)
    told = io.StringIO()
    call_command("read_bounces", str(path), stdout=told)
    assert "3 messages read, 1 mails of ours came back" in told.getvalue()
    assert size() == 3
    call_command("read_bounces", str(path), "--remove", stdout=told)
    assert "3 messages read, 0 mails" in told.getvalue()
    assert size() == 0
    assert MailSuppression.objects.count() == 1


def test_the_command_reads_one_message_from_standard_input(
    world: World, sent_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Given:
        buffer = io.BytesIO(report(sent_id, world.member.email))

    monkeypatch.setattr(sys, "stdin", Given)
    call_command("read_bounces", stdout=io.StringIO())
    assert suppressions.standing(world.member)


def test_the_command_says_when_there_is_no_mailbox(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("read_bounces", str(tmp_path / "none"))


def test_not_a_word_of_a_report_is_kept(world: World, sent_id: str) -> None:
    bounces.take(report(sent_id, world.member.email))
    models = (MailLog, MailSuppression, Event)
    rows = str([list(model.objects.values_list()) for model in models])
    assert "elephant" not in rows
    assert world.member.email not in rows
