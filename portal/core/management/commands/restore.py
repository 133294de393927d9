"""`manage.py restore FILE`."""

import os
import tarfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from portal.core import backups, sealed_file
from portal.core.models import DemoMark

UNREADABLE = (
    *(OSError, EOFError, LookupError, IntegrityError),
    *(tarfile.TarError, DeserializationError, backups.NotABackup),
)
FULL = (
    "This database holds data, so nothing was changed. Restore into an empty one, or say "
    "--replace when everything in it may go."
)


SEALED = (
    "This backup is encrypted, and no key given opens it. Nothing was changed. Name the file that "
    "holds the secret key: --identity FILE (or set BACKUP_SECRET for this one command)."
)


def _secret(identity: Path | None) -> str:
    """Return the secret key: of the file, where one is named, else of the environment."""
    if identity is None:
        return os.environ.get("BACKUP_SECRET", "")
    lines = identity.read_text().splitlines()
    return next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


class Command(BaseCommand):
    help = "Fill the database and the file store with what a backup holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="File with the secret age key")
        parser.add_argument("--replace", action="store_true", help="Empty a full database first")

    def handle(
        self, *, file: Path, replace: bool, identity: Path | None = None, **options: Any
    ) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        is_full = get_user_model().objects.exists() and not DemoMark.objects.exists()
        if is_full and not replace:
            raise CommandError(FULL)
        try:
            count = backups.restore(file, secret=_secret(identity))
        except sealed_file.WrongKey as error:
            raise CommandError(SEALED) from error
        except UNREADABLE as error:
            raise CommandError(
                f"{file} is not a backup that this version reads. Nothing was changed."
            ) from error
        call_command("rebuild_search", verbosity=0)
        self.stdout.write(f"{count} rows restored from {file}")
