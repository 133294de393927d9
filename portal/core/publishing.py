"""What happens when a workflow has approved. Wagtail reads this while it is still loading."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what the last step approved: the approval is the permission to.

    Wagtail's own would ask for a publish permission that nobody holds, and would publish the
    newest revision even if it is not the one that was approved. A workflow whose steps were all
    switched off has approved nothing.
    """
    state = workflow_state.current_task_state
    if state is not None and state.status == state.STATUS_APPROVED:
        state.revision.publish(user=user, skip_permission_checks=True)
