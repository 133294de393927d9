"""Rows by the hundred thousand: COPY on PostgreSQL, batches on SQLite.

No signal runs and no `save()`: whoever writes so brings whatever hangs on the rows themselves.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction

BATCH = 20_000
Row = Sequence[Any]


def first_id(model: type[models.Model]) -> int:
    """Return an id that is free, and all after it."""
    return int(model._default_manager.aggregate(n=models.Max("pk"))["n"] or 0) + 1


def write(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows of values in the order of `columns` (fields' `attname`s); return how many."""
    by_name = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    names = [connection.ops.quote_name(by_name[name]) for name in columns]
    table = connection.ops.quote_name(model._meta.db_table)
    left, count = iter(rows), 0
    while batch := list(islice(left, BATCH)):
        with transaction.atomic():
            _send(table, names, batch)
        count += len(batch)
    _continue_after(model)
    return count


def _send(table: str, names: Sequence[str], batch: Iterable[Row]) -> None:
    listed = ", ".join(names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in batch:
                    copy.write_row([_structured(value) for value in row])
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({listed}) VALUES ({marks})",  # noqa: S608  names of ours
                list(_plain_rows(batch)),
            )


def _structured(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


def _plain_rows(batch: Iterable[Row]) -> Iterator[list[Any]]:
    for row in batch:
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    """Return what SQLite keeps: the forms in which Django writes them there."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    return _structured(value)


def _continue_after(model: type[models.Model]) -> None:
    """Let the database's own numbers go on after those that were given."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)
