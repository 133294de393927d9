"""Make what search knows anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.search import choosing, fulltext
from portal.search.elastic.client import Unavailable


class Command(BaseCommand):
    help = "Rebuild the search index from the database; search keeps answering meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = choosing.engine().rebuild()
        except Unavailable as error:
            raise CommandError(
                f"Elasticsearch does not answer ({error}). The records in the database are new; "
                "search goes on from there."
            ) from error
        fulltext.compact(connection)
        self.stdout.write(f"{count} records")
