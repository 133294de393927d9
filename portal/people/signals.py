"""Keep cached roles honest within a request; write sign-in and account changes to the audit."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from portal.core import events, reference
from portal.people import roles
from portal.people.models import CoordinatorAssignment, RoleGrant, User


@receiver([post_save, post_delete], sender=RoleGrant)
@receiver([post_save, post_delete], sender=CoordinatorAssignment)
def forget_roles(sender: Any, instance: RoleGrant | CoordinatorAssignment, **kwargs: Any) -> None:
    roles.forget(instance.user)


@receiver(user_logged_out)
def note_sign_out(sender: Any, user: Any = None, **kwargs: Any) -> None:
    if isinstance(user, User):
        events.record("signin.ended", actor=user, subject=user)


def _note(kind: str) -> Any:
    def note(sender: Any, user: Any = None, **kwargs: Any) -> None:
        if isinstance(user, User):
            events.record(kind, actor=user, subject=user)

    return note


_NOTES = [
    (_note("signin.password_changed"), (account.password_set, account.password_changed,
                                        account.password_reset)),
    (_note("signin.email_changed"), (account.email_changed,)),
    (_note("signin.second_step_changed"), (mfa.authenticator_added, mfa.authenticator_removed,
                                           mfa.authenticator_reset)),
]  # fmt: skip
for _function, _sources in _NOTES:
    for _source in _sources:
        _source.connect(_function, weak=False)


@receiver([social.social_account_added, social.social_account_removed])
def note_agency(sender: Any, request: Any = None, **kwargs: Any) -> None:
    user = getattr(request, "user", None)
    if isinstance(user, User):
        events.record("signin.agency_changed", actor=user, subject=user)


@receiver(m2m_changed, sender=Group.permissions.through)
def note_rights(sender: Any, instance: Any, action: str, pk_set: Any = None, **kwargs: Any) -> None:
    """A group of the admin got or lost rights; loading reference data anew changes nothing."""
    is_change = action in {"post_add", "post_remove"} and pk_set and isinstance(instance, Group)
    if is_change and not reference.is_loading():
        events.record("rights.changed", actor=None, subject=instance, change=action[5:])
