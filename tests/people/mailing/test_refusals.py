"""What a mail server refuses: an address that is no good is held, the rest is tried again."""

import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.core import mail_refusals, outbox
from portal.core.models import Effect, Event, MailLog
from portal.people import account_mail, invitations
from portal.people.mailing import posting, suppressions
from portal.people.models import Center, JoinRequest, MailSuppression, User
from tests.people.mailing import fake_smtp, making
from tests.people.mailing.fake_smtp import answers, refused, tried
from tests.people.test_join_requests import ASKER, post
from tests.world import World


@pytest.fixture
def server(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "tests.people.mailing.fake_smtp.Server"
    answers.clear()
    tried.clear()
    yield
    answers.clear()


def run(times: int = 1) -> None:
    for _ in range(times):
        Effect.objects.filter(done_at=None).update(due_at=timezone.now())
        outbox.deliver_all()


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        (550, "5.1.1 User unknown", "5.1.1"),
        (550, "No such user here", "550"),
        (551, "User not local", "551"),
        (553, "5.1.3 Bad address syntax", "5.1.3"),
        (550, "5.2.1 Mailbox disabled", "5.2.1"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address", "5.1.10"),
    ],
)
def test_an_address_that_takes_no_mail_is_held_and_not_tried_again(
    world: World, server: None, code: int, words: str, status: str
) -> None:
    answers[world.member.email] = refused(code, words, world.member.email)
    making.ask(world.member, "nudge")
    run(5)
    assert tried == [world.member.email]
    [row] = MailSuppression.objects.all()
    assert (row.user, row.code, row.source) == (world.member, status, "refused")
    assert MailLog.objects.get().outcome == "refused"
    assert MailLog.objects.get().code == status
    assert not Effect.objects.filter(done_at=None).exists()
    assert Event.objects.get(kind="mail.suppressed").subject_id == str(world.member.pk)
    making.ask(world.member, "session_registered", "later")
    run()
    assert tried == [world.member.email]
    assert making.outcomes() == ["refused", "suppressed"]


