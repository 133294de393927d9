"""Encrypted backups: the server makes them and cannot read them; any age tool opens them."""

import io
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command

from portal.core import sealed_file
from portal.people.models import User
from tests.factories import UserFactory


def backup(path: Path) -> None:
    call_command("backup", str(path), stdout=io.StringIO(), stderr=io.StringIO())


def restore(path: Path, **options: Any) -> None:
    call_command("restore", str(path), replace=True, stdout=io.StringIO(), **options)


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_is_restored_with_the_secret_key_alone(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, secret = sealed_file.make_pair()
    settings.BACKUP_KEY = public
    user = UserFactory(last_name="Nguyễn-Canary")
    backup(tmp_path / "b")
    raw = (tmp_path / "b").read_bytes()
    assert raw.startswith(sealed_file.MAGIC)
    assert b"Canary" not in raw
    User.objects.filter(pk=user.pk).update(last_name="Later")
    with pytest.raises(CommandError, match="no key given opens it"):
        restore(tmp_path / "b")
    other = tmp_path / "other"
    other.write_text(sealed_file.make_pair()[1])
    with pytest.raises(CommandError, match="no key given opens it"):
        restore(tmp_path / "b", identity=other)
    assert User.objects.get(pk=user.pk).last_name == "Later"
    identity = tmp_path / "key"
    identity.write_text(f"# created by hand\n{secret}\n")
    restore(tmp_path / "b", identity=identity)
    assert User.objects.get(pk=user.pk).last_name == "Nguyễn-Canary"
    monkeypatch.setenv("BACKUP_SECRET", secret)
    restore(tmp_path / "b")


@pytest.mark.django_db(transaction=True)
def test_the_file_is_plain_age(tmp_path: Path, settings: Any) -> None:
    public, secret = sealed_file.make_pair()
    settings.BACKUP_KEY = public
    backup(tmp_path / "b")
    identity = pyrage.x25519.Identity.from_str(secret)
    plain = pyrage.decrypt((tmp_path / "b").read_bytes(), [identity])
    assert plain[:2] == b"\x1f\x8b"  # a gzipped tar


@pytest.mark.django_db
def test_a_key_that_is_none_writes_nothing(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = "not a key"
    with pytest.raises(CommandError, match="no public age key"):
        backup(tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.django_db
def test_without_a_key_it_says_that_the_file_is_plain(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = ""
    err = io.StringIO()
    call_command("backup", str(tmp_path / "b"), stdout=io.StringIO(), stderr=err)
    assert "not encrypted" in err.getvalue()


def test_a_pair_is_printed_and_kept_nowhere() -> None:
    out = io.StringIO()
    call_command("backup_key", stdout=out)
    assert "BACKUP_KEY=age1" in out.getvalue()
    assert "AGE-SECRET-KEY-1" in out.getvalue()
