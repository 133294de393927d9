"""`manage.py export_audit FILE --since DAY --until DAY`: the audit as JSON lines."""

import os
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.core import events
from portal.core.models import Event


class Command(BaseCommand):
    help = "Write the events of some days (America/New_York, both included) to a file of one's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--since", type=date.fromisoformat, required=True)
        parser.add_argument("--until", type=date.fromisoformat, default=None)

    def handle(self, *, file: Path, since: date, until: date | None, **options: Any) -> None:
        last = until or timezone.localdate()
        begin, end = _midnight(since), _midnight(last + timedelta(days=1))
        found = Event.objects.filter(at__gte=begin, at__lt=end).order_by("pk")
        try:
            with open(file, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as opened:
                count = 0
                for event in found.iterator(chunk_size=1_000):
                    opened.write(events.as_line(event) + "\n")
                    count += 1
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        events.record("audit.exported", actor=None, since=str(since), until=str(last))
        self.stdout.write(f"{count} events written to {file}")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
