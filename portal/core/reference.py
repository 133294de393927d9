"""Reference data, loaded again after every migration and every flush; each loader is idempotent.

`post_migrate` is sent once per app, in the order of INSTALLED_APPS; content types and permissions
of later apps do not exist while earlier ones are told. So everything waits for the last one.
"""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections

Loader = Callable[[], None]
_loaders: list[tuple[int, Loader]] = []


def loader(order: int) -> Callable[[Loader], Loader]:
    """Register a loader; lower orders run first (people 10, site tree 20, apps 30)."""

    def register(function: Loader) -> Loader:
        _loaders.append((order, function))
        return function

    return register


def is_last(sender: AppConfig) -> bool:
    """Say whether this is the last app that `post_migrate` is sent for."""
    return sender.label == [c.label for c in apps.get_app_configs() if c.models_module][-1]


def load_after_migrate(sender: Any, using: str, **kwargs: object) -> None:
    if is_last(sender) and _is_complete(using):
        load()


_loading: list[bool] = []


def load() -> None:
    """Run every loader in order."""
    _loading.append(True)
    try:
        for _order, function in sorted(_loaders, key=lambda pair: pair[0]):
            function()
    finally:
        _loading.pop()


def is_loading() -> bool:
    """Say whether reference data is being loaded: what it changes is nobody's act."""
    return bool(_loading)


def _is_complete(using: str) -> bool:
    """Say whether all tables stand: a migration to an earlier point leaves some out."""
    existing = set(connections[using].introspection.table_names())
    return all(m._meta.db_table in existing for m in apps.get_models() if m._meta.managed)
