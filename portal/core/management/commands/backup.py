"""`manage.py backup FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core import backups, sealed_file

PLAIN = (
    "The file is not encrypted, and it holds personal data. Set BACKUP_KEY "
    "(manage.py backup_key makes one), or keep it on an encrypted volume."
)


class Command(BaseCommand):
    help = "Write every row and every stored file to one file, readable by its owner alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            count = backups.backup(file)
        except FileExistsError as error:
            raise CommandError(f"{file} exists already. Choose another name.") from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        except sealed_file.WrongKey as error:
            raise CommandError("BACKUP_KEY is no public age key. Nothing was written.") from error
        self.stdout.write(f"{count} rows written to {file}")
        if not settings.BACKUP_KEY:
            self.stderr.write(PLAIN)
