"""Mails of the account: no link and no code is kept, and nothing tells who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.core import outbox
from portal.core.models import Effect
from portal.people import account_mail
from tests.factories import UserFactory
from tests.people.signing import confirm, sign_in
from tests.world import World


def ask(client: Client, email: str) -> str:
    answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def link() -> str:
    outbox.deliver_all()
    found = re.search(r"http://localhost:8000(/accounts/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_new_password_is_set_by_mail(world: World, client: Client) -> None:
    confirm(world.member)
    ask(client, world.member.email)
    page = client.get(link(), follow=True)
    data = {"password1": "seven quiet herons", "password2": "seven quiet herons"}
    client.post(page.redirect_chain[-1][0], data)
    world.member.refresh_from_db()
    assert world.member.check_password("seven quiet herons")
    outbox.deliver_all()
    assert "password was changed" in mail.outbox[-1].subject


def test_the_answer_is_the_same_whether_there_is_an_account(world: World, client: Client) -> None:
    confirm(world.member)
    known, unknown = ask(client, world.member.email), ask(Client(), "nobody@example.org")
    assert known.replace(world.member.email, "X") == unknown.replace("nobody@example.org", "X")
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[world.member.email]]


def test_the_outbox_holds_no_link_and_no_code(world: World, client: Client) -> None:
    confirm(world.member)
    ask(client, world.member.email)
    signed = link().split("/")[-2]
    assert signed not in str(list(Effect.objects.values_list()))
    assert world.member.email not in str(list(Effect.objects.values_list()))


def test_the_link_holds_once(world: World, client: Client) -> None:
    confirm(world.member)
    ask(client, world.member.email)
    address = link()
    page = client.get(address, follow=True)
    data = {"password1": "seven quiet herons", "password2": "seven quiet herons"}
    client.post(page.redirect_chain[-1][0], data)
    again = Client().get(address, follow=True)
    assert "password1" not in again.content.decode()


def test_who_has_not_joined_or_has_left_gets_no_mail(world: World, client: Client) -> None:
    confirm(world.member)
    world.member.is_active = False
    world.member.save()
    ask(client, world.member.email)
    outbox.deliver_all()
    assert mail.outbox == []


def test_an_address_is_changed_after_it_is_confirmed_and_the_old_one_is_told(
    world: World,
) -> None:
    old = world.member.email
    client = sign_in(world.member)
    client.post("/accounts/email/", {"email": "new.address@example.org", "action_add": ""})
    assert world.member.__class__.objects.get(pk=world.member.pk).email == old
    address = link()
    assert mail.outbox[-1].to == ["new.address@example.org"]
    client.post(address)
    world.member.refresh_from_db()
    assert world.member.email == "new.address@example.org"
    outbox.deliver_all()
    told = [m for m in mail.outbox if "address was changed" in m.subject]
    assert [m.to for m in told] == [[old]]
    assert EmailAddress.objects.get(user=world.member).email == "new.address@example.org"


def test_a_private_mailbox_is_no_new_address(world: World) -> None:
    client = sign_in(world.member)
    answer = client.post("/accounts/email/", {"email": "me@gmail.com", "action_add": ""})
    assert "private mailbox" in answer.content.decode()


def test_a_mail_without_words_is_an_error_of_ours_not_a_silence(world: World) -> None:
    with pytest.raises(account_mail.UnknownMail):
        account_mail.queue("account/email/brand_new", world.member.email, {})


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/change/"])
def test_passwords_may_be_pasted_and_filled_in_by_a_manager(world: World, path: str) -> None:
    client = Client() if "login" in path else sign_in(world.member)
    page = client.get(path).content.decode()
    assert "onpaste" not in page
    assert 'autocomplete="off"' not in page.split('type="password"')[1].split(">")[0]
    assert "current-password" in page


def test_a_pending_address_of_somebody_else_takes_no_mail(world: World, client: Client) -> None:
    EmailAddress.objects.create(user=world.other_member, email=world.member.email, verified=False)
    confirm(world.member)
    ask(client, world.member.email)
    outbox.deliver_all()
    effect = Effect.objects.get(kind="account.mail")
    assert effect.payload["user"] == world.member.pk


def test_who_is_invited_joins_by_the_invitation_and_not_by_a_new_password(
    world: World, client: Client
) -> None:
    person = UserFactory(roster=True, center="essex")
    ask(client, person.email)
    outbox.deliver_all()
    assert mail.outbox == []
