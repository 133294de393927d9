"""The new migrations of our apps, and the reasons that stand in them."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from portal.core.migration_rules.before import BEFORE
from portal.core.migration_rules.rules import faults

OURS = ("portal", "training", "resources", "assistance")
REASON = re.compile(r"^\s*# downtime: *(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one migration does that the version before cannot live with; `reason` is its excuse."""

    migration: str
    faults: tuple[str, ...]
    reason: str

    @property
    def is_refused(self) -> bool:
        return bool(self.faults) and not self.reason


def new_migrations(loader: MigrationLoader) -> Iterator[Migration]:
    """Yield those of our apps that came after the rules, in the order of their running."""
    ordered = [
        key for key in loader.graph.nodes if f"{key[0]}.{key[1]}" not in BEFORE and _is_ours(key[0])
    ]
    for key in sorted(ordered, key=lambda key: (len(loader.graph.forwards_plan(key)), key)):
        yield loader.graph.nodes[key]


def findings_of(migration: Migration, loader: MigrationLoader) -> Finding:
    key = (migration.app_label, migration.name)
    state = loader.project_state(key, at_end=False)
    found = faults(list(migration.operations), migration.app_label, state)
    return Finding(".".join(key), tuple(found), reason(_source(migration)))


def reason(source: str) -> str:
    """Return the reason that a migration gives for what it breaks, or an empty text."""
    found = REASON.search(source)
    return found[1].strip() if found else ""


def _is_ours(label: str) -> bool:
    return apps.get_app_config(label).name.split(".")[0] in OURS


def _source(migration: Migration) -> str:
    return Path(str(sys.modules[type(migration).__module__].__file__)).read_text()
