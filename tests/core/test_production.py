"""`check --deploy` names each embedded default that is left, and is content with `.env.example`."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from portal.core import sealed_file

ROOT = Path(__file__).parent.parent.parent
SETTING = re.compile(r"^# ([A-Z_]+)=(.*?)(?:[ \t]+#.*)?$", re.MULTILINE)


def run(tmp_path: Path, *command: str, **extra: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**keep, "STATE_DIR": str(tmp_path), **extra},
        capture_output=True,
        text=True,
        check=False,
    )


def deploy(tmp_path: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return run(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **extra)


def example() -> dict[str, str]:
    """The production part of .env.example, with what stands empty there filled in."""
    text = (ROOT / ".env.example").read_text()
    part = text[text.index("-- Production") : text.index("-- Optional")]
    values = {name: value.strip() for name, value in SETTING.findall(part)}
    made = {
        "SECRET_KEY": "a key of many different characters 0123456789 abcdefghijklm",
        "AUDIT_KEY": "another key of many different characters 0123456789 abcdef",
        "MFA_KEYS": Fernet.generate_key().decode(),
        "BACKUP_KEY": sealed_file.make_pair()[0],
    }
    assert {name for name, value in values.items() if not value} == set(made)
    return {**values, **made}


def test_the_embedded_default_is_named_setting_by_setting(tmp_path: Path) -> None:
    result = deploy(tmp_path)
    assert result.returncode != 0
    for number in (*range(101, 113), 115):
        assert f"portal.E{number}" in result.stderr
    assert "HINT" in result.stderr


def test_the_example_for_production_is_clean(tmp_path: Path) -> None:
    result = deploy(tmp_path, **example())
    assert "no issues" in result.stdout, result.stderr
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DATABASE_URL", "postgres://portal:x@db.example.org/portal", "E121"),
        ("CACHE_URL", "redis://cache.example.org:6379/1", "E122"),
        ("CELERY_BROKER_URL", "amqp://guest@mq.example.org//", "E123"),
        ("ELASTICSEARCH_URL", "http://search.example.org:9200", "E124"),
        ("EMAIL_URL", "smtp://user:x@mail.example.org:25", "E125"),
        ("BACKUP_KEY", "AGE-SECRET-KEY-1XYZ", "E113"),
        ("SESSION_IDLE_MINUTES", "600", "E114"),
        ("MFA_REQUIRED_ROLES", "coordinator", "E107"),
        ("BASE_URL", "http://portal.example.org", "E105"),
        ("METRICS_TOKEN", "short", "E128"),
        ("SENTRY_DSN", "http://key@errors.example.org/1", "E130"),
        ("LOG_FORMAT", "yaml", "E004"),
    ],
)
def test_an_unsafe_setting_is_named(tmp_path: Path, name: str, value: str, code: str) -> None:
    result = deploy(tmp_path, **{**example(), name: value})
    assert f"portal.{code}" in result.stderr
    assert result.returncode != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://portal:x@db.example.org/portal?sslmode=verify-full"),
        ("CACHE_URL", "rediss://cache.example.org:6379/1"),
        ("CELERY_BROKER_URL", "amqps://guest@mq.example.org//"),
        ("DATABASE_URL", "postgres://portal:x@%2Frun%2Fpostgresql/portal"),
        ("CACHE_URL", "redis:///run/redis/redis.sock/1"),
        ("CELERY_BROKER_URL", "redis+socket:///run/redis/redis.sock"),
    ],
)
def test_encrypted_ways_to_other_machines_are_fine(tmp_path: Path, name: str, value: str) -> None:
    assert deploy(tmp_path, **{**example(), name: value}).returncode == 0


def test_a_key_that_is_no_key_is_told_at_once(tmp_path: Path) -> None:
    result = run(tmp_path, "check", MFA_KEYS="not-a-key")
    assert "portal.E003" in result.stderr


def test_a_state_folder_that_cannot_be_written_gives_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = deploy(tmp_path, STATE_DIR=str(tmp_path / "file" / "var"))
    assert result.returncode == 1
    assert "cannot write to its state folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_keys_are_made_once_and_are_their_owners_alone(tmp_path: Path) -> None:
    names = ("secret_key", "audit_key", "mfa_key")
    deploy(tmp_path)
    first = [(tmp_path / name).read_text() for name in names]
    deploy(tmp_path)
    assert [(tmp_path / name).read_text() for name in names] == first
    assert len(set(first)) == 3
    for name in names:
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_the_bill_of_materials_names_what_is_installed(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    assert run(tmp_path, "sbom", str(file)).returncode == 0
    bill = json.loads(file.read_text())
    names = {part["name"]: part["version"] for part in bill["components"]}
    assert {"wagtail", "django", "pyrage", "@uswds/uswds"} <= set(names)
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(refs) == len(set(refs))
    assert all(part["purl"].startswith("pkg:") for part in bill["components"])
