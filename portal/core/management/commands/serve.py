"""`manage.py serve`: web server, worker and beat, without demo data."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core import assets, preparation, supervisor


class Command(BaseCommand):
    help = "Run the web server, the worker and beat together. Ctrl-C ends all of them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="Web processes")

    def handle(self, *, port: int, workers: int, **options: Any) -> None:
        try:
            supervisor.probe(port)
            preparation.prepare(self.stdout.write)
        except supervisor.PortTaken as error:
            raise CommandError(f"Port {port} is in use. Choose one with --port.") from error
        except assets.AssetsNotBuilt as error:
            raise CommandError(str(error)) from error
        commands = [supervisor.web(port, workers), supervisor.worker()]
        raise SystemExit(supervisor.run(commands, extra_env={}, ready=lambda: None))
