"""`manage.py build_assets`: styles, fonts and icons, where they are missing or out of date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core import assets


class Command(BaseCommand):
    help = "Build styles and fonts from npm. It needs node, and no database."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        try:
            built = assets.build(self.stdout.write)
        except assets.AssetsNotBuilt as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Built." if built else "Nothing changed.")
