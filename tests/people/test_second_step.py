"""The second step: an app's code, recovery codes, keys of their own, and a lock on guessing."""

import io
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import Fernet
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from portal.core import outbox
from portal.core.models import Event
from portal.people.adapter import MFAAdapter
from tests.people.signing import PASSWORD, confirm, sign_in
from tests.world import World


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up(client: Client) -> str:
    """Activate an app as a person would; return its secret."""
    asked = client.get("/accounts/2fa/totp/activate/")["Location"]  # the password once more
    client.post(asked, {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200, page["Location"]
    secret = str(client.session[SECRET_SESSION_KEY])
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content[:2000]
    return secret


def first_step(world: World) -> Client:
    client = Client()
    data = {"login": world.manager.email, "password": PASSWORD}
    assert client.post("/accounts/login/", data)["Location"].startswith("/accounts/2fa/")
    assert "_auth_user_id" not in client.session
    return client


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(world: World) -> None:
    secret = set_up(sign_in(world.manager))
    client = first_step(world)
    cache.clear()  # a code holds once: the one of the set-up may not be used again
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    assert client.get("/").wsgi_request.user == world.manager


def test_secrets_are_encrypted_in_the_database_and_open_with_older_keys(world: World) -> None:
    secret = set_up(sign_in(world.manager))
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    with override_settings(MFA_KEYS=[Fernet.generate_key().decode(), *settings.MFA_KEYS]):
        assert MFAAdapter().decrypt(stored) == secret
    with (
        override_settings(MFA_KEYS=[Fernet.generate_key().decode()]),
        pytest.raises(ValidationError),
    ):
        MFAAdapter().decrypt(stored)
    seed: Any = Authenticator.objects.get(type="recovery_codes").data
    assert MFAAdapter().decrypt(seed["seed"])


def test_a_recovery_code_works_once(world: World) -> None:
    set_up(sign_in(world.manager))
    wrapped = Authenticator.objects.get(type="recovery_codes").wrap()
    one = wrapped.get_unused_codes()[0]
    client = first_step(world)
    assert client.post("/accounts/2fa/authenticate/", {"code": one}).status_code == 302
    again = first_step(world)
    assert again.post("/accounts/2fa/authenticate/", {"code": one}).status_code == 200
    assert "_auth_user_id" not in again.session


def test_guessing_codes_is_locked(world: World) -> None:
    set_up(sign_in(world.manager))
    client = first_step(world)
    for _guess in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many" in page


def test_setting_up_is_an_event_and_a_mail(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up(sign_in(world.manager))
    assert Event.objects.filter(kind="signin.second_step_changed", actor_id=world.manager.pk)
    outbox.deliver_all()
    assert any("two-step sign-in was changed" in m.subject for m in mail.outbox)
    assert all(m.to == [world.manager.email] for m in mail.outbox)


def test_the_password_is_asked_again_before_a_change(world: World) -> None:
    client = sign_in(world.manager)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("account", ["manager", "deputy", "coordinator"])
def test_whoever_must_have_it_sees_nothing_before(world: World, account: str) -> None:
    with override_settings(MFA_REQUIRED_ROLES=["manager", "coordinator"]):
        confirm(world.people[account])
        client = Client()
        client.force_login(world.people[account])
        for path in ("/", "/team/", "/cms/", "/audit/", "/me/data.json", "/search/?q=a"):
            assert client.get(path)["Location"] == "/accounts/2fa/", path
        assert client.get("/leave/").status_code == 302


def test_a_new_key_is_taken_up_and_the_old_one_may_go(world: World) -> None:
    secret = set_up(sign_in(world.manager))
    Authenticator.objects.create(user=world.deputy, type="totp", data={"secret": "PLAINOFOLD"})
    new = Fernet.generate_key().decode()
    with override_settings(MFA_KEYS=[new, *settings.MFA_KEYS]):
        call_command("rotate_mfa_keys", stdout=io.StringIO())
    with override_settings(MFA_KEYS=[new]):
        found = {a.user_id: a.data["secret"] for a in Authenticator.objects.filter(type="totp")}
        assert MFAAdapter().decrypt(found[world.manager.pk]) == secret
        assert MFAAdapter().decrypt(found[world.deputy.pk]) == "PLAINOFOLD"
    with (
        override_settings(MFA_KEYS=[Fernet.generate_key().decode()]),
        pytest.raises(CommandError),
    ):
        call_command("rotate_mfa_keys", stdout=io.StringIO())


def test_the_name_of_a_passkey_is_screened(world: World) -> None:
    client = sign_in(world.manager)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    key = Authenticator.objects.create(
        user=world.manager, type="webauthn", data={"name": "My laptop", "credential": {}}
    )
    path = reverse("mfa_edit_webauthn", args=[key.pk])
    answer = client.post(path, {"name": "SSN 219-09-9999"})
    assert "Take it out" in answer.content.decode()
    assert client.post(path, {"name": "Office key"}).status_code == 302
    key.refresh_from_db()
    assert key.data["name"] == "Office key"
