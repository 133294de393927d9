"""Make what search knows anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from portal.search import finder, fulltext


class Command(BaseCommand):
    help = "Rebuild the search index from the database; search keeps answering meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        count = finder.engine().rebuild()
        fulltext.compact(connection)
        self.stdout.write(f"{count} records")
