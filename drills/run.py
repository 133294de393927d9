"""`uv run python -m drills.run`: break the portal part by part under load, and count.

Ends non-zero where something acknowledged is missing, where something is there twice, or where what
follows (certificates, mails, numbers, the audit) is not whole.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from drills.units import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "requests")]

from drills import crowd, faults, machine, people, restoring  # noqa: E402
from drills.faults import Context, Result  # noqa: E402
from drills.stand import Stand  # noqa: E402

DRILLS: dict[str, Callable[[Context], Result]] = {
    "kills": faults.kills,
    "postgres": faults.postgres,
    "broker": faults.broker,
    "hang": faults.hang,
    "backup": restoring.backup,
    "disk": machine.disk,
    "clock": machine.clock,
    "search": faults.search,
    "load": crowd.crowd,
}
SHORT = ("kills", "postgres", "broker", "hang", "backup")
SHOWN = 12  # lines about what is not whole


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    begun = time.monotonic()
    results = []
    with Stand(broker=options.broker, search=options.search, kept=options.keep) as stand:
        import django

        django.setup()
        context = Context(stand, people.gather(), options.kills, options.load)
        print(f"The stand is up after {time.monotonic() - begun:.0f} s.", flush=True)
        for name in options.only:
            begun = time.monotonic()
            results.append(DRILLS[name](context))
            _print(results[-1], time.monotonic() - begun)
        if options.logs:
            _print_logs(stand)
    print(f"\n{_table(results)}")
    return 0 if all(result.is_well for result in results) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=3, help="times that each part is broken")
    parser.add_argument("--only", default="", help=f"of {', '.join(DRILLS)}; several with commas")
    parser.add_argument("--broker", choices=["redis", "rabbitmq"], default="redis")
    parser.add_argument("--search", action="store_true", help="with Elasticsearch")
    parser.add_argument("--load", type=float, default=0, help="seconds of 300 learners, alone")
    parser.add_argument("--keep", type=Path, help="folder for the filled database of next time")
    parser.add_argument("--logs", action="store_true", help="print the ends of the units' logs")
    options = parser.parse_args(arguments)
    usual = ["load"] if options.load else [*SHORT, *(["search"] if options.search else [])]
    options.only = options.only.split(",") if options.only else usual
    if unknown := set(options.only) - DRILLS.keys():
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    return options


def _print(result: Result, seconds: float) -> None:
    tally = result.tally
    state = f"skipped: {result.skipped}" if result.skipped else "ok" if result.is_well else "FAIL"
    print(f"\n{result.name}: {state} ({seconds:.0f} s)")
    gap = f"reading gap {result.gap:.1f} s"
    print(f"  {tally.acknowledged} acknowledged, {tally.found} found, {gap}")
    for line in result.notes:
        print(f"  {line}")
    for title, lines in (
        ("missing", tally.missing),
        ("twice", tally.twice),
        ("not whole", tally.faults),
    ):
        for line in lines[:SHOWN]:
            print(f"  {title}: {line}")
        if len(lines) > SHOWN:
            print(f"  {title}: {len(lines) - SHOWN} more")
    sys.stdout.flush()


def _table(results: Sequence[Result]) -> str:
    head = "| drill | acknowledged | found | missing | twice | reading gap, s | mail repeats |"
    lines = [head, "|---" * 7 + "|"]
    for result in results:
        tally = result.tally
        cells: list[object] = [result.name, tally.acknowledged, tally.found, len(tally.missing)]
        cells += [len(tally.twice), f"{result.gap:.1f}", tally.repeats]
        if result.skipped:
            cells[1:] = [f"skipped: {result.skipped}", "", "", "", "", ""]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _print_logs(stand: Stand) -> None:
    for path in sorted(stand.folder.glob("*.log")):
        print(f"\n--- {path.name}\n{path.read_text(errors='replace')[-6000:]}")


if __name__ == "__main__":
    sys.exit(main())
