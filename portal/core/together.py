"""Rows of several tables, written in one statement where the database can.

PostgreSQL inserts into many tables in one statement (data-modifying WITH); elsewhere each table
takes one of its own. Either way it is the caller's transaction, and all or nothing. No signals are
sent: what listens to a model's `post_save` is saved by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of one model. With `once` a row that is there already is left as it is."""

    rows: Sequence[Model]
    once: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Other values for the rows of a queryset."""

    rows: QuerySet[Any]
    values: Mapping[str, Any]


def write(*parts: Insert | Change) -> None:
    """Write all of it; the ids of the last part's rows are set, as far as it is an insert.

    No two parts may touch the same row, and none may need an id that another one gives.
    """
    kept = [part for part in parts if isinstance(part, Change) or part.rows]
    if not kept:
        return
    if connection.vendor == "postgresql":
        _in_one(kept)
    else:
        _one_by_one(kept)


def _one_by_one(parts: Iterable[Insert | Change]) -> None:
    for part in parts:
        if isinstance(part, Change):
            part.rows.update(**part.values)
        else:
            manager = type(part.rows[0])._base_manager
            manager.bulk_create(part.rows, ignore_conflicts=part.once)


def _in_one(parts: Sequence[Insert | Change]) -> None:
    *before, last = parts
    compiled = [_compiled(part, returns=False) for part in before]
    end, arguments = _compiled(last, returns=True)
    names = [f"part_{number} AS ({text})" for number, (text, _given) in enumerate(compiled)]
    text = f"WITH {', '.join(names)} {end}" if names else end
    given = [value for _text, values in compiled for value in values]
    with connection.cursor() as cursor:
        cursor.execute(text, [*given, *arguments])
        if isinstance(last, Insert) and not last.once:
            _number(last.rows, cursor.fetchall())


def _compiled(part: Insert | Change, *, returns: bool) -> tuple[str, Sequence[Any]]:
    if isinstance(part, Change):
        update: Any = part.rows.query.chain(UpdateQuery)
        update.add_update_values(dict(part.values))
        return update.get_compiler(connection=connection).as_sql()  # type: ignore[no-any-return]
    model = type(part.rows[0])
    fields = [f for f in model._meta.local_concrete_fields if not isinstance(f, AutoField)]
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if part.once else None)
    query.insert_values(fields, list(part.rows))
    compiler: Any = query.get_compiler(connection=connection)
    if returns and not part.once:
        compiler.returning_fields = [model._meta.pk]
    [(text, values)] = compiler.as_sql()
    return text, values


def _number(rows: Sequence[Model], ids: Sequence[tuple[Any, ...]]) -> None:
    for row, (pk,) in zip(rows, ids, strict=True):
        row.pk = pk
        row._state.adding = False
