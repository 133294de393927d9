"""The review of modules: a second person approves, and says which reviews that signs."""

from typing import Any, ClassVar

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import WorkflowState

from portal.people.second_person import SecondPersonState, SecondPersonTask
from training.models.release import SignOff


class ApprovalForm(TaskStateCommentForm):
    signs = forms.MultipleChoiceField(
        label=_("This approval signs"),
        choices=SignOff.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Until all three are signed, learners see that the module is a draft for review."
        ),
    )


class ModuleReviewState(SecondPersonState):
    signs = models.JSONField(default=list)


class ModuleReviewTask(SecondPersonTask):
    """A step of the module review; its last approval publishes and signs."""

    task_state_class: ClassVar = ModuleReviewState

    class Meta:
        verbose_name = _("Second person for modules")

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ApprovalForm if action == "approve" else TaskStateCommentForm

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        from training import releases

        state = task_state.specific
        signs = kwargs.pop("signs", None) or []
        state.signs = sorted(set(signs) & set(SignOff.Kind.values))
        state.save(update_fields=["signs"])
        super().on_action(state, user, action_name, **kwargs)
        round_ = WorkflowState.objects.get(pk=state.workflow_state_id)
        if round_.status == WorkflowState.STATUS_APPROVED:
            for step in ModuleReviewState.objects.filter(
                workflow_state=round_, status=ModuleReviewState.STATUS_APPROVED
            ).select_related("reviewer"):
                releases.sign_off(
                    round_.content_object.specific, kinds=step.signs, by=step.reviewer
                )
