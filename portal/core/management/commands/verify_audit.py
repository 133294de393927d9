"""`manage.py verify_audit`: is every event of the audit as it was sealed?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.core import chain


class Command(BaseCommand):
    help = "Verify the audit's chain; exit with 1 and name each row that was changed or is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", default="", help="A head digest noted at an earlier check")

    def handle(self, *, expect: str, **options: Any) -> None:
        verdict = chain.verify()
        faults = list(verdict.faults)
        if expect and not chain.holds(expect):
            faults.append("the digest given stands nowhere in the chain: its end was cut off")
        for fault in faults:
            self.stdout.write(f"FAULT {fault}")
        self.stdout.write(
            f"{verdict.sealed} events sealed, {verdict.removed} of them removed by retention, "
            f"{verdict.tail} not sealed yet"
            + (f" (oldest {timezone.localtime(verdict.tail_since):%Y-%m-%d %H:%M:%S %Z})"
               if verdict.tail_since else "")
        )  # fmt: skip
        self.stdout.write(f"head {verdict.head}")
        if faults:
            raise SystemExit(1)
        self.stdout.write("The chain holds.")
