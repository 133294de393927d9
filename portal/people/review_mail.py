"""Mail of the workflows: content-free, through the outbox. Wagtail's own names page and author."""

from typing import Any

from django.dispatch import receiver
from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from portal.core import mail, mail_registry
from portal.people.models import User

mail_registry.put("editing", "review_waiting", "review_done")


def silence_wagtail() -> None:
    """Keep Wagtail from connecting its own mails, which it would do in its ready(), after ours."""
    signal_handlers.register_signal_handlers = lambda: None


@receiver(task_submitted)
def tell_the_reviewers(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    groups = getattr(instance.task.specific, "groups", None)
    if groups is None:
        return
    author = instance.workflow_state.requested_by_id
    reviewers = User.objects.filter(
        joined_at__isnull=False, is_active=True, groups__in=groups.all()
    ).exclude(pk=author)
    for pk in reviewers.values_list("pk", flat=True).distinct():
        _queue(pk, "review_waiting", f"review:{instance.pk}", instance.workflow_state)


@receiver([workflow_approved, workflow_rejected])
def tell_the_author(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    author = instance.requested_by
    if author is not None and author != user:
        last = instance.current_task_state_id
        _queue(author.pk, "review_done", f"reviewed:{instance.pk}:{last}", instance)


def _queue(user_id: int, template: str, key: str, state: WorkflowState) -> None:
    path = f"/cms/pages/{state.object_id}/edit/"
    mail.queue(user_id, template, subject_key=key, context={"path": path})
