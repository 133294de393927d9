"""`manage.py demo`: everything a newcomer needs, in one command."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.core import assets, preparation, supervisor
from portal.people.demo import ACCOUNTS, DOMAIN

FOREIGN = (
    "This database holds data that the demo did not make, so nothing was changed.\n"
    "Unset DATABASE_URL, or set STATE_DIR to an empty folder, and start again."
)


class Command(BaseCommand):
    help = "Build what is missing, load the demo, run web server and worker. Ctrl-C ends it all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Prepare, then end")
        parser.add_argument("--reset", action="store_true", help="Empty the demo database first")

    def handle(self, *, port: int, no_serve: bool, reset: bool, **options: Any) -> None:
        settings.BASE_URL = os.environ.get("BASE_URL", f"http://localhost:{port}")
        try:
            if not no_serve:
                supervisor.probe(port)
            password = self._prepare(reset)
        except supervisor.PortTaken as error:
            raise CommandError(
                f"Port {port} is in use. Stop what uses it, or choose another: --port {port + 1}"
            ) from error
        except assets.AssetsNotBuilt as error:
            raise CommandError(str(error)) from error
        self._print_accounts(password)
        if no_serve:
            return
        commands = [supervisor.web(port, 2), supervisor.worker(quiet_as_root=True)]
        raise SystemExit(
            supervisor.run(
                commands,
                extra_env={"BASE_URL": settings.BASE_URL},
                ready=lambda: self._say_ready(port),
            )
        )

    def _prepare(self, reset: bool) -> str:
        from portal.home import demo

        assets.build(self._report)
        preparation.migrate(self._report)
        try:
            demo.check_database()
        except demo.NotADemo as error:
            raise CommandError(FOREIGN) from error
        if reset:
            self._report("Emptying the demo database ...")
            call_command("flush", interactive=False, verbosity=0)
        preparation.collect(self._report)
        return demo.load(self._report)

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _print_accounts(self, password: str) -> None:
        self._report(f"\nDemo accounts (all fictional), password: {password}")
        for account in ACCOUNTS:
            self._report(f"  {account.key + '@' + DOMAIN:<26} {account.what}")

    def _say_ready(self, port: int) -> None:
        self._report(f"\nThe portal answers at http://localhost:{port}  (Ctrl-C ends it)")
