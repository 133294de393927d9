"""Backups in the age format: what the server holds (a public key) makes them and opens none.

Any tool that speaks age opens the file with the secret key, so a backup outlives this portal.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

MAGIC = b"age-encryption.org/"


class WrongKey(Exception):
    """The key is missing, is no age key, or does not open this file."""


def make_pair() -> tuple[str, str]:
    """Return (public, secret): BACKUP_KEY on the server, and what is kept away from it."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def is_sealed(path: Path) -> bool:
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal(plain: IO[bytes], sealed: IO[bytes], public: str) -> None:
    """Encrypt a stream to a public key. WrongKey when it is none."""
    try:
        recipient = pyrage.x25519.Recipient.from_str(public)
    except pyrage.RecipientError as error:
        raise WrongKey from error
    pyrage.encrypt_io(plain, sealed, [recipient])


@contextmanager
def opened(path: Path, secret: str) -> Iterator[IO[bytes]]:
    """Open a file, sealed or plain, for reading. WrongKey when the secret does not open it."""
    if not is_sealed(path):
        with open(path, "rb") as file:
            yield file
        return
    plain = io.BytesIO()
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
        with open(path, "rb") as file:
            pyrage.decrypt_io(file, plain, [identity])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise WrongKey from error
    plain.seek(0)
    yield plain
