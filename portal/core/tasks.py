"""What the worker runs, and Wagtail's task backend. Queues and limits: `portal.workers`."""

from datetime import timedelta
from functools import partial
from typing import Any

from celery import shared_task
from django.core.management import call_command
from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

from portal import workers
from portal.core import chain, heartbeats, job_runs, making, outbox
from portal.core import nightly as jobs
from portal.core.effect_kinds import Lane

PUBLISH, SEAL = "portal.core.publish_scheduled", "portal.core.seal_audit"
EVERY_MINUTE = timedelta(minutes=1)
HELD = timedelta(seconds=workers.HARD + 60)


class OnCommitBackend(ImmediateBackend):
    """Run Wagtail's tasks after the commit.

    Its own default runs them inside `post_save`, before modelcluster writes the children, so that
    tags are not in the search index after a publish.
    """

    def _execute_task(self, task_result: Any) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)


@shared_task
def deliver_urgent() -> int:
    return _go_on(Lane.URGENT, outbox.deliver_all(lane=Lane.URGENT))


@shared_task
def deliver_due() -> int:
    return _go_on(Lane.DUE, outbox.deliver_all(lane=Lane.DUE))


@shared_task
def make_due() -> int:
    """Make one pack or report; so many at a time as are set, however many are asked for."""
    return _go_on(Lane.MADE, making.make_next())


def _go_on(lane: Lane, had: int) -> int:
    """Ask for the next run while there is more to have."""
    if had and outbox.open_effects(lane).exists():
        outbox.wake(lane)
    return had


@shared_task
def publish_scheduled() -> bool:
    work = partial(call_command, "publish_scheduled", verbosity=0)
    return job_runs.run(PUBLISH, work, every=EVERY_MINUTE, held=HELD)


@shared_task
def seal_audit() -> bool:
    return job_runs.run(SEAL, chain.seal, every=EVERY_MINUTE, held=HELD)


@shared_task
def frequent() -> None:
    jobs.run_frequent(by_hand=False)


@shared_task
def nightly() -> None:
    """Run one nightly job, and ask for the next: each has the whole time limit for itself."""
    if jobs.run_next():
        nightly.delay()


@shared_task
def hear(name: str) -> None:
    """Say that somebody takes what comes to a queue."""
    heartbeats.hear(name)
