"""State of the embedded default: one folder, readable by its owner alone.

Importing the settings writes here (a secret key, queue folders), before any command runs; so the
plain message about a folder that cannot be written stands here and not in a command.
"""

import os
import secrets
import sys
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
    """Return the key kept in the state folder; made once, readable by the owner alone."""
    path = state / "secret_key"
    try:
        with open(path, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        sys.exit(f"The portal cannot write {path} ({error.strerror}). Set SECRET_KEY or STATE_DIR.")
    return path.read_text()
