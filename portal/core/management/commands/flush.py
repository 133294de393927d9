"""Django's flush, with the triggers of the insert-only tables lifted while it empties them."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from portal.core import insert_only


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with insert_only.lifted(options["database"]):
            super().handle(**options)
