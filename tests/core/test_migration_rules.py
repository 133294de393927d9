"""A new migration only adds, or says why it does more."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from portal.core import migration_rules
from portal.core.migration_rules import before, reading


def state() -> ProjectState:
    """A table as it stands before the migration."""
    found = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40)),
        ("note", models.TextField(blank=True)),
        ("size", models.IntegerField(null=True)),
        ("named", models.CharField(max_length=9, db_column="kept")),
        ("parent", models.ForeignKey("app.Thing", models.CASCADE, null=True)),
    ]
    found.add_model(ModelState("app", "Thing", fields))
    return found


def faults(*steps: Operation) -> list[str]:
    return migration_rules.faults(list(steps), "app", state())


def alter(name: str, field: models.Field[Any, Any]) -> Operation:
    return migrations.AlterField("Thing", name, field)


def add(field: models.Field[Any, Any], model: str = "Thing") -> Operation:
    return migrations.AddField(model, "fresh", field)


NEW_TABLE = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])

REFUSED = [
    (migrations.RemoveField("Thing", "name"), "removes app.Thing.name"),
    (migrations.DeleteModel("Thing"), "removes the table of app.Thing"),
    (migrations.RenameField("Thing", "name", "title"), "renames app.Thing.name"),
    (migrations.RenameModel("Thing", "Item"), "renames app.Thing"),
    (migrations.AlterModelTable("Thing", "things"), "renames the table"),
    (add(models.IntegerField()), "no db_default"),
    (add(models.IntegerField(default=0)), "no db_default"),
    (add(models.ForeignKey("app.Thing", models.CASCADE, related_name="+")), "no db_default"),
    (alter("size", models.BigIntegerField(null=True)), "alters the type"),
    (alter("note", models.CharField(max_length=90)), "alters the type"),
    (alter("name", models.CharField(max_length=30)), "alters the type"),
    (alter("size", models.IntegerField(default=0)), "forbids app.Thing.size to be empty"),
    (alter("name", models.CharField(max_length=40, db_column="title")), "renames the column"),
    (migrations.RunSQL('ALTER TABLE x DROP COLUMN "y"'), "drop column"),
    (migrations.RunSQL([("SELECT 1", None), ("ALTER TABLE x RENAME TO y", None)]), "rename"),
    (migrations.RunSQL("ALTER TABLE x ALTER COLUMN y TYPE text"), "alter column y type"),
    (migrations.RunSQL("ALTER TABLE x ADD COLUMN y integer NOT NULL"), "not null"),
    (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RemoveField("Thing", "name")]
        ),
        "removes app.Thing.name",
    ),
]
ALLOWED = [
    NEW_TABLE,
    add(models.IntegerField(null=True)),
    add(models.IntegerField(db_default=0)),
    add(models.ManyToManyField("app.Thing", related_name="+")),
    alter("name", models.CharField(max_length=80)),
    alter("name", models.CharField(max_length=40, help_text="Other words", blank=True)),
    alter("size", models.IntegerField(db_default=0)),
    alter("note", models.TextField(null=True)),
    alter("parent", models.ForeignKey("app.thing", models.SET_NULL, null=True)),
    migrations.RenameField("Thing", "named", "called"),  # keeps its column
    alter("name", models.CharField(max_length=40, db_column="name")),  # named as it is
    migrations.AlterModelOptions("Thing", {"ordering": ["name"]}),
    migrations.AddIndex("Thing", models.Index(fields=["name"], name="by_name")),
    migrations.RunPython(migrations.RunPython.noop),
    migrations.RunSQL("CREATE INDEX a ON b (c); DROP TRIGGER d"),
    migrations.RunSQL("ALTER TABLE x ADD COLUMN y integer NOT NULL DEFAULT 0"),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("Thing", "name")]),
]


@pytest.mark.parametrize(("step", "said"), REFUSED)
def test_what_old_code_could_not_live_with_is_named(step: Operation, said: str) -> None:
    [fault] = faults(step)
    assert said in fault.lower() or said in fault


@pytest.mark.parametrize("step", ALLOWED, ids=[str(n) for n in range(len(ALLOWED))])
def test_what_only_adds_is_fine(step: Operation) -> None:
    assert faults(step) == []


def test_a_table_made_in_the_same_migration_is_nobodys_yet() -> None:
    steps = [NEW_TABLE, add(models.IntegerField(), "Other"),
             migrations.RenameField("Other", "fresh", "newer"),
             migrations.AlterField("Other", "newer", models.TextField()),
             migrations.AlterModelTable("Other", "others"),
             migrations.RemoveField("Other", "newer")]  # fmt: skip
    assert faults(*steps) == []


def test_a_name_may_change_in_python_while_the_column_keeps_its_own() -> None:
    """As makemigrations writes it for a field that is renamed with `db_column`."""
    kept = models.CharField(max_length=40, db_column="name")
    assert faults(alter("name", kept), migrations.RenameField("Thing", "name", "title")) == []


def test_a_column_goes_in_two_versions() -> None:
    gone = migrations.RemoveField("Thing", "name")
    first = [
        alter("name", models.CharField(max_length=40, db_default="")),
        migrations.SeparateDatabaseAndState(state_operations=[gone]),
    ]
    assert faults(*first) == []
    second = migrations.SeparateDatabaseAndState(database_operations=[gone])
    assert faults(second) == ["removes app.Thing.name"]


def test_each_fault_of_a_migration_is_named_in_order() -> None:
    found = faults(
        migrations.RenameField("Thing", "name", "title"), migrations.RemoveField("Thing", "title")
    )
    assert [fault.split()[0] for fault in found] == ["renames", "removes"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("# downtime: no code reads it since 0.3.0\n", "no code reads it since 0.3.0"),
        (
            "    operations = [\n        # downtime: one minute, said before\n",
            "one minute, said before",
        ),
        ("# downtime:\nx = 1\n", ""),
        ("# no downtime: none\n", ""),
        ("", ""),
    ],
)
def test_a_reason_stands_in_a_comment_of_its_own(source: str, reason: str) -> None:
    assert reading.reason(source) == reason


@pytest.mark.parametrize(("comment", "refused"), [("", True), ("# downtime: empty table", False)])
def test_a_reason_excuses_a_migration_and_its_faults_are_still_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comment: str, refused: bool
) -> None:
    """A real file of the core's, on top of the newest migration that there is."""
    last = max(name for app, name in MigrationLoader(None).disk_migrations if app == "core")
    source = f"""{comment}
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("core", "{last}")]
    operations = [migrations.RemoveField("effect", "last_error")]
"""
    (tmp_path / "9999_sample.py").write_text(source)
    spec = importlib.util.spec_from_file_location("sample", tmp_path / "9999_sample.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "sample", module)
    loader = MigrationLoader(None)
    key, sample = ("core", "9999_sample"), module.Migration("9999_sample", "core")
    loader.graph.add_node(key, sample)
    loader.graph.add_dependency(sample, key, ("core", last))
    assert sample in migration_rules.new_migrations(loader)
    finding = migration_rules.findings_of(sample, loader)
    assert finding.faults == ("removes core.effect.last_error",)
    assert finding.is_refused is refused


def test_every_migration_of_ours_keeps_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_migrations")
    assert "can live with them" in capsys.readouterr().out


def test_the_list_of_those_before_names_only_what_exists() -> None:
    have = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    assert have >= before.BEFORE
