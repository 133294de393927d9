"""The steps of the review: for what is hard to read the panel first, then a program manager."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from portal.people.second_person import SecondPersonState, SecondPersonTask
from resources.models.choices import Sensitivity
from resources.review import ScreensComments


class GuidanceReviewTask(ScreensComments, AbstractGroupApprovalTask):
    """Wagtail's group approval, with the reviewer's comment screened."""

    class Meta:
        verbose_name = _("guidance review")

    @classmethod
    def get_description(cls) -> Any:
        return _("A program manager approves and publishes, or asks for changes")


class PanelReviewState(SecondPersonState):
    """One run of the panel's step."""


class PanelReviewTask(ScreensComments, SecondPersonTask):
    """The review panel reads what is hard to read; every other page goes on to the next step."""

    task_state_class: ClassVar = PanelReviewState

    class Meta:
        verbose_name = _("review of hard pages by the panel")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin the step, or pass it for a page that is not hard to read.

        What the newest draft says counts, not what is published.
        """
        draft = workflow_state.content_object.get_latest_revision_as_object()
        if draft.sensitivity >= Sensitivity.HARD:
            return super().start(workflow_state, user=user)
        state: PanelReviewState = self.get_task_state_class()(
            workflow_state=workflow_state,
            status=TaskState.STATUS_SKIPPED,
            revision=workflow_state.content_object.get_latest_revision(),
            task=self,
        )
        state.save()
        return state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        names = {"reject": _("Request changes"), "approve": _("Approve")}
        return [(n, names[n], modal) for n, _label, modal in super().get_actions(obj, user)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        if action_name not in {"approve", "reject"}:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("Somebody of the review panel reads a page of level 3 before anybody publishes it")
