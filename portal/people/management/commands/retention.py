"""`manage.py retention`: what would go now, rule by rule; `--apply` does it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.people import retention


class Command(BaseCommand):
    help = "Report what retention would remove now. Nothing under a legal hold ever goes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="Do it now")

    def handle(self, *, apply: bool, **options: Any) -> None:
        for line in retention.report():
            rule = line.rule
            held = f", {line.held} more under a legal hold" if line.held else ""
            self.stdout.write(f"{rule.key:<16} {line.due:>7}  {rule.label} ({rule.kept}){held}")
        if apply:
            done = retention.apply_all()
            self.stdout.write(f"{sum(done.values())} rows gone.")
