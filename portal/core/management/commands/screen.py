"""`manage.py screen FILE...`: what the screen for identifying details finds in files."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.privacy import documents, screen
from portal.core.privacy.documents import Refused
from portal.core.privacy.findings import BLOCK

READ_AS_DOCUMENTS = frozenset({".docx", ".jpeg", ".jpg", ".pdf", ".png", ".xlsx"})


class Command(BaseCommand):
    help = (
        "Print each finding as a JSON line; exit with 1 when any of them blocks. PDF, DOCX, XLSX "
        "and pictures are read as uploads are: offsets count in the text taken out of them."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        blocked = False
        for file in files:
            try:
                found = list(_found(file))
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
            except Refused as refused:
                raise CommandError(f"{file}: {' '.join(refused.messages)}") from refused
            for row in found:
                blocked = blocked or row["tier"] == BLOCK
                self.stdout.write(json.dumps({"file": str(file), **row}))
        if blocked:
            raise SystemExit(1)


def _found(file: Path) -> Iterator[dict[str, Any]]:
    if file.suffix.lower() in READ_AS_DOCUMENTS:
        yield from _in_document(file)
        return
    with file.open(encoding="utf-8", errors="replace", newline="") as opened:
        text = opened.read()
    for f in screen(text):
        yield {"start": f.start, "end": f.end, "kind": f.kind, "tier": f.tier}


def _in_document(file: Path) -> Iterator[dict[str, Any]]:
    inspected = documents.inspect(file.name, file.read_bytes())
    for f in inspected.found:
        row = {"start": f.start, "end": f.end, "kind": f.kind, "tier": f.tier}
        yield {**row, "place": str(f.place)}
    for place in inspected.unread:
        yield {"kind": "unread", "tier": "warn", "place": str(place)}
