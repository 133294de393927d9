"""The rules, one operation at a time."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.migrations import operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field, GeneratedField, ManyToManyField

SQL = re.compile(
    r"\bdrop\s+(table|column)\b|\brename\b|\bset\s+not\s+null\b|\balter\s+(column\s+)?\S+\s+type\b"
    r"|\badd\s+column\b(?![^;]*\bdefault\b)[^;]*\bnot\s+null\b",
    re.IGNORECASE,
)
Rule = Callable[[Any, str, ProjectState, frozenset[str]], Iterator[str]]


def faults(steps: list[Operation], app: str, state: ProjectState) -> list[str]:
    """Return what the version before could not live with. `state` is that before the migration,
    and stands after it when this returns."""
    found: list[str] = []
    made: set[str] = set()
    for step in steps:
        found += _of(step, app, state, frozenset(made))
        if isinstance(step, operations.CreateModel):
            made.add(step.name_lower)
        step.state_forwards(app, state)
    return found


def _of(step: Operation, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    for kind, rule in RULES:
        if isinstance(step, kind):
            yield from rule(step, app, state, made)
            return


def _removed_model(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    yield f"removes the table of {app}.{step.name}"


def _renamed_model(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    yield f"renames {app}.{step.old_name}, and its table with it"


def _renamed_table(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    before = state.models[app, step.name_lower].options.get("db_table") or None
    if step.name_lower not in made and (step.table or None) != before:
        yield f"renames the table of {app}.{step.name}"


def _removed_field(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    if step.model_name_lower not in made:
        yield f"removes {app}.{step.model_name}.{step.name}"


def _renamed_field(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    before = state.models[app, step.model_name_lower].fields[step.old_name]
    keeps_column = before.db_column is not None  # Django keeps a column that is named
    if step.model_name_lower not in made and not keeps_column:
        yield f"renames {app}.{step.model_name}.{step.old_name}"


def _added_field(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    if step.model_name_lower not in made and _must_be_given(step.field):
        where = f"{app}.{step.model_name}.{step.name}"
        yield f"adds {where}, which may not be empty and has no db_default"


def _altered_field(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    if step.model_name_lower in made:
        return
    before = state.models[app, step.model_name_lower].fields[step.name]
    where = f"{app}.{step.model_name}.{step.name}"
    if _column(before, step.name) != _column(step.field, step.name):
        yield f"renames the column of {where}"
    if _type(before) != _type(step.field) or _is_narrower(before, step.field):
        yield f"alters the type of {where}"
    if before.null and _must_be_given(step.field):
        yield f"forbids {where} to be empty, and it has no db_default"


def _plain_sql(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    parts = [step.sql] if isinstance(step.sql, str) else step.sql
    texts = [part if isinstance(part, str) else part[0] for part in parts]
    for text in texts:
        if text and (found := SQL.search(text)):
            yield f"says in SQL: {' '.join(found[0].split())[:60]}"


def _apart(step: Any, app: str, state: ProjectState, made: frozenset[str]) -> Iterator[str]:
    """Only what it does to the database counts."""
    yield from faults(list(step.database_operations), app, state.clone())


def _must_be_given(field: Field[Any, Any]) -> bool:
    """Say whether old code, which does not know the column, could no longer insert a row."""
    if isinstance(field, ManyToManyField | GeneratedField):
        return False
    return not field.null and field.db_default is NOT_PROVIDED


def _column(field: Field[Any, Any], name: str) -> str:
    return field.db_column or (f"{name}_id" if isinstance(field, models.ForeignKey) else name)


def _type(field: Field[Any, Any]) -> tuple[object, ...]:
    """Return what decides about the column's type, the same for every engine."""
    if isinstance(field, models.ForeignKey | ManyToManyField):
        kind = "many" if isinstance(field, ManyToManyField) else "one"
        target = field.remote_field.model
        name = target if isinstance(target, str) else target._meta.label
        return (kind, name.lower())
    numbers = (getattr(field, "max_digits", None), getattr(field, "decimal_places", None))
    return (field.get_internal_type(), *numbers, getattr(field, "db_collation", None))


def _is_narrower(before: Field[Any, Any], after: Field[Any, Any]) -> bool:
    """Say whether a text may be shorter than before; longer ones cost PostgreSQL nothing."""
    old, new = (getattr(field, "max_length", None) for field in (before, after))
    return new is not None and (old is None or new < old)


RULES: tuple[tuple[type[Operation], Rule], ...] = (
    (operations.DeleteModel, _removed_model),
    (operations.RenameModel, _renamed_model),
    (operations.AlterModelTable, _renamed_table),
    (operations.RemoveField, _removed_field),
    (operations.RenameField, _renamed_field),
    (operations.AddField, _added_field),
    (operations.AlterField, _altered_field),
    (operations.RunSQL, _plain_sql),
    (operations.SeparateDatabaseAndState, _apart),
)
