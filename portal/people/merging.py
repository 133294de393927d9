"""Two accounts of one person: an alias counts for the person, and no fact is rewritten."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from portal.core import events
from portal.people import grants, leaving
from portal.people.models import Membership, PersonAlias, RoleGrant, User
from portal.people.models.dated import end_dated


class CannotMerge(Exception):
    """The two cannot be merged; `reason`: same, self, alias, gone, or roles."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def merge(alias: User, into: User, *, by: User) -> PersonAlias:
    """Let what is known of `alias` count for `into`, and close the alias's sign-in.

    Open memberships go on with the person. What counted for the alias counts for the person. Roles
    are never carried over: an alias that holds one has to give it up first. CannotMerge otherwise.
    """
    rows = {row.pk: row for row in _locked(alias, into)}
    _check(rows, alias, into, by)
    for earlier in PersonAlias.objects.standing().filter(person=alias):
        _undo(earlier, by)
        PersonAlias.objects.create(alias=earlier.alias, person=into, merged_by=by)
    made = PersonAlias.objects.create(alias=alias, person=into, merged_by=by)
    for membership in Membership.objects.active().filter(user=alias):
        Membership.objects.get_or_create(user=into, center=membership.center, ends_on=None)
    end_dated(Membership.objects.filter(user=alias))
    leaving.end_sessions(alias)
    leaving.end_tokens(alias)
    User.objects.filter(pk=alias.pk).update(
        is_active=False, left_on=timezone.localdate(), password=make_password(None)
    )
    grants.sync_groups(alias)
    events.record("people.merged", actor=by, subject=alias, person=into.pk)
    return made


@transaction.atomic
def undo(merge: PersonAlias, *, by: User) -> None:
    """Take a merge back: the row stays and says so, and the two are two again.

    The alias may be invited again; its own facts never left it.
    """
    row = PersonAlias.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is None:
        _undo(row, by)
        events.record("people.merge_undone", actor=by, subject=row.alias, person=row.person_id)


def _undo(row: PersonAlias, by: User) -> None:
    PersonAlias.objects.filter(pk=row.pk).update(undone_at=timezone.now(), undone_by=by)


def _locked(*people: User) -> list[User]:
    ids = [person.pk for person in people]
    return list(User.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _check(rows: dict[int, User], alias: User, into: User, by: User) -> None:
    if alias.pk == into.pk:
        raise CannotMerge("same")
    if by.pk == alias.pk:
        raise CannotMerge("self")
    standing = PersonAlias.objects.standing()
    if standing.filter(alias_id__in=[alias.pk, into.pk]).exists():
        raise CannotMerge("alias")
    if not rows[into.pk].is_active or rows[alias.pk].anonymised_on is not None:
        raise CannotMerge("gone")
    holds_role = RoleGrant.objects.active().filter(user=alias).exists()
    if holds_role or alias.assignments.active().exists():
        raise CannotMerge("roles")
