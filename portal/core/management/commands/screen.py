"""`manage.py screen FILE...`: what the screen for identifying details finds in text files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.privacy import blocks, screen


class Command(BaseCommand):
    help = "Print each finding as a JSON line; exit with 1 when any of them blocks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        blocked = False
        for file in files:
            try:
                with file.open(encoding="utf-8", errors="replace", newline="") as opened:
                    text = opened.read()
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
            findings = screen(text)
            blocked = blocked or blocks(findings)
            for f in findings:
                row = {"file": str(file), "start": f.start, "end": f.end}
                self.stdout.write(json.dumps({**row, "kind": f.kind, "tier": f.tier}))
        if blocked:
            raise SystemExit(1)
