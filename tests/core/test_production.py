"""`check --deploy` names each embedded default that is left."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def deploy(tmp_path: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={**keep, "STATE_DIR": str(tmp_path), **extra},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_embedded_default_is_named_setting_by_setting(tmp_path: Path) -> None:
    result = deploy(tmp_path)
    assert result.returncode != 0
    for number in range(1, 10):
        assert f"portal.E10{number}" in result.stderr
    assert "HINT" in result.stderr


def test_a_state_folder_that_cannot_be_written_gives_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = deploy(tmp_path, STATE_DIR=str(tmp_path / "file" / "var"))
    assert result.returncode == 1
    assert "cannot write to its state folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    deploy(tmp_path)
    first = (tmp_path / "secret_key").read_text()
    deploy(tmp_path)
    assert (tmp_path / "secret_key").read_text() == first
    assert len(first) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
