"""Looking for what must be nowhere: every row of every table, the raw database file on SQLite, the
state folder, the cache, every log line and every mail.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection

from portal.core import events, inventory


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Every line that any logger writes, from DEBUG up."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    events.collector.addHandler(handler)
    yield kept
    root.removeHandler(handler)
    root.setLevel(before)
    events.collector.removeHandler(handler)


def rows() -> str:
    return "".join(
        f"{model._meta.label}: {row}\n"
        for model in inventory.tables()
        for row in model._base_manager.values_list()
    )


def tables() -> Iterator[str]:
    """Every row of every table that the database has, those without a model included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield f"{table}: {row}"


def raw_files() -> Iterator[tuple[str, bytes]]:
    for path in Path(settings.STATE_DIR).rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def places(canary: str, logs: io.StringIO, *, any_case: bool = False) -> list[str]:
    """Return where a canary was found; in any case means in capitals or not."""

    def has(text: str) -> bool:
        return canary.lower() in text.lower() if any_case else canary in text

    found = [line[:120] for line in rows().splitlines() if has(line)]
    found += [row[:120] for row in tables() if has(row)]
    found += [name for name, content in raw_files() if has(content.decode("latin-1"))]
    found += [f"mail: {m.subject}" for m in mail.outbox if has(f"{m.subject}{m.body}")]
    found += ["log"] if has(logs.getvalue()) else []
    found += ["cache"] if has(str(getattr(cache, "_cache", ""))) else []
    return found
