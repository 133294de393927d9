"""201 CMR 17.04 clause by clause, where a test can show it; docs/security has the whole."""

import io
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import global_settings
from django.conf import settings as configured
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from portal.core import chain, insert_only, sealed_file
from portal.core.models import Event
from portal.people import leaving
from portal.people.adapter import MFAAdapter
from portal.people.models import User
from tests.core.test_production import deploy, example
from tests.factories import UserFactory
from tests.people.signing import PASSWORD, confirm, sign_in
from tests.world import World

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "security" / "201-cmr-17.md"


def test_1a_one_address_is_one_person(db: None) -> None:
    UserFactory(email="one@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="ONE@example.org")


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", "robin.member"])
def test_1b_weak_and_common_passwords_are_refused(world: World, password: str) -> None:
    client = sign_in(world.member)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", data).status_code == 200
    assert User.objects.get(pk=world.member.pk).check_password(PASSWORD)


def test_1c_passwords_are_hashed_and_second_factor_secrets_encrypted(world: World) -> None:
    assert PASSWORD not in User.objects.get(pk=world.member.pk).password
    # The tests hash fast; the portal itself leaves Django's own choice in place.
    assert not hasattr(import_module("portal.settings"), "PASSWORD_HASHERS")
    assert "PBKDF2" in global_settings.PASSWORD_HASHERS[0]
    assert "JBSWY3DP" not in MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    assert configured.MFA_ADAPTER == "portal.people.adapter.MFAAdapter"


def test_1d_who_has_left_is_signed_out_and_stays_out(world: World) -> None:
    client = sign_in(world.member)
    leaving.leave(world.member, by=world.manager)
    assert client.get("/me/transcript/").status_code == 302
    data = {"login": world.member.email, "password": PASSWORD}
    again = Client()
    again.post("/accounts/login/", data)
    assert "_auth_user_id" not in again.session
    assert not Authenticator.objects.filter(user=world.member).exists()


def test_1e_repeated_failures_lock_the_sign_in(world: World) -> None:
    confirm(world.member)
    wrong = {"login": world.member.email, "password": "wrong"}
    for _try in range(5):
        Client().post("/accounts/login/", wrong)
    right = {"login": world.member.email, "password": PASSWORD}
    answer = Client(REMOTE_ADDR="192.0.2.7").post("/accounts/login/", right)
    assert answer.status_code == 200
    assert "Too many failed" in answer.content.decode()
    other = {"login": world.other_member.email, "password": PASSWORD}
    confirm(world.other_member)
    assert Client(REMOTE_ADDR="192.0.2.8").post("/accounts/login/", other).status_code == 302


def test_2b_no_account_comes_with_a_password(db: None) -> None:
    assert User.objects.filter(is_active=True).count() == 0  # an empty portal has no account
    person = UserFactory(roster=True)
    assert not person.has_usable_password()
    assert not any(user.is_superuser for user in User.objects.all())


def test_3_production_refuses_unencrypted_transport(tmp_path: Path) -> None:
    plain = {
        "BASE_URL": "http://portal.example.org",
        "DATABASE_URL": "postgres://portal:x@db.example.org/portal",
        "EMAIL_URL": "smtp://mail.example.org:25",
    }
    result = deploy(tmp_path, **{**example(), **plain})
    for code in ("E105", "E121", "E125"):
        assert f"portal.{code}" in result.stderr


def test_4_access_is_recorded_and_tampering_is_named(world: World) -> None:
    client = sign_in(world.coordinator)
    client.get(f"/team/people/{world.member.pk}/")
    client.get("/team/roster.csv")
    client.post("/accounts/logout/")
    kinds = set(Event.objects.filter(actor_id=world.coordinator.pk).values_list("kind", flat=True))
    assert {"signin.done", "people.viewed", "team.roster_exported", "signin.ended"} <= kinds
    chain.seal()
    viewed = Event.objects.get(kind="people.viewed")
    with insert_only.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_event SET actor_id = 1 WHERE id = %s", [viewed.pk])
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=out)
    assert f"event {viewed.pk} " in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_5_backups_are_encrypted(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = sealed_file.make_pair()[0]
    user = UserFactory()
    call_command("backup", str(tmp_path / "b"), stdout=io.StringIO())
    raw = (tmp_path / "b").read_bytes()
    assert sealed_file.is_sealed(tmp_path / "b")
    assert user.email.encode() not in raw
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


CLAUSES = ["(1)(a)", "(1)(b)", "(1)(c)", "(1)(d)", "(1)(e)", "(2)(a)", "(2)(b)",
           "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"]  # fmt: skip


def test_every_clause_has_a_test_that_exists_or_a_procedure_with_its_owner() -> None:
    """Read off the page itself, so that it cannot name what is not there."""
    text = PAGE.read_text(encoding="utf-8")
    for clause in CLAUSES:
        row = next(line for line in text.splitlines() if line.startswith("|") and clause in line)
        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        procedures = re.findall(r"\bP\d\b", row)
        assert tests or procedures, clause
        for path, name in tests:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)
        for mark in procedures:
            told = re.search(rf"\*\*{mark} .*?(?=\n\*\*P\d|\n## |\Z)", text, re.DOTALL)
            assert told, mark
            for word in ("Owner:", "Evidence:", "Interval:"):
                assert word in told[0], (clause, mark, word)
