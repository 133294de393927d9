"""Rows that may change until they are approved, and then no more: a trigger refuses it.

A row is locked once its column `once` is filled; a row of a child table, once its parent's is: no
child is then added, changed or taken away. `free` columns may change all the same. Made and lifted
together with the triggers of `insert_only`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Lock:
    """`parent` and `via` name the parent model and the child's column that leads to it."""

    once: str
    free: frozenset[str] = frozenset()
    parent: str = ""
    via: str = ""


_OF_ACTIVITY = Lock("approved_at", parent="assistance.ActivityRecord", via="activityrecord_id")
LOCKS: dict[str, Lock] = {
    "assistance.ActivityRecord": Lock("approved_at"),
    "assistance.ActivityRecord_participants": _OF_ACTIVITY,
    "assistance.ActivityRecord_topics": _OF_ACTIVITY,
    "assistance.NextStep": Lock(
        "approved_at",
        frozenset({"done_on", "done_by_id"}),
        parent="assistance.ActivityRecord",
        via="record_id",
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A locked table as the database knows it."""

    name: str
    columns: tuple[str, ...]  # all but the free ones
    once: str
    parent: str = ""
    via: str = ""

    @property
    def operations(self) -> tuple[str, ...]:
        return ("INSERT", "UPDATE", "DELETE") if self.parent else ("UPDATE", "DELETE")

    def trigger(self, operation: str) -> str:
        return f"locked_{self.name}_{operation.lower()}"

    @property
    def triggers(self) -> list[str]:
        return [self.trigger(operation) for operation in self.operations]


def tables(labels: Collection[str] = LOCKS) -> list[Table]:
    """Return the tables of the models that exist; `labels` narrows them."""
    models = {m._meta.label: m._meta for m in apps.get_models(include_auto_created=True)}
    found = []
    for label, lock in LOCKS.items():
        if label in models and label in labels:
            columns = [str(f.column) for f in models[label].local_concrete_fields]
            guarded = tuple(c for c in columns if c not in lock.free)
            parent = models[lock.parent].db_table if lock.parent else ""
            found.append(Table(models[label].db_table, guarded, lock.once, parent, lock.via))
    return found


def statements(connection: BaseDatabaseWrapper, table: Table) -> Iterator[str]:
    """Yield what makes the triggers of one table."""
    postgres = connection.vendor == "postgresql"
    if postgres:
        yield _function(table)
    for operation in table.operations:
        yield _for_postgres(table, operation) if postgres else _for_sqlite(table, operation)


def _when(operation: str, table: Table) -> str:
    if operation != "UPDATE":
        return operation
    return "UPDATE OF " + ", ".join(f'"{column}"' for column in table.columns)


def _for_sqlite(table: Table, operation: str) -> str:
    row = "NEW" if operation == "INSERT" else "OLD"
    locked = f'{row}."{table.once}"'
    if table.parent:
        of_parent = f'SELECT "{table.once}" FROM "{table.parent}"'  # noqa: S608
        locked = f'({of_parent} WHERE id = {row}."{table.via}")'
    return (
        f'CREATE TRIGGER IF NOT EXISTS "{table.trigger(operation)}" '
        f'BEFORE {_when(operation, table)} ON "{table.name}" FOR EACH ROW '
        f"WHEN {locked} IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, 'locked: an approved row of {table.name}'); END"
    )


def _function(table: Table) -> str:
    """PostgreSQL looks into the parent in a function; a condition of the trigger cannot."""
    held = f'OLD."{table.once}" IS NOT NULL'
    if table.parent:
        one = f'SELECT 1 FROM "{table.parent}" WHERE id = row_of'  # noqa: S608
        held = f'EXISTS ({one} AND "{table.once}" IS NOT NULL)'
    find = (
        f"""IF TG_OP = 'INSERT' THEN row_of := NEW."{table.via}"; """
        f"""ELSE row_of := OLD."{table.via}"; END IF;"""
        if table.parent
        else ""
    )
    return (
        f'CREATE OR REPLACE FUNCTION "portal_locked_{table.name}"() RETURNS trigger '
        f"LANGUAGE plpgsql AS $$ DECLARE row_of bigint; BEGIN {find} IF {held} THEN "
        f"RAISE EXCEPTION 'locked: an approved row of %', TG_TABLE_NAME; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _for_postgres(table: Table, operation: str) -> str:
    return (
        f'CREATE OR REPLACE TRIGGER "{table.trigger(operation)}" '
        f'BEFORE {_when(operation, table)} ON "{table.name}" FOR EACH ROW '
        f'EXECUTE FUNCTION "portal_locked_{table.name}"()'
    )
