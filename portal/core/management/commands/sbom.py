"""`manage.py sbom [FILE]`: every component that runs here, as CycloneDX."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core import sbom


class Command(BaseCommand):
    help = "Write the software bill of materials (CycloneDX, JSON) to a file, or print it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *, file: Path | None, **options: Any) -> None:
        text = json.dumps(sbom.document(), indent=2)
        if file is None:
            self.stdout.write(text)
            return
        try:
            file.write_text(text + "\n")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
