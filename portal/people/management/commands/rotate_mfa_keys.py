"""`manage.py rotate_mfa_keys`: encrypt every second-factor secret with the first of MFA_KEYS."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.people import adapter

FIELDS = ("secret", "seed", "migrated_codes")
MARK = "gAAAA"  # what every encrypted value begins with


class Command(BaseCommand):
    help = "After a new key was put first: once this has run, the old one may go."

    def handle(self, **options: Any) -> None:
        count = 0
        with transaction.atomic():
            for row in Authenticator.objects.select_for_update().order_by("pk"):
                changed = {n: _again(v) for n, v in row.data.items() if n in FIELDS}
                if changed:
                    row.data = {**row.data, **changed}
                    row.save(update_fields=["data"])
                    count += 1
        self.stdout.write(f"{count} second factors encrypted with the first key")


def _again(value: Any) -> Any:
    """Encrypt anew. A value of before encryption is taken as it is; CommandError without a key."""
    if isinstance(value, list):
        return [_again(each) for each in value]
    if not value.startswith(MARK):
        return adapter.fernet().encrypt(value.encode()).decode()
    try:
        return adapter.fernet().rotate(value.encode()).decode()
    except InvalidToken as error:
        raise CommandError(
            "MFA_KEYS lacks the key of some secrets. Nothing was changed."
        ) from error
