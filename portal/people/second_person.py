"""A workflow step for what needs a second person. Abstract: each app makes its own table of it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from portal.people.models import User

PANEL_EMAIL = "review-panel@portal.invalid"


def panel_account() -> User:
    """Return the account that Wagtail's history shows in a reviewer's place. Nobody signs in to it.

    Reviewers may be survivors; who reviewed stands in `reviewer` and in the audit alone.
    """
    user, made = User.objects.get_or_create(
        email=PANEL_EMAIL,
        defaults={"first_name": "Review", "last_name": "panel", "is_active": False},
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


class SecondPersonState(TaskState):
    """One run of the step. `finished_by` is the panel's account, `reviewer` the person."""

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class SecondPersonTask(AbstractGroupApprovalTask):
    """Refuses whoever wrote a part of what is to be approved, or approved an earlier step."""

    class Meta:
        abstract = True

    def may_decide(self, obj: Any, user: Any) -> bool:
        in_panel = bool(self._user_in_groups(user))
        return in_panel and user.pk not in _involved(obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve and publish"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if self._user_in_groups(user) else states.none()

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Record who decided, and let Wagtail act as the panel. PermissionDenied when refused."""
        state = task_state.specific
        # Asked again: an edit that came with the approval makes the reviewer an author.
        if not self.may_decide(state.workflow_state.content_object, user):
            raise PermissionDenied
        state.reviewer = user
        state.save(update_fields=["reviewer"])
        super().on_action(state, panel_account(), action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("Somebody of the group who neither wrote it nor approved an earlier step")


def _involved(obj: Any) -> set[int | None]:
    """Return who wrote a revision since the live one, and who approved a step of this round."""
    written = obj.revisions.all()
    if obj.live_revision_id:
        written = written.filter(created_at__gt=obj.live_revision.created_at)
    involved = set(written.values_list("user_id", flat=True))
    round_ = obj.current_workflow_state
    if round_ is not None:
        states = round_.task_states.filter(status=TaskState.STATUS_APPROVED).specific()
        involved |= {getattr(state, "reviewer_id", state.finished_by_id) for state in states}
    return involved
