"""State of the embedded default: one folder, readable by its owner alone.

Importing the settings writes here (a secret key, queue folders), before any command runs; so the
plain message about a folder that cannot be written stands here and not in a command.
"""

import base64
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def prepare(state: Path) -> None:
    """Make the state folder and the queue folders; leave with a plain message when we cannot."""
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        state.chmod(0o700)
        for name in ("queue", "control", "mail", "media", "cache"):
            (state / name).mkdir(exist_ok=True)
    except OSError as error:
        sys.exit(
            f"The portal cannot write to its state folder {state} ({error.strerror}).\n"
            "Give its user the right to write there, or set STATE_DIR to another folder."
        )


def secret_key(state: Path) -> str:
    """Return Django's key kept in the state folder."""
    return kept(state, "secret_key")


def fernet_key(state: Path) -> str:
    """Return the key that encrypts second-factor secrets, kept in the state folder."""
    return kept(state, "mfa_key", make=lambda: base64.urlsafe_b64encode(os.urandom(32)).decode())


def kept(
    state: Path, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(64)
) -> str:
    """Return a key kept in the state folder; made once, readable by the owner alone."""
    path = state / name
    try:
        if not path.exists():
            _make(path, make())
    except OSError as error:
        sys.exit(f"The portal cannot write {path} ({error.strerror}). Set STATE_DIR.")
    return path.read_text()


def _make(path: Path, content: str) -> None:
    """Write a new file whole, or leave the one that another process made meanwhile."""
    own = path.with_name(f".{path.name}.{os.getpid()}")
    with open(own, "w", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(own, path)
    own.unlink()
