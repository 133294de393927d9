"""Keeping what search knows in step with the database.

The database engine is written in the transaction of the change itself: it is always current, a
change that is rolled back leaves no trace, and there is no queue to fall behind. What is new may
be left to the worker (`left_out`): it is found seconds later, and nothing stale is. Elasticsearch,
where it is set, is told after the commit by the worker; no save waits for it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from portal.core import nightly
from portal.search import choosing, fulltext, registry
from portal.search.engines import writing

_is_left_out: ContextVar[bool] = ContextVar("is_left_out", default=False)


@contextmanager
def left_out() -> Iterator[None]:
    """Index nothing of what is saved within. Whoever uses it sees that it is indexed later."""
    token = _is_left_out.set(True)
    try:
        yield
    finally:
        _is_left_out.reset(token)


def touch(source_name: str, pk: object) -> None:
    """Index one object anew, or forget it when it may not be found any more."""
    touch_all(source_name, [pk])


def touch_all(source_name: str, pks: Iterable[object]) -> None:
    """Index objects anew: when a topic is renamed, or a section moved."""
    if _is_left_out.get():
        return
    source = registry.get(source_name)
    for batch in writing.batches(sorted(set(pks), key=str)):
        writing.renew(source, batch)
    _tell()


def forget(source_name: str, pk: object) -> None:
    writing.remove([(source_name, str(pk))])
    _tell()


def _tell() -> None:
    from portal.search import tasks

    if choosing.uses_elasticsearch():
        transaction.on_commit(tasks.wake, robust=True)


@nightly.job
def compare_with_the_database() -> None:
    """Make good what `QuerySet.update` and bulk operations passed by, and let erased words go."""
    choosing.engine().catch_up()
    fulltext.compact(connection)
