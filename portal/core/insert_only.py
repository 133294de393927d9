"""Tables whose rows are facts: a trigger refuses UPDATE and DELETE (and TRUNCATE on PostgreSQL).

A table rebuild on SQLite drops triggers silently, so they are made again after every migration.
`flush` and `restore` lift them and put them back. What is a fact only once it is approved stands in
`approval_locks`, whose triggers come and go with these.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.core import approval_locks, reference

# Each table with the columns that may change all the same: a page may go, its facts stay.
INSERT_ONLY: dict[str, frozenset[str]] = {
    "core.Event": frozenset(),
    "core.EventSeal": frozenset(),
    "core.Redaction": frozenset(
        "characters places withheld agreed_by_id agreed_at "
        "declined_by_id declined_at done_at".split()
    ),
    "people.Attestation": frozenset(),
    "people.PersonAlias": frozenset({"undone_at", "undone_by_id"}),
    "training.ModuleRelease": frozenset({"page_id"}),
    "training.QuestionVersion": frozenset(),
    "training.ProgressEvent": frozenset(),
    "training.Response": frozenset(),
    "training.Completion": frozenset(),
    "training.CompletionAnnulment": frozenset(),
    "training.CreditAward": frozenset({"offer_id"}),
    "training.Attendance": frozenset(),
    "training.OutreachTalk": frozenset(),
    "training.TalkCount": frozenset(),
    "training.ReleaseUpdate": frozenset(),
    "training.UpdateRead": frozenset(),
    "assistance.GoalChange": frozenset(),
    "assistance.TimeEntry": frozenset(),
    "resources.ResourceUse": frozenset({"page_id"}),
    "resources.GuidanceVersion": frozenset({"page_id"}),
    "resources.PublishedVersion": frozenset({"page_id"}),
    "resources.Acknowledgement": frozenset({"page_id"}),
    "reports.ReleasedCut": frozenset(),
    "reports.FrozenReport": frozenset(),
}

EVERY = (*INSERT_ONLY, *approval_locks.LOCKS)
_REFUSE = """
CREATE OR REPLACE FUNCTION portal_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'insert-only: rows of % are facts', TG_TABLE_NAME; END $$
"""


def tables() -> dict[str, list[str]]:
    """Return the insert-only tables of the models that exist, each with its guarded columns."""
    models = {m._meta.label: m._meta for m in apps.get_models()}
    return {
        models[label].db_table: [
            str(f.column) for f in models[label].local_concrete_fields if f.column not in free
        ]
        for label, free in INSERT_ONLY.items()
        if label in models
    }


def missing(using: str = "default") -> list[str]:
    """Return the tables that stand without their triggers."""
    connection = connections[using]
    have = _present(connection)
    facts = [t for t in tables() if not set(_names(connection, t)) <= have]
    return facts + [t.name for t in approval_locks.tables() if not set(t.triggers) <= have]


@contextmanager
def lifted(using: str = "default", *, labels: Iterable[str] = EVERY) -> Iterator[None]:
    """Let rows change inside the block (flush, restore, retention); the triggers are back after it.

    `labels` names the models; each trigger lifted locks its table until the commit.
    """
    connection = connections[using]
    _drop(connection, frozenset(labels))
    try:
        yield
    finally:
        create(connection)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger that is not there yet."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for table, columns in tables().items():
            if table in existing:
                for statement in _statements(connection, table, columns):
                    cursor.execute(statement)
        for locked in approval_locks.tables():
            if locked.name in existing:
                for statement in approval_locks.statements(connection, locked):
                    cursor.execute(statement)


def restore_after_migrate(sender: Any, using: str, **kwargs: object) -> None:
    if reference.is_last(sender):
        create(connections[using])


def _operations(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    extra = ("TRUNCATE",) if connection.vendor == "postgresql" else ()
    return ("UPDATE", "DELETE", *extra)


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    return [f"insert_only_{table}_{op.lower()}" for op in _operations(connection)]


def _statements(connection: BaseDatabaseWrapper, table: str, columns: list[str]) -> list[str]:
    postgres = connection.vendor == "postgresql"
    create = "CREATE OR REPLACE TRIGGER" if postgres else "CREATE TRIGGER IF NOT EXISTS"
    refuse = (
        "EXECUTE FUNCTION portal_insert_only()"
        if postgres
        else f"BEGIN SELECT RAISE(ABORT, 'insert-only: rows of {table} are facts'); END"
    )
    quoted = ", ".join(f'"{column}"' for column in columns)
    statements = []
    for name, operation in zip(_names(connection, table), _operations(connection), strict=True):
        what = f"UPDATE OF {quoted}" if operation == "UPDATE" else operation
        each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
        statements.append(f'{create} "{name}" BEFORE {what} ON "{table}" FOR EACH {each} {refuse}')
    return statements


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def _drop(connection: BaseDatabaseWrapper, labels: frozenset[str]) -> None:
    have = _present(connection)
    with connection.cursor() as cursor:
        for name, table in _triggers(connection, labels):
            if name in have:
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{name}"{on}')


def _triggers(connection: BaseDatabaseWrapper, labels: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield each trigger of the models named, with its table."""
    for label in labels & INSERT_ONLY.keys():
        table = apps.get_model(label)._meta.db_table
        yield from ((name, table) for name in _names(connection, table))
    for locked in approval_locks.tables(labels):
        yield from ((name, locked.name) for name in locked.triggers)
