"""`uv run python bench/run.py`: the table of docs/performance.md, measured afresh.

Each scale has a database of its own beside the one that DATABASE_URL names (`<name>_1k`), made
and filled when it is not there. Ends non-zero where a figure is missed: a time only when its best
round misses, statements and bytes always.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
SIZES = {
    "1k": (1_000, 10_000, 1_000, 100),
    "10k": (10_000, 100_000, 10_000, 1_000),
    "100k": (100_000, 1_000_000, 100_000, 10_000),
}
NAMES = ("members", "completions", "requests", "resources")
MOST_BYTES = 60_000
GROWTH = 1.3
DEFAULT = "postgres://postgres@127.0.0.1:5432/portal_bench"
Rows = dict[str, dict[str, Any]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="1k,10k,100k", help="of 1k, 10k, 100k")
    parser.add_argument("--quick", action="store_true", help="1k, two short rounds")
    parser.add_argument(
        "--server", default="gunicorn", help="or granian (uv run --with granian bench/run.py)"
    )
    options = parser.parse_args()
    scales = ["1k"] if options.quick else options.scale.split(",")
    if unknown := set(scales) - SIZES.keys():
        parser.error(f"no such scale: {', '.join(sorted(unknown))}")
    found: dict[str, Rows] = {}
    misses = []
    for scale in scales:
        rows = found[scale] = _of_scale(scale, options.server, options.quick)
        print(f"\n## {scale}\n\n{_table(rows)}", flush=True)
        misses += [f"{scale}: {miss}" for miss in _misses(rows)]
    misses += _grown(found)
    print("\n" + ("\n".join(["Missed:", *misses]) if misses else "Every figure is reached."))
    return 1 if misses else 0


def _of_scale(scale: str, server: str, quick: bool) -> Rows:
    env = _environment(scale)
    _make_database(env["DATABASE_URL"])
    python = [sys.executable]
    if not _is_filled(env):
        sizes = [f"--{name}={size}" for name, size in zip(NAMES, SIZES[scale], strict=True)]
        subprocess.run([*python, "manage.py", "populate", *sizes], cwd=ROOT, env=env, check=True)
    subprocess.run(
        [*python, "-c", PREPARE], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
    )
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [*python, "bench/measuring.py", f"--server={server}", f"--out={file.name}"]
        command += ["--rounds=2", "--each=5"] if quick else ["--loaded"]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        rows: Rows = json.loads(Path(file.name).read_text())
    return rows


PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()
from portal.core import preparation
preparation.prepare(print)
"""
FILLED = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()
from django.db import connection
from portal.core.models import DemoMark
there = DemoMark._meta.db_table in connection.introspection.table_names()
sys.exit(0 if there and DemoMark.objects.filter(kind="populated").exists() else 3)
"""


def _is_filled(env: dict[str, str]) -> bool:
    return subprocess.run([sys.executable, "-c", FILLED], cwd=ROOT, env=env).returncode == 0


def _environment(scale: str) -> dict[str, str]:
    url = urlsplit(os.environ.get("DATABASE_URL", DEFAULT))
    database = urlunsplit(url._replace(path=f"{url.path}_{scale}"))
    state = Path(os.environ.get("STATE_DIR", tempfile.gettempdir())) / f"bench-{scale}"
    return {
        "CACHE_URL": "redis://127.0.0.1:6379/9",
        "DEMO_PASSWORD": "for-the-bench-alone",
        **os.environ,
        "DATABASE_URL": database,
        "STATE_DIR": str(state),
        "BASE_URL": "http://localhost:8791",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'requests'}",
    }


def _make_database(url: str) -> None:
    import psycopg

    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        name = parts.path.lstrip("/")
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if there.fetchone() is None:
            server.execute(
                psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
            )


def _limit(rows: Rows, row: dict[str, Any]) -> float:
    """Return the statements that are allowed; for the module page so many more than a bare one."""
    more = rows[row["floor"]]["statements"] if row["floor"] == "bare Wagtail page" else 0
    return float(row["limit"] + more)


def _table(rows: Rows) -> str:
    head = (
        "| page | p50 ms | p95 | p99 | x floor | at most | statements | at most | kB | "
        "16: p50 | p95 | a second |"
    )
    lines = [head, "|---" * 12 + "|"]
    for name, row in rows.items():
        ratio = allowed = statements = ""
        if row["floor"]:
            ratio = f"{row['p50'] / rows[row['floor']]['p50']:.1f}"
            allowed, statements = f"{row['ratio']:g}", f"{_limit(rows, row):.0f}"
        many = row.get("loaded", {})
        lines.append(
            f"| {name} | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f} | {ratio} | "
            f"{allowed} | {row['statements']:.0f}{_first(row)} | {statements} | "
            f"{row['bytes'] / 1000:.0f} | "
            + " | ".join(f"{many[key]:.0f}" if many else "" for key in ("p50", "p95", "rps"))
            + " |"
        )
    return "\n".join(lines)


def _first(row: dict[str, Any]) -> str:
    """Say how many statements the first look takes, where later ones take fewer."""
    return f" (first {row['first']:.0f})" if row["first"] > row["statements"] else ""


def _misses(rows: Rows) -> list[str]:
    found = []
    for name, row in rows.items():
        if not row["floor"]:
            continue
        floors = rows[row["floor"]]["medians"]
        best = min(mine / floor for mine, floor in zip(row["medians"], floors, strict=False))
        if best > row["ratio"]:
            found.append(f"{name}: {best:.1f} x {row['floor']} at best, {row['ratio']:g} allowed")
        if row["statements"] > _limit(rows, row):
            found.append(
                f"{name}: {row['statements']:.0f} statements, {_limit(rows, row):.0f} allowed"
            )
        if row["bytes"] > MOST_BYTES:
            found.append(f"{name}: {row['bytes'] / 1000:.0f} kB, {MOST_BYTES / 1000:.0f} allowed")
    return found


def _grown(found: dict[str, Rows]) -> list[str]:
    """Compare the largest scale with the smallest, each beside its own floor."""
    if len(found) < 2:
        return []
    small, *_between, large = found.values()
    misses = []
    for name, row in large.items():
        if not row["floor"] or name not in small:
            continue
        before, after = (
            min(a / b for a, b in zip(r[name]["medians"], r[row["floor"]]["medians"], strict=False))
            for r in (small, large)
        )
        if after > GROWTH * before and not row["may_grow"]:
            misses.append(f"{name}: grows {after / before:.1f} times, {GROWTH} allowed")
        if row["statements"] > small[name]["statements"]:
            more = row["statements"] - small[name]["statements"]
            misses.append(f"{name}: {more:.0f} statements more at the largest scale")
    return misses


if __name__ == "__main__":
    sys.exit(main())
