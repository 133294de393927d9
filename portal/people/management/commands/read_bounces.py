"""`manage.py read_bounces [PATH]`: read reports of mail that could not be delivered."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.delivery_reports import LARGEST
from portal.people.mailing import bounces


class Command(BaseCommand):
    help = (
        "Read the mailbox of MAIL_BOUNCE_ADDRESS: a maildir, an mbox file, or - for one message "
        "on standard input. Reading twice is harmless; nothing of a message is kept but a status."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default="-")
        parser.add_argument(
            "--remove", action="store_true", help="Remove from the mailbox what was read"
        )

    def handle(self, *, path: str, remove: bool, **options: Any) -> None:
        read = came_back = 0
        for raw in _messages(path, remove):
            read += 1
            came_back += bounces.take(raw)
        self.stdout.write(f"{read} messages read, {came_back} mails of ours came back.")


def _messages(path: str, remove: bool) -> Iterator[bytes]:
    if path == "-":
        yield sys.stdin.buffer.read(LARGEST)
        return
    box = _open(Path(path))
    box.lock()
    try:
        for key in list(box.keys()):
            with box.get_file(key) as file:
                raw = file.read(LARGEST)
            yield raw
            if remove:
                box.remove(key)
    finally:
        box.close()


def _open(path: Path) -> mailbox.Mailbox[Any]:
    if (path / "cur").is_dir():
        return mailbox.Maildir(path, create=False)
    if path.is_file():
        return mailbox.mbox(path, create=False)
    raise CommandError("Neither a maildir nor an mbox file.")