@pytest.mark.parametrize(
    "error",
    [
        refused(450, "4.2.1 Try later", "member"),
        refused(452, "4.2.2 Mailbox full", "member"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 No"),
        smtplib.SMTPSenderRefused(550, b"5.1.0 Not you", "portal@example.org"),
        ConnectionRefusedError(),
    ],
)
def test_what_may_pass_is_tried_until_it_goes(world: World, server: None, error: Exception) -> None:
    answers[world.member.email] = error
    making.ask(world.member, "nudge")
    run(3)
    assert len(tried) == 3
    assert not MailSuppression.objects.exists()
    assert making.outcomes() == ["trying"]
    effect = Effect.objects.get(done_at=None)
    assert effect.last_error == type(error).__name__
    answers.clear()
    run()
    assert making.outcomes() == ["sent"]


@pytest.mark.parametrize(
    "error",
    [
        refused(550, "5.7.1 Relaying denied", "x"),
        refused(554, "Blocked by our list", "x"),
        refused(552, "5.2.2 Mailbox full", "x"),
        smtplib.SMTPDataError(554, b"5.7.1 Looks like spam"),
        smtplib.SMTPDataError(552, b"5.3.4 Too large"),
    ],
)
def test_a_refusal_that_is_not_about_the_address_holds_nobody_and_ends(
    world: World, server: None, error: Exception
) -> None:
    answers[world.member.email] = error
    making.ask(world.member, "nudge")
    run(posting.GIVE_UP_AFTER + 3)
    assert len(tried) == posting.GIVE_UP_AFTER
    assert not MailSuppression.objects.exists()
    assert making.outcomes() == ["refused"]


def test_the_servers_words_are_kept_nowhere(world: World, server: None) -> None:
    words = "5.1.1 purple elephant <someone@example.org>"
    answers[world.member.email] = refused(550, words, world.member.email)
    making.ask(world.member, "nudge")
    run()
    rows = str([list(m.objects.values_list()) for m in (MailLog, MailSuppression, Effect, Event)])
    assert "elephant" not in rows
    assert "someone" not in rows
    assert world.member.email not in rows


def test_mail_of_the_account_goes_to_a_held_address_all_the_same(
    world: World, server: None
) -> None:
    """Somebody locked out has no other way in; what else is required is not sent in vain."""
    suppressions.add(world.manager, code="5.1.1", source="bounce")
    making.ask(world.manager, "new_device", "a")
    making.ask(world.manager, "request_new_today", "b")
    making.ask(world.manager, "nudge", "c")
    run()
    assert tried == [world.manager.email]
    assert sorted(making.outcomes()) == ["sent", "suppressed", "suppressed"]
    assert MailSuppression.objects.standing().count() == 1, "taken is not delivered"


def test_another_address_is_not_held(world: World, server: None) -> None:
    suppressions.add(world.member, code="5.1.1", source="bounce")
    assert suppressions.standing(world.member)
    world.member.email = "new@example.org"
    world.member.save()
    assert suppressions.standing(world.member) is None
    making.ask(world.member, "nudge")
    run()
    assert tried == ["new@example.org"]


def test_a_former_address_that_refuses_holds_not_the_new_one(world: World, server: None) -> None:
    former = "former@example.org"
    answers[former] = refused(550, "5.1.1 Unknown", former)
    account_mail.queue_notice("account/email/email_changed", world.member, former)
    run()
    assert tried == [former]
    assert making.outcomes() == ["refused"]
    assert not MailSuppression.objects.exists()


def test_an_address_not_confirmed_yet_that_refuses_holds_nobody(world: World, server: None) -> None:
    pending = EmailAddress.objects.create(user=world.member, email="pending@example.org")
    answers[pending.email] = refused(550, "5.1.1 Unknown", pending.email)
    context = {"user": world.member}
    account_mail.queue("account/email/email_confirmation", pending.email, context)
    run()
    assert tried == [pending.email]
    assert not MailSuppression.objects.exists()


def test_a_stranger_whose_address_refuses_is_not_tried_for_ever(
    world: World, server: None, client: Client
) -> None:
    answers[ASKER] = refused(550, "5.1.1 Unknown", ASKER)
    post(client)
    run(3)
    assert tried == [ASKER]
    [row] = MailLog.objects.all()
    assert (row.user_id, row.outcome, row.code) == (None, "refused", "5.1.1")
    assert JoinRequest.objects.get().confirmed_at is None


def test_an_invitation_that_refuses_is_seen_by_the_manager(world: World, server: None) -> None:
    email = "new.one@example.org"
    answers[email] = refused(550, "5.1.1 Unknown", email)
    invitations.invite(
        email=email,
        first_name="New",
        last_name="One",
        center=Center.objects.get(slug="essex"),
        discipline=None,
        by=world.coordinator,
    )
    run(3)
    assert tried == [email]
    person = User.objects.get(email=email)
    assert MailSuppression.objects.get().user == person
    invitations.again(person, by=world.coordinator)
    run()
    assert tried == [email, email], "an invitation asked for anew is tried anew"


def test_the_read_status_is_of_the_address_or_not() -> None:
    assert mail_refusals.is_of_address("5.1.1")
    assert mail_refusals.is_of_address("5.4.4")
    for other in ("5.7.1", "5.2.2", "5.6.0", "4.1.1", "2.0.0", "5.1", "", "x5.1.1"):
        assert not mail_refusals.is_of_address(other)
    assert mail_refusals.of(ValueError("x")) is None
    both = {"a": (550, b"5.1.1"), "b": (550, b"5.1.1")}
    assert mail_refusals.of(smtplib.SMTPRecipientsRefused(both)) is None
    assert fake_smtp.answers == {}
