"""Jobs that each app wants done once a night, or every few minutes. Each is idempotent."""

import logging
from collections.abc import Callable

Job = Callable[[], object]
_jobs: list[Job] = []
_frequent: list[Job] = []
logger = logging.getLogger(__name__)


def job(function: Job) -> Job:
    """Register a job."""
    _jobs.append(function)
    return function


def frequent(function: Job) -> Job:
    """Register a job for every ten minutes."""
    _frequent.append(function)
    return function


def run_all() -> None:
    _run(_jobs)


def run_frequent() -> None:
    _run(_frequent)


def _run(functions: list[Job]) -> None:
    """Run every job; one that fails does not keep the others from running."""
    for function in functions:
        try:
            function()
        except Exception as error:
            logger.error("Job %s failed: %s", function.__name__, type(error).__name__)
