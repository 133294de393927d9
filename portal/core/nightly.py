"""Jobs that each app wants done every night, or every few minutes. Each is idempotent.

"Nightly" is every six hours: a worker that stood still at night is not a day behind.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from portal import workers
from portal.core import job_runs, outbox
from portal.core.models import JobRun

Job = Callable[[], object]
EVERY_NIGHT, EVERY_FEW_MINUTES = timedelta(hours=6), timedelta(minutes=10)
# A lock outlives the hard limit of its task, so that nobody begins beside a job that still runs.
NIGHT_HELD = timedelta(seconds=workers.SLOW_HARD + 60)
FREQUENT_HELD = timedelta(seconds=workers.FREQUENT_HARD + 60)
_jobs: list[Job] = []
_frequent: list[Job] = []


def job(function: Job) -> Job:
    """Register a job."""
    _jobs.append(function)
    return function


def frequent(function: Job) -> Job:
    """Register a job for every ten minutes."""
    _frequent.append(function)
    return function


def name_of(function: Job) -> str:
    return f"{function.__module__}.{function.__name__}"


def nightly_names() -> list[str]:
    return [name_of(function) for function in _jobs]


def frequent_names() -> list[str]:
    return [name_of(function) for function in _frequent]


def run_all() -> None:
    """Run every nightly job by hand, whatever the hour; one that fails stops no other."""
    for function in _jobs:
        _run_nightly(function, by_hand=True)


def run_next() -> bool:
    """Run the next nightly job that is due; say whether there may be another.

    One at a time on all workers, each under the time limit of its own call. Where one is at work
    already, whoever has it goes on.
    """
    rows = _rows(_jobs)
    if job_runs.at_work().filter(name__in=rows).exists():
        return False
    return any(
        job_runs.is_due(rows.get(name_of(function)), EVERY_NIGHT)
        and _run_nightly(function, by_hand=False)
        for function in _jobs
    )


def run_frequent(*, by_hand: bool = True) -> None:
    """Run every frequent job that is due; by hand all of them."""
    for function in _frequent:
        _run(function, EVERY_FEW_MINUTES, FREQUENT_HELD, by_hand=by_hand)


def _run_nightly(function: Job, *, by_hand: bool) -> bool:
    return _run(function, EVERY_NIGHT, NIGHT_HELD, by_hand=by_hand)


def _run(function: Job, every: timedelta, held: timedelta, *, by_hand: bool) -> bool:
    with outbox.gathered():
        return job_runs.run(name_of(function), function, every=every, held=held, by_hand=by_hand)


def _rows(functions: Iterable[Job]) -> dict[str, JobRun]:
    names = [name_of(function) for function in functions]
    return {row.name: row for row in JobRun.objects.filter(name__in=names)}
