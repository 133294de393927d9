"""What must stand before the web server starts: assets, tables, collected static files."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.core import assets

Report = Callable[[str], object]


def prepare(report: Report) -> None:
    """Build what is missing; a second run finds everything done. AssetsNotBuilt when it cannot."""
    assets.build(report)
    migrate(report)
    collect(report)


def migrate(report: Report) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        report("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)


def collect(report: Report) -> None:
    """Collect static files when any of ours changed since the last time."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if mark.exists() and mark.read_text() == now:
        return
    report("Collecting scripts, styles and fonts ...")
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(now)


def _fingerprint() -> str:
    """Hash names, sizes and times of our static files, and the versions installed."""
    parts = [(settings.BASE_DIR / "uv.lock").read_bytes()] if _has_lock() else []
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            stat = path.stat()
            parts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _has_lock() -> bool:
    return (Path(settings.BASE_DIR) / "uv.lock").exists()
