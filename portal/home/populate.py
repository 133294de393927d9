"""Filling a demo database with as much as a large state would have, for benchmarks."""

from collections.abc import Callable
from random import Random
from time import monotonic

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from portal.core.models import DemoMark
from portal.home import demo
from portal.home.populating import asking, learning, library, people
from portal.reports import counters

Report = Callable[[str], object]
KIND = "populated"


class FullAlready(Exception):
    """The database was filled before; a second filling would mix two sizes."""


def fill(
    *, members: int, completions: int, requests: int, resources: int, report: Report, seed: int = 1
) -> None:
    """Load the demo, then write rows in bulk. Sizes are rows; `report` takes lines of progress.

    NotADemo where the database holds what the demo did not put there; FullAlready when it was
    filled before; ValueError for completions without members.
    """
    if completions and not members:
        raise ValueError("Completions need members.")
    demo.check_database()
    if DemoMark.objects.filter(kind=KIND).exists():
        raise FullAlready
    demo.load(report)
    chance, begun = Random(seed), monotonic()  # noqa: S311  sample data
    DemoMark.objects.create(kind=KIND)
    report(f"{members:,} members ...")
    made = people.fill(members, chance)
    report(f"{completions:,} completions ...")
    lessons = learning.fill(made, completions, chance, report) if made else 0
    report(f"  {lessons:,} lessons read\n{requests:,} requests ...")
    asking.fill(requests, chance, report)
    report(f"{resources:,} resources ...")
    library.fill(resources, chance)
    report("The search index ...")
    call_command("rebuild_search", verbosity=0)
    report("The counts by day ...")
    counters.count_all()
    _analyse()
    cache.clear()
    report(f"Filled in {monotonic() - begun:,.0f} s.")


def _analyse() -> None:
    """Let the database know what it holds now."""
    whole = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if whole else "ANALYZE")
