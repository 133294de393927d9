"""Anonymising: the person's row is overwritten, what identifies goes, and every count stays."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from portal.core import events
from portal.core.models import Effect
from portal.people import aliases, leaving
from portal.people.models import Invitation, JoinRequest, KnownDevice, LegalHold, User

Wipe = Callable[[list[int]], object]
_wipes: list[Wipe] = []
DOMAIN = "anonymous.invalid"


class CannotAnonymise(Exception):
    """Refused; `reason`: active (access has not ended), alias (it counts for another account,
    which is the one to anonymise), held (legal hold), or done.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def also(function: Wipe) -> Wipe:
    """An app registers what it keeps of a person's name; it is called with the person's ids."""
    _wipes.append(function)
    return function


@transaction.atomic
def anonymise(user: User, *, by: User | None) -> None:
    """Overwrite the person and the accounts merged into them. It cannot be undone.

    Completions, hours and requests keep counting, by discipline and center. `by` is None for the
    retention job. CannotAnonymise when access has not ended or a legal hold stands.
    """
    if aliases.resolve(user) != user:
        raise CannotAnonymise("alias")
    ids = aliases.person_ids(user)
    rows = list(User.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if any(row.is_active for row in rows):
        raise CannotAnonymise("active")
    if LegalHold.objects.standing().filter(_holds(ids)).exists():
        raise CannotAnonymise("held")
    if all(row.anonymised_on for row in rows):
        raise CannotAnonymise("done")
    emails = [row.email for row in rows]
    for row in rows:
        _overwrite(row)
    _forget_accounts(ids)
    Invitation.objects.filter(user__in=ids).delete()
    JoinRequest.objects.filter(email__in=emails).delete()
    for wipe in _wipes:
        wipe(ids)
    events.record("people.anonymised", actor=by, subject=user)


def _forget_accounts(ids: list[int]) -> None:
    """Remove what names the person beside the row itself."""
    for model in (EmailAddress, KnownDevice, SocialAccount, Authenticator):
        model.objects.filter(user__in=ids).delete()
    # The outbox may hold a former address (account_mail).
    Effect.objects.filter(kind="account.mail", payload__user__in=ids).delete()
    for profile in UserProfile.objects.filter(user__in=ids).exclude(avatar=""):
        profile.avatar.delete(save=True)
    people = ContentType.objects.get_for_model(User)
    # Wagtail's log writes a label beside the id.
    logged = ModelLogEntry.objects.filter(content_type=people, object_id__in=[str(i) for i in ids])
    logged.update(label="")


def _holds(ids: list[int]) -> Q:
    return Q(person__isnull=True) | Q(person__in=ids)


def _overwrite(row: User) -> None:
    leaving.end_sessions(row)
    row.email = f"person-{row.pk}@{DOMAIN}"
    row.first_name, row.last_name = "Former", f"member {row.pk}"
    row.chosen_name = row.title = row.agency = ""
    row.last_login = None
    row.anonymised_on = timezone.localdate()
    row.set_unusable_password()
    row.save()
