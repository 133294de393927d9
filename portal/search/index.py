"""Keeping what search knows in step with the database.

The database engine is written in the transaction of the change itself: it is always current, a
change that is rolled back leaves no trace, and there is no queue to fall behind. (An engine
outside the database could not do that; it would be told through the outbox.)
"""

from django.db import connection

from portal.core import nightly
from portal.search import fulltext, registry
from portal.search.engines.database import DatabaseEngine


def touch(source_name: str, pk: object) -> None:
    """Index one object anew, or forget it when it may not be found any more."""
    source = registry.get(source_name)
    obj = source.queryset().filter(pk=pk).first()
    if obj is None:
        forget(source_name, pk)
    else:
        DatabaseEngine().index([((source_name, str(pk)), source.to_record(obj))])


def forget(source_name: str, pk: object) -> None:
    DatabaseEngine().delete([(source_name, str(pk))])


@nightly.job
def compare_with_the_database() -> None:
    """Make good what `QuerySet.update` and bulk operations passed by, and let erased words go."""
    DatabaseEngine().catch_up()
    fulltext.compact(connection)
