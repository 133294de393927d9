"""`manage.py populate`: a database of any size, for benchmarks."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core import preparation


def size(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


class Command(BaseCommand):
    help = "Load the demo and as many rows as asked, in bulk. Takes demo databases alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=size, default=100_000)
        parser.add_argument("--completions", type=size, default=1_000_000)
        parser.add_argument("--requests", type=size, default=100_000)
        parser.add_argument("--resources", type=size, default=10_000)

    def handle(self, **options: Any) -> None:
        from portal.home import demo, populate

        sizes = {key: options[key] for key in ("members", "completions", "requests", "resources")}
        preparation.migrate(self._report)
        try:
            populate.fill(report=self._report, **sizes)
        except demo.NotADemo as error:
            raise CommandError(
                "This database holds data that the demo did not make, so nothing was changed.\n"
                "Name an empty one in DATABASE_URL, or set STATE_DIR to an empty folder."
            ) from error
        except populate.FullAlready as error:
            raise CommandError(
                "This database was filled before, so nothing was changed. "
                "`manage.py flush` empties it."
            ) from error
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
