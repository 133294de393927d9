"""`manage.py check_migrations`: can the version before live with each new migration?"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader

from portal.core import migration_rules


class Command(BaseCommand):
    help = "Refuse new migrations that the version before could not live with."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        loader = MigrationLoader(None)
        found = [
            migration_rules.findings_of(migration, loader)
            for migration in migration_rules.new_migrations(loader)
        ]
        for finding in found:
            for fault in finding.faults:
                self.stdout.write(f"{finding.migration} {fault}")
            if finding.faults and finding.reason:
                self.stdout.write(f"  it says why: {finding.reason}")
        if any(finding.is_refused for finding in found):
            self.stdout.write("Add only, or say why: docs/operations.md, Upgrade.")
            raise SystemExit(1)
        self.stdout.write(f"{len(found)} new migrations; the version before can live with them.")
