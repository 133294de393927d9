"""Backup and restore in one portable file: every row as JSON lines, every stored file beside it.

The file is the same whatever engine wrote it, so a backup from SQLite restores into PostgreSQL.
It holds personal data of the people who use the portal: it is made readable by its owner alone,
and encrypted where BACKUP_KEY is set (sealed_file.py).
"""

import io
import os
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from portal.core import events, insert_only, sealed_file

ROWS = "rows.jsonl"
FILES = "files/"
# Sessions end with a restore; a search index is built anew.
LEFT_OUT = frozenset({"sessions.Session", "usersessions.UserSession", "wagtailsearch.IndexEntry"})


class NotABackup(Exception):
    """The file is not one that `backup` wrote."""


class Exact(DjangoJSONEncoder):
    """Django's own cuts instants to milliseconds; the audit is sealed over microseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def tables() -> list[type[models.Model]]:
    """Return every model that has a table of its own, join tables included.

    Content types come first: a page that is read without its own makes a new one.
    """
    every = apps.get_models(include_auto_created=True)
    own = [m for m in every if _has_table(m) and m._meta.label not in LEFT_OUT]
    return sorted(own, key=lambda m: m is not ContentType)


def _has_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def backup(path: Path) -> int:
    """Write everything to a file; return the number of rows. The rows are of one moment."""
    rows = io.BytesIO()
    # PostgreSQL sets this at the start of a transaction only; inside another it keeps that one's.
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        count = _write_rows(rows)
    with open(path, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as raw:
        try:
            _write(raw, rows.getvalue())
        except BaseException:
            path.unlink()
            raise
    events.record("backup.made", actor=None, rows=count, sealed=bool(settings.BACKUP_KEY))
    return count


def _write(raw: IO[bytes], rows: bytes) -> None:
    """Write the archive; sealed, it is made on the way and never stands plain on a disk."""
    target: IO[bytes] = io.BytesIO() if settings.BACKUP_KEY else raw
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        _add(archive, ROWS, rows)
        for name in stored_files():
            with default_storage.open(name) as file:
                _add(archive, FILES + name, file.read())
    if settings.BACKUP_KEY:
        target.seek(0)
        sealed_file.seal(target, raw, settings.BACKUP_KEY)


def restore(path: Path, *, secret: str = "") -> int:
    """Replace everything by what a backup holds; return the number of rows.

    `secret` is the age key of a sealed backup; sealed_file.WrongKey when it does not fit.

    The caller has made sure that the database may be emptied. Triggers are lifted meanwhile and
    stand again afterwards; ids stay as they were.
    """
    with (
        sealed_file.opened(path, secret) as file,
        tarfile.open(fileobj=file, mode="r:gz") as archive,
    ):
        member = archive.extractfile(ROWS) if ROWS in archive.getnames() else None
        if member is None:
            raise NotABackup
        with insert_only.lifted():
            count = _read_rows(member)
        _read_files(archive)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    events.record("backup.restored", actor=None, rows=count)
    return count


def _write_rows(rows: IO[bytes]) -> int:
    count = 0
    for model in tables():
        for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
            rows.write(serializers.serialize("jsonl", [row], cls=Exact).encode())
            count += 1
    return count


def _read_rows(rows: IO[bytes]) -> int:
    """Empty every table and fill it, all or nothing; foreign keys are checked at the end."""
    count = 0
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        for label in ("auth.Permission", "contenttypes.ContentType"):
            apps.get_model(label)._base_manager.all()._raw_delete("default")
        for line in rows:
            for found in serializers.deserialize("jsonl", line.decode()):
                if _has_table(type(found.object)):  # a version before wrote rows twice
                    _insert(found.object)
                    count += 1
        connection.check_constraints()
    ContentType.objects.clear_cache()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
    return count


def _insert(row: models.Model) -> None:
    """Insert into the row's own table alone, without signals: nothing may make rows of its own."""
    fields = row._meta.local_concrete_fields
    type(row)._base_manager.all()._insert([row], fields=fields, using="default", raw=True)  # type: ignore[attr-defined]


def stored_files(folder: str = "") -> Iterator[str]:
    """Yield the name of every stored file."""
    if folder and not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (os.path.join(folder, name) for name in sorted(files))
    for child in sorted(folders):
        yield from stored_files(os.path.join(folder, child))


def _read_files(archive: tarfile.TarFile) -> None:
    for entry in archive.getmembers():
        name = entry.name.removeprefix(FILES)
        content: Any = archive.extractfile(entry) if entry.name.startswith(FILES) else None
        if content is None or name.startswith("/") or ".." in Path(name).parts:
            continue
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))
