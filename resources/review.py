"""The comment of a reviewer is stored text as well: it passes the screen."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.forms import TaskStateCommentForm

from portal.core.privacy import blocks, screen


class ScreenedCommentForm(TaskStateCommentForm):
    """Refuses what may identify somebody; the modal shows why and keeps the text."""

    def clean_comment(self) -> str:
        comment = str(self.cleaned_data.get("comment") or "")
        if blocks(screen(comment)):
            raise ValidationError(_("This may identify a person. Take it out; nothing was saved."))
        return comment


class ScreensComments:
    """For a workflow's task: the form above, and a gate for what comes past the form."""

    def get_form_for_action(self, action: str) -> type[ScreenedCommentForm]:
        return ScreenedCommentForm

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """The editor posts the comment along with the page. PermissionDenied when it blocks."""
        if blocks(screen(str(kwargs.get("comment") or ""))):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)  # type: ignore[misc]
