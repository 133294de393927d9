"""A backup under load, restored into an empty database and folder, and looked at there."""

import io
import json
import subprocess
import sys
import tarfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from drills.faults import Context, Result, under_load
from drills.load import Load
from drills.units import ROOT

OWN = 1  # events that the restore itself records
SPOKEN = "core_event"
# Made anew by the restore: what the worker had not indexed yet when the file was written is there.
MADE_ANEW = {f"search_search{part}" for part in ("record", "principal", "facet", "version")}


def backup(context: Context) -> Result:
    stand, file = context.stand, context.stand.folder / "backup.tar"

    def fault(load: Load, result: Result) -> int:
        load.wait_for(30, 40)
        before = _counted()
        result.notes.append(stand.manage("backup", str(file)).strip().replace(str(file), "a file"))
        load.wait_for(10, 20)
        counts = {"before": before, "after": _counted(), "file": _in_file(file)}
        (stand.folder / "counts.json").write_text(json.dumps(counts))
        return 0

    result = under_load("backup under load", context, fault, files=True)
    if file.exists():
        _restore(context, file, result)
        file.unlink()
    return result


def _restore(context: Context, file: Path, result: Result) -> None:
    """Restore beside the stand and look at it in a process of its own, which has that database."""
    stand = context.stand
    stand.postgres.create("restored", template="empty")
    folder = stand.folder / "restored"
    env = {
        **stand.env,
        "DATABASE_URL": stand.postgres.url_of("restored"),
        "MEDIA_ROOT": str(folder / "media"),
        "STATE_DIR": str(folder / "state"),
        "CACHE_URL": stand.redis.url(5),
    }
    for name in ("MEDIA_ROOT", "STATE_DIR"):
        Path(env[name]).mkdir(parents=True)
    stand.manage("restore", str(file), env=env)
    command = [sys.executable, "-m", "drills.restoring", str(stand.folder / "counts.json")]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    result.notes += [line for line in lines if not line.startswith("FAULT ")]
    result.tally.faults += [line.removeprefix("FAULT ") for line in lines if line.startswith("F")]
    if done.returncode:
        result.tally.faults.append(f"What was restored could not be read: {done.stderr[-500:]}")


def _counted() -> dict[str, int]:
    from django.db import close_old_connections

    from portal.core import backups

    close_old_connections()
    return {m._meta.db_table: m._base_manager.count() for m in backups.tables()}


def _in_file(path: Path) -> dict[str, int]:
    """Count the rows of each table that a backup holds."""
    from django.apps import apps

    from portal.core import backups

    with tarfile.open(path) as archive:
        rows: Any = archive.extractfile(backups.ROWS)
        models = Counter(json.loads(line)["model"] for line in rows)
    return {apps.get_model(label)._meta.db_table: times for label, times in models.items()}


# -- In the process that has the restored database ---------------------------------------------


def look(counts: dict[str, dict[str, int]]) -> None:
    found = _counted()
    rows, before, after = sum(found.values()), counts["before"], counts["after"]
    for table, count in found.items():
        if table in MADE_ANEW:
            continue
        own = OWN if table == SPOKEN else 0
        if not before[table] <= count <= after[table] + own:
            print(f"FAULT {table}: {count} rows, {before[table]} before, {after[table]} after")
        if count != (kept := counts["file"].get(table, 0)) + own:
            print(f"FAULT {table}: {count} rows, {kept} in the file")
    print(f"restored: {rows} rows of {len(found)} tables, {_references()} references whole")
    print(f"restored: {_findable()} things can be found, as the database describes them")
    print(f"restored: {_triggers()} insert-only tables refuse a change, {_files()} files open")
    _whole()


def _references() -> int:
    """Ask of every foreign key whether each row that it names is there; return how many keys."""
    from django.db import connection

    from portal.core import backups

    checked = 0
    with connection.cursor() as cursor:
        for model in backups.tables():
            for field in model._meta.local_concrete_fields:
                if field.remote_field is None or not getattr(field, "db_constraint", True):
                    continue
                to: Any = field.target_field  # type: ignore[attr-defined]
                cursor.execute(
                    f'SELECT count(*) FROM "{model._meta.db_table}" a '
                    f'LEFT JOIN "{to.model._meta.db_table}" b ON a."{field.column}" = '
                    f'b."{to.column}" WHERE a."{field.column}" IS NOT NULL '
                    f'AND b."{to.column}" IS NULL'
                )
                checked += 1
                if lost := cursor.fetchone()[0]:
                    print(f"FAULT {model._meta.label}.{field.name}: {lost} rows point nowhere")
    return checked


def _findable() -> int:
    """See that search knows what the database holds: comparing them again changes nothing."""
    from portal.search import choosing
    from portal.search.models import SearchRecord

    records = SearchRecord.objects.values_list("source", "object_id", "digest")
    known = set(records)
    choosing.engine().catch_up()
    for source, pk, _digest in known ^ set(records.all()):
        print(f"FAULT {source} {pk} is not in search as it stands in the database")
    return len(known)


def _triggers() -> int:
    """Change a row of each insert-only table that has one, and be refused."""
    from django.db import DatabaseError, connection, transaction

    from portal.core import insert_only

    for table in insert_only.missing():
        print(f"FAULT {table} stands without its triggers")
    refused = 0
    for table, columns in insert_only.tables().items():
        column = columns[-1]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}"')
                changed = cursor.rowcount
                transaction.set_rollback(True)
        except DatabaseError:
            refused += 1
            continue
        if changed:
            print(f"FAULT {table}: {changed} rows were changed")
    return refused


def _files() -> int:
    from django.core.files.storage import default_storage

    from assistance.models import Attachment
    from training.models import Certificate

    named = [(c.file_name, c.pdf_sha256) for c in Certificate.objects.ready()]
    named += [(str(a.file.name), a.sha256) for a in Attachment.objects.kept()]
    for name, digest in named:
        if not default_storage.exists(name):
            print(f"FAULT {name} is not there")
            continue
        with default_storage.open(name) as file:
            if sha256(file.read()).hexdigest() != digest:
                print(f"FAULT {name} is another than was stored")
    return len(named)


def _whole() -> None:
    """The audit verifies, a certificate does at its address, and /readyz is well."""
    from django.core.management import call_command
    from django.test import Client

    from training.models import Certificate

    client = Client(headers={"host": "localhost"})
    answer = client.get("/readyz")
    print(f"restored: /readyz {answer.status_code} {answer.content.decode()}")
    if answer.status_code != 200:
        print("FAULT /readyz is not well")
    for paper in Certificate.objects.ready():
        if client.get(f"/verify/{paper.code}/").status_code != 200:
            print(f"FAULT certificate {paper.pk} does not verify")
    try:
        call_command("verify_audit", stdout=io.StringIO())
    except SystemExit:
        print("FAULT the audit does not verify")


if __name__ == "__main__":
    import django

    sys.path[:0] = [str(ROOT / "requests")]
    django.setup()
    look(json.loads(Path(sys.argv[1]).read_text()))
