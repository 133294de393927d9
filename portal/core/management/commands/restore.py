"""`manage.py restore FILE`."""

import tarfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from portal.core import backups
from portal.core.models import DemoMark

UNREADABLE = (
    *(OSError, EOFError, LookupError, IntegrityError),
    *(tarfile.TarError, DeserializationError, backups.NotABackup),
)
FULL = (
    "This database holds data, so nothing was changed. Restore into an empty one, or say "
    "--replace when everything in it may go."
)


class Command(BaseCommand):
    help = "Fill the database and the file store with what a backup holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Empty a full database first")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        is_full = get_user_model().objects.exists() and not DemoMark.objects.exists()
        if is_full and not replace:
            raise CommandError(FULL)
        try:
            count = backups.restore(file)
        except UNREADABLE as error:
            raise CommandError(
                f"{file} is not a backup that this version reads. Nothing was changed."
            ) from error
        call_command("rebuild_search", verbosity=0)
        self.stdout.write(f"{count} rows restored from {file}")
