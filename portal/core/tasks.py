"""What the worker runs, and Wagtail's task backend."""

from functools import partial
from typing import Any

from celery import shared_task
from django.core.management import call_command
from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

from portal.core import chain, outbox
from portal.core import nightly as jobs


class OnCommitBackend(ImmediateBackend):
    """Run Wagtail's tasks after the commit.

    Its own default runs them inside `post_save`, before modelcluster writes the children, so that
    tags are not in the search index after a publish.
    """

    def _execute_task(self, task_result: Any) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)


@shared_task
def deliver_due() -> int:
    return outbox.deliver_all()


@shared_task
def publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


@shared_task
def nightly() -> None:
    jobs.run_all()


@shared_task
def frequent() -> None:
    jobs.run_frequent()


@shared_task
def seal_audit() -> int:
    return chain.seal()
