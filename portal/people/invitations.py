"""Inviting a person to join, and joining."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.utils import timezone

from portal.core import events, mail_registry, outbox
from portal.core.models import Effect
from portal.people import attestations, policies
from portal.people.mailing import sending
from portal.people.models import (
    Center,
    Discipline,
    Invitation,
    Membership,
    PersonAlias,
    User,
)

VALID_FOR = timedelta(days=14)
SALT = "people.invitation"
mail_registry.put("account", "invitation")


class CannotInvite(Exception):
    """The account was closed by the program and cannot be opened by an invitation."""


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
    back. An account that the inviter does not see is asked first: it is on no roster, and nothing
    of it is seen or changed, until its person agrees. So it is with somebody who left, who comes
    back by accepting, with the old record. The caller has checked `policies.can_invite_to`.
    CannotInvite for an account that was merged, anonymised or closed by the program.
    """
    fields = {"first_name": first_name, "last_name": last_name, "discipline": discipline}
    user, made = User.objects.get_or_create(
        email=email.lower(), defaults={**fields, "password": make_password(None)}
    )
    if not _may_be_invited(user):
        raise CannotInvite
    if made or (user.is_active and policies.can_see_person(by, user)):
        _put_on_roster(user, center, by)
        if user.has_joined:
            return None
    return _send_to(user, center.pk, by)


def _may_be_invited(user: User) -> bool:
    if user.is_active:
        return True
    is_alias = PersonAlias.objects.standing().filter(alias=user).exists()
    return user.left_on is not None and user.anonymised_on is None and not is_alias


def _put_on_roster(user: User, center: Center, by: User) -> None:
    _row, made = Membership.objects.get_or_create(user=user, center=center, ends_on=None)
    if made:
        events.record("people.rostered", actor=by, subject=user, center_id=center.pk)


def is_in(user: User) -> bool:
    """Say whether somebody has an account that works today."""
    return user.has_joined and user.is_active


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
    if not invitation.is_open or not _may_be_invited(invitation.user):
        raise InvitationClosed
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> User:
    """Join: the password is set, the address counts as confirmed, the invitation is used up.

    The page asked for the yearly attestation, so that is made as well.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    user = locked.user
    if not locked.is_open or is_in(user) or not _may_be_invited(user):
        raise InvitationClosed
    if not user.is_active:
        user.is_active, user.left_on = True, None
        events.record("people.returned", actor=user, subject=user)
    user.set_password(password)
    _mark_joined(user)
    if locked.center is not None:
        _put_on_roster(user, locked.center, user)
    attestations.attest(user)
    return user


@transaction.atomic
def again(user: User, *, by: User | None) -> Invitation:
    """Send an invitation again to somebody on the roster who has not joined; the old one ends.

    InvitationClosed when there is nothing to invite to.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.has_joined or not locked.is_active:
        raise InvitationClosed
    now = timezone.now()
    Invitation.objects.filter(user=locked, accepted_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    center = locked.memberships.active().values_list("center_id", flat=True).first()
    return _send_to(locked, center, by)


def _send_to(user: User, center_id: int | None, by: User | None) -> Invitation:
    invitation = Invitation.objects.create(
        user=user, center_id=center_id, invited_by=by, expires_at=timezone.now() + VALID_FOR
    )
    outbox.add("people.invitation", str(invitation.pk), payload={"invitation": invitation.pk})
    events.record("people.invited", actor=by, subject=user, center_id=center_id)
    return invitation


@transaction.atomic
def join_by_agency(email: str) -> User | None:
    """Join by the sign-on of an agency that vouches for the address; only with an invitation.

    The yearly attestation is asked for right after. None when nobody is invited at this address.
    """
    user = User.objects.select_for_update().filter(email=email.lower(), joined_at=None).first()
    if user is None or not user.is_active:
        return None
    invited = next((i for i in user.invitations.all() if i.is_open), None)
    if invited is None:
        return None
    _mark_joined(user)
    if invited.center is not None:
        _put_on_roster(user, invited.center, user)
    return user


def _mark_joined(user: User) -> None:
    user.joined_at = timezone.now()
    user.save(update_fields=["password", "joined_at", "is_active", "left_on"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=timezone.now())
    events.record("people.joined", actor=user, subject=user)


@outbox.handler("people.invitation")
def send(effect: Effect) -> None:
    """Mail the address to the person, as long as the invitation is open."""
    invitation = Invitation.objects.select_related("user").get(pk=effect.payload["invitation"])
    if invitation.is_open:
        context: dict[str, str | int] = {"path": f"/accounts/invitation/{token(invitation)}/"}
        sending.send(effect, invitation.user, "invitation", context)
