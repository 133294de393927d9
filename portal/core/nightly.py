"""Jobs that each app wants done once a night. Each is idempotent."""

import logging
from collections.abc import Callable

Job = Callable[[], object]
_jobs: list[Job] = []
logger = logging.getLogger(__name__)


def job(function: Job) -> Job:
    """Register a job."""
    _jobs.append(function)
    return function


def run_all() -> None:
    """Run every job; one that fails does not keep the others from running."""
    for function in _jobs:
        try:
            function()
        except Exception as error:
            logger.error("Nightly job %s failed: %s", function.__name__, type(error).__name__)
