"""The faults: each breaks one part while the load goes on. Seconds throughout."""

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from drills import counting
from drills.apps import LEASE
from drills.counting import Tally
from drills.engines import wait
from drills.ledger import Read, worst_gap
from drills.load import READER_WAITS, Load
from drills.people import Cast
from drills.stand import Stand
from drills.units import Unit

WARM = 3.0  # of load before the first fault
REDIS_AWAY = 8.0


@dataclass
class Context:
    stand: Stand
    cast: Cast
    kills: int = 3
    seconds: float = 600


@dataclass
class Result:
    """`skipped` says why a drill was not run; `notes` are figures beside the table."""

    name: str
    tally: Tally = field(default_factory=Tally)
    gap: float = 0.0
    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def is_well(self) -> bool:
        return bool(self.skipped) or self.tally.is_whole


def under_load(
    name: str,
    context: Context,
    fault: Callable[[Load, Result], int],
    *,
    files: bool = False,
    warm: float = WARM,
) -> Result:
    """Run the load, the fault, and the count. `fault` returns how many mails may come again."""
    result = Result(name)
    load = Load(context.stand.port, context.cast)
    load.with_files = files
    load.start()
    time.sleep(warm)
    try:
        allowed = fault(load, result)
        load.wait_for(10)  # all goes on afterwards
    finally:
        load.stop()
    result.gap = worst_gap(load.reads, load.begun, load.ended)
    manager = context.cast.manager.session
    said = result.tally.faults
    result.tally = counting.count(
        load.ledger, context.stand, repeats_allowed=allowed, manager=manager
    )
    result.tally.faults += [*said, *load.errors]
    result.notes.append(
        f"{load.ledger.sent_again} forms were sent again; {result.tally.mails} mails; "
        f"the outbox was empty after {result.tally.drained_in:.1f} s"
    )
    return result


def kills(context: Context) -> Result:
    """Kill -9, one after the other: web, one of its workers, worker, one of its pool, beat."""
    stand = context.stand

    def fault(load: Load, result: Result) -> int:
        for _round in range(context.kills):
            for name in ("web", "worker", "beat"):
                load.wait_for(random.randrange(1, 8), 20)
                _kill(stand, name)
                if name != "beat":
                    load.wait_for(random.randrange(1, 8), 20)
                    stand.units[name].kill_child()
        result.notes.append(f"{5 * context.kills} kills")
        return 2 * context.kills  # those of the worker and of its pool

    return under_load("kill -9", context, fault)


def _kill(stand: Stand, name: str) -> None:
    """Kill a unit and wait until it has begun again; web answers then, worker and beat soon."""
    unit = stand.units[name]
    before = unit.starts
    unit.kill()
    wait(f"The unit {name}", lambda: unit.starts > before, 30)
    if name == "web":
        stand.wait_for_web()
    if name == "worker":
        wait("The worker's pool", lambda: len(unit.children()) > 1, 60)


def postgres(context: Context) -> Result:
    """Crash PostgreSQL and start it again, under load."""

    def fault(load: Load, result: Result) -> int:
        for _round in range(context.kills):
            begun = time.monotonic()
            context.stand.postgres.crash()
            result.notes.append(f"PostgreSQL was back after {time.monotonic() - begun:.1f} s")
            load.wait_for(15, 30)
        return context.kills * POOL

    return under_load("PostgreSQL restarted", context, fault)


POOL = 3  # a crash can meet each process of the pool between its mail and its row


def broker(context: Context) -> Result:
    """Stop what Celery and the cache stand on for some seconds, and start it empty."""
    stand = context.stand
    with_rabbit = stand.rabbit is not None

    def away(load: Load, result: Result) -> int:
        if stand.rabbit is not None:
            stand.rabbit.pause()
        else:
            stand.redis.stop()
        since, taken = time.monotonic(), load.ledger.acknowledged
        time.sleep(REDIS_AWAY)
        _judge_away(load, result, since, load.ledger.acknowledged - taken)
        if stand.rabbit is not None:
            stand.rabbit.go_on()
        else:
            stand.redis.start()
        load.wait_for(10)
        return 1

    return under_load(f"{'RabbitMQ' if with_rabbit else 'Redis'} away", context, away)


def _judge_away(load: Load, result: Result, since: float, taken: int) -> None:
    """Reading and writing go on: every page came, none as a 500, none after the reader gave up."""
    reads = [read for read in load.reads if read.at > since + 0.5]
    by_page: dict[str, list[Read]] = {}
    for read in reads:
        by_page.setdefault(read.page, []).append(read)
    slow = max((read.seconds for read in reads), default=READER_WAITS)
    result.notes.append(
        f"away {time.monotonic() - since:.1f} s: {len(reads)} pages read, the slowest in "
        f"{slow:.1f} s, {taken} forms taken"
    )
    for page, found in by_page.items():
        bad = [read.status for read in found if not read.is_well]
        if bad:
            result.notes.append(f"  {page} answered {bad} of {len(found)}")
            result.tally.faults.append(f"{page} could not be read: {bad}")
    if not reads:
        result.tally.faults.append("Nothing could be read")


def search(context: Context) -> Result:
    """Stop Elasticsearch, and start it empty: the database answers, and the page says so."""
    stand = context.stand
    if stand.elastic is None:
        return Result("Elasticsearch away", skipped="only with --search")
    elastic = stand.elastic
    stand.manage("rebuild_search")

    def away(load: Load, result: Result) -> int:
        elastic.stop()
        since, taken = time.monotonic(), load.ledger.acknowledged
        time.sleep(REDIS_AWAY)
        _judge_away(load, result, since, load.ledger.acknowledged - taken)
        elastic.start()
        stand.manage("rebuild_search")
        return 1

    return under_load("Elasticsearch away", context, away)


def hang(context: Context) -> Result:
    """Stop a worker's processes in their work for longer than a lease, while a second one works."""
    stand = context.stand

    def fault(load: Load, result: Result) -> int:
        first = stand.units["worker"]
        stand.begin("worker", as_name="second")
        load.wait_for(20, 30)
        for _round in range(context.kills):
            _caught(first)
            time.sleep(LEASE + 3)
            first.signal(signal.SIGCONT)
            load.wait_for(10, 20)
        result.notes.append(f"{context.kills} times stopped for {LEASE + 3} s, lease {LEASE} s")
        return context.kills * POOL

    try:
        return under_load("a worker hangs", context, fault)
    finally:
        stand.end("second")


def _caught(unit: Unit) -> None:
    """Stop the group at a moment when effects are held."""
    from django.utils import timezone

    from portal.core.models import Effect

    held = Effect.objects.open().filter(leased_until__gt=timezone.now())
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if held.exists():
            break
        time.sleep(0.01)
    unit.signal(signal.SIGSTOP)
