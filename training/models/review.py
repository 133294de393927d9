"""The review of modules: a second person approves, and says which reviews that signs."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from portal.people.second_person import SecondPersonState, SecondPersonTask
from training.forms import ApprovalForm, ScreenedCommentForm


class ModuleReviewState(SecondPersonState):
    """One run of a step of the review, and the reviews that its approval signs."""

    signs = models.JSONField(default=list)


class ModuleReviewTask(SecondPersonTask):
    """A step of the module review; its last approval publishes and signs."""

    task_state_class: ClassVar = ModuleReviewState

    class Meta:
        verbose_name = _("Second person for modules")

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ApprovalForm if action == "approve" else ScreenedCommentForm

    def get_template_for_action(self, action: str) -> str:
        """Show who approves what the content checks still say of the draft."""
        return "training/admin/approve.html" if action == "approve" else ""

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide as the panel; the last approval publishes and signs. Or PermissionDenied.

        Wagtail hands over what the browser sent, so it goes through the form once more.
        """
        from training import releases

        form = self.get_form_for_action(action_name)(kwargs)
        if not form.is_valid():
            raise PermissionDenied
        state = task_state.specific
        state.signs = sorted(form.cleaned_data.get("signs", []))
        state.save(update_fields=["signs"])
        super().on_action(state, user, action_name, comment=form.cleaned_data["comment"])
        round_ = WorkflowState.objects.get(pk=state.workflow_state_id)
        if round_.status == WorkflowState.STATUS_APPROVED:
            page = round_.content_object.specific
            steps = ModuleReviewState.objects.filter(
                workflow_state=round_, status=ModuleReviewState.STATUS_APPROVED
            )
            for step in steps.select_related("reviewer"):
                releases.sign_off(page, kinds=step.signs, by=step.reviewer)
