"""compose.yaml: every part is locked down, waits for what it needs, and is set as it may be."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet
from kombu import Connection
from kombu.transport import redis

from portal.core import sealed_file

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
ONCE = ("migrate", "search-keys")
NAMES = sorted(SERVICES)


def test_every_part_of_the_portal_is_there() -> None:
    assert {*OURS, "proxy", "postgres", "redis", "search"} <= set(SERVICES)


@pytest.mark.parametrize("name", NAMES)
def test_a_part_can_change_nothing_but_its_volumes(name: str) -> None:
    part = SERVICES[name]
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert "cap_add" not in part
    assert part["security_opt"] == ["no-new-privileges:true"]
    assert part.get("privileged") is None
    assert any(mount.split(":")[0] in {"/tmp", "/data"} for mount in part["tmpfs"])
    assert not any("docker.sock" in str(volume) for volume in part["volumes"])


@pytest.mark.parametrize("name", NAMES)
def test_no_image_is_whatever_is_newest(name: str) -> None:
    image, _, tag = SERVICES[name]["image"].rpartition(":")
    assert image
    if name not in OURS:
        assert tag[0].isdigit()


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(ONCE)))
def test_what_goes_on_running_is_asked_whether_it_lives(name: str) -> None:
    part = SERVICES[name]
    assert part["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert part["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ONCE)
def test_what_runs_once_is_not_started_again(name: str) -> None:
    assert SERVICES[name]["restart"] == "no"


@pytest.mark.parametrize("name", NAMES)
def test_what_a_part_waits_for_can_be_waited_for(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        expected = "service_completed_successfully" if other in ONCE else "service_healthy"
        assert how == {"condition": expected}, other


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_of_the_portal_starts_before_the_tables_stand(name: str) -> None:
    assert {"migrate", "postgres", "redis"} <= set(SERVICES[name]["depends_on"])


def test_only_the_proxy_is_open_to_the_world() -> None:
    assert [name for name in NAMES if "ports" in SERVICES[name]] == ["proxy"]
    for name in ("postgres", "redis", "beat", "migrate"):
        assert SERVICES[name]["network_mode"] == "none"
        assert "networks" not in SERVICES[name]
    assert COMPOSE["networks"]["search"] == {"internal": True}


def test_no_secret_stands_in_the_file() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    for name in ("PASSWORD:", "SECRET_KEY", "MFA_KEYS", "AUDIT_KEY", "BACKUP_KEY", "DATABASE_URL"):
        assert name not in text
    assert all(SERVICES[name]["env_file"] == "portal.env" for name in OURS)
    assert "*.env" in (DEPLOY / ".gitignore").read_text()


def test_every_volume_that_is_used_is_declared() -> None:
    used = {
        volume.split(":")[0]
        for part in SERVICES.values()
        for volume in part["volumes"]
        if not volume.startswith(("/", "."))
    }
    assert used == set(COMPOSE["volumes"])
    used_networks = {n for part in SERVICES.values() for n in part.get("networks", [])}
    assert used_networks == set(COMPOSE["networks"])


def test_every_file_that_is_mounted_exists() -> None:
    for part in SERVICES.values():
        for volume in part["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("./") and source != "./tls":
                assert (DEPLOY / source).is_file(), source


def settings_of_a_container() -> dict[str, str]:
    """The example's settings, with what stands empty filled in, and those of compose."""
    lines = (DEPLOY / "portal.env.example").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    made = {
        "SECRET_KEY": "a key of many different characters 0123456789 abcdefghijklm",
        "AUDIT_KEY": "another key of many different characters 0123456789 abcdef",
        "MFA_KEYS": Fernet.generate_key().decode(),
        "BACKUP_KEY": sealed_file.make_pair()[0],
    }
    assert {name for name, value in said.items() if not value} == set(made)
    return {**said, **made, **SERVICES["web"]["environment"]}


def test_the_portal_in_a_container_passes_its_own_check(tmp_path: Path) -> None:
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=DEPLOY.parent,
        env={**keep, **settings_of_a_container(), "STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no issues" in result.stdout, result.stderr


class NotConnected(redis.Channel):
    """Kombu's own reading of an address, without the connection that it opens at once."""

    def __init__(self, transport: Any) -> None:
        self.connection = transport


def test_the_broker_is_reached_through_the_socket() -> None:
    with Connection(SERVICES["web"]["environment"]["CELERY_BROKER_URL"]) as broker:
        parameters = NotConnected(broker.transport)._connparams()
    assert parameters["path"] == "/run/redis/redis.sock"
    assert "port" not in parameters
    assert int(parameters["db"]) == 0
