"""Mail of the workflows: content-free, through the outbox. Wagtail's own names page and author."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from portal.core import mail
from portal.people.models import User

WAGTAILS_OWN = [
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
]


def silence_wagtail() -> None:
    """Disconnect Wagtail's mails. It connects them in its own ready(), which runs after ours."""
    for signal, sender, uid in WAGTAILS_OWN:
        signal.disconnect(sender=sender, dispatch_uid=uid)


@receiver(task_submitted)
def tell_the_reviewers(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    groups = getattr(instance.task.specific, "groups", None)
    if groups is None:
        return
    author = instance.workflow_state.requested_by_id
    reviewers = User.objects.joined().filter(groups__in=groups.all()).exclude(pk=author)
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
