"""Inviting a person to join, and joining."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.utils import timezone

from portal.core import events, mail, outbox
from portal.core.models import Effect
from portal.people import policies
from portal.people.models import Center, Discipline, Invitation, Membership, User

VALID_FOR = timedelta(days=14)
SALT = "people.invitation"


class InvitationClosed(Exception):
    """The invitation was used, has expired, or never was."""


@transaction.atomic
def invite(
    *,
    email: str,
    first_name: str,
    last_name: str,
    center: Center,
    discipline: Discipline | None,
    by: User,
) -> Invitation | None:
    """Put a person on a center's roster and send an invitation.

    Somebody the inviter sees and who has joined already gets the membership alone, and None comes
    back. An account of another center is asked first: it is on no roster, and nothing of it is
    seen, until its person agrees. The caller has checked `policies.can_invite_to`.
    """
    fields = {"first_name": first_name, "last_name": last_name, "discipline": discipline}
    user, _made = User.objects.get_or_create(
        email=email.lower(), defaults={**fields, "password": make_password(None)}
    )
    if not _asks_first(user, by):
        _put_on_roster(user, center, by)
        if user.has_joined:
            return None
    invitation = Invitation.objects.create(
        user=user, center=center, invited_by=by, expires_at=timezone.now() + VALID_FOR
    )
    outbox.add("people.invitation", str(invitation.pk), payload={"invitation": invitation.pk})
    events.record("people.invited", actor=by, subject=user, center_id=center.pk)
    return invitation


def _asks_first(user: User, by: User) -> bool:
    """An account the inviter may not see stays out of sight until its person agrees."""
    return user.has_joined and not policies.can_see_person(by, user)


def _put_on_roster(user: User, center: Center, by: User) -> None:
    Membership.objects.get_or_create(user=user, center=center, ends_on=None)
    events.record("people.rostered", actor=by, subject=user, center_id=center.pk)


@transaction.atomic
def agree(invitation: Invitation) -> User:
    """Join another center's roster with the account one has."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open or locked.center is None or not locked.user.is_active:
        raise InvitationClosed
    _put_on_roster(locked.user, locked.center, locked.user)
    Invitation.objects.filter(pk=locked.pk).update(accepted_at=timezone.now())
    return locked.user


def token(invitation: Invitation) -> str:
    """Return the signed part of the invitation's address; made anew each time, stored nowhere."""
    return signing.dumps(invitation.pk, salt=SALT)


def find(signed: str) -> Invitation:
    """Return the open invitation behind a token. InvitationClosed otherwise."""
    try:
        pk = signing.loads(signed, salt=SALT, max_age=VALID_FOR)
        invitation = Invitation.objects.select_related("user").get(pk=pk)
    except (signing.BadSignature, Invitation.DoesNotExist) as error:
        raise InvitationClosed from error
    if not invitation.is_open or not invitation.user.is_active:
        raise InvitationClosed
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> User:
    """Join: the password is set, the address counts as confirmed, the invitation is used up."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open or locked.user.has_joined:
        raise InvitationClosed
    user = locked.user
    user.set_password(password)
    user.joined_at = timezone.now()
    user.save(update_fields=["password", "joined_at"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=timezone.now())
    events.record("people.joined", actor=user, subject=user)
    return user


@outbox.handler("people.invitation")
def send(effect: Effect) -> None:
    """Mail the address to the person, as long as the invitation is open."""
    invitation = Invitation.objects.select_related("user").get(pk=effect.payload["invitation"])
    if invitation.is_open:
        context: dict[str, str | int] = {"path": f"/accounts/invitation/{token(invitation)}/"}
        mail.deliver(invitation.user.email, "invitation", context, effect)
