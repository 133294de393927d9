"""`manage.py backup_key`: a key pair for encrypted backups."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core import sealed_file


class Command(BaseCommand):
    help = "Print a new key pair. Nothing is kept: the secret half belongs away from the server."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        public, secret = sealed_file.make_pair()
        self.stdout.write(f"On the server:     BACKUP_KEY={public}")
        self.stdout.write(f"Kept elsewhere:    {secret}")
        self.stdout.write(
            "Without the second line no backup can be restored. Print it, or keep it in a "
            "password manager of two people; never on the server."
        )
