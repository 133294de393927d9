"""The data inventory: what is kept, field by field, why, how long, and who sees it.

Each app says it in its own `inventory.toml`, the libraries' tables stand in
`core/inventory_libraries.toml`. A test fails for a table or a field without an entry; the pages
below `/privacy/inventory/`, the export of a person's data and retention read the same file.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import models
from django.utils.translation import gettext_lazy as _

FILE = "inventory.toml"
LIBRARIES = Path(__file__).parent / "inventory_libraries.toml"
EVERY_OTHER = "*"

CLASSES = {
    "reference": _("As long as the portal: facts of the state and settings"),
    "content": _("Until an editor removes it"),
    "person": _("Until the person is anonymised, seven years after leaving"),
    "record": _("Seven years, or as long as an award's rules ask; counts stay"),
    "access": _("Two years"),
    "passing": _("Days or weeks, then removed"),
    "session": _("Until the session ends"),
}

LIBRARIES_PART = "libraries"
# The parts that a reader looks at by themselves: one for each app of ours, one for all libraries.
PARTS = {
    "people": _("People, roles and centers"),
    "training": _("Training, sessions and certificates"),
    "assistance": _("Requests for help"),
    "resources": _("The library, the directory and statewide work"),
    "reports": _("Reports"),
    "search": _("Search"),
    "home": _("The first page"),
    "core": _("Audit, mail and jobs"),
    LIBRARIES_PART: _("Signing in and editing pages"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the inventory says of one table."""

    label: str
    about: str
    kept: str
    seen_by: str
    person: tuple[str, ...]  # lookups from a row to whom it is about
    by: tuple[str, ...]  # lookups from a row to who did it; what it says may be about others
    is_private: bool  # what the person alone sees, the manager not
    fields: dict[str, str] = field(hash=False)
    secret: frozenset[str] = frozenset()

    @property
    def kept_words(self) -> Any:
        return CLASSES[self.kept]

    def purpose(self, name: str) -> str:
        return self.fields.get(name) or self.fields.get(EVERY_OTHER, "")


@cache
def entries() -> dict[str, Entry]:
    """Return every entry by model label."""
    found: dict[str, Entry] = {}
    for path in _files():
        for label, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[label] = _entry(label, said)
    return found


def _files() -> Iterator[Path]:
    yield LIBRARIES
    for config in apps.get_app_configs():
        path = Path(config.path) / FILE
        if is_ours(config) and path.exists():
            yield path


def is_ours(config: AppConfig) -> bool:
    return config.name.startswith("portal.") or config.name in {
        "training",
        "resources",
        "assistance",
    }


def _entry(label: str, said: dict[str, Any]) -> Entry:
    fields = said.get("fields", {})
    why = {name: v if isinstance(v, str) else v["why"] for name, v in fields.items()}
    secret = {n for n, v in fields.items() if not isinstance(v, str) and v.get("secret")}
    return Entry(
        label,
        said["about"],
        said["kept"],
        said["seen_by"],
        tuple(said.get("person", ())),
        tuple(said.get("by", ())),
        bool(said.get("private")),
        why,
        frozenset(secret),
    )


def tables() -> list[type[models.Model]]:
    """Return every model with a table of its own, join tables included."""
    every = apps.get_models(include_auto_created=True)
    own = (m for m in every if m._meta.managed and not m._meta.proxy)
    return sorted(own, key=lambda m: m._meta.label)


def parts() -> dict[str, list[type[models.Model]]]:
    """Return the tables of each part, in the order of PARTS."""
    found: dict[str, list[type[models.Model]]] = {part: [] for part in PARTS}
    for model in tables():
        label = model._meta.app_label
        found[label if label in found else LIBRARIES_PART].append(model)
    return found


def field_names(model: type[models.Model]) -> list[str]:
    """Return the fields that need a purpose: all but row numbers and links to the parent row."""
    return [
        f.name
        for f in model._meta.local_concrete_fields
        if f.name != "id" and not (f.primary_key and f.remote_field)
    ]


def missing() -> list[str]:
    """Return each table and field that the inventory does not speak of."""
    known = entries()
    faults = []
    for model in tables():
        entry = known.get(model._meta.label)
        if entry is None:
            faults.append(model._meta.label)
            continue
        faults += [f"{model._meta.label}.{n}" for n in field_names(model) if not entry.purpose(n)]
    return faults
