"""Merged people: reads ask for every id that counts for a person."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from portal.people.models import PersonAlias, User


def person_ids(user: User) -> list[int]:
    """Return the person's own id and the ids merged into it."""
    merged = PersonAlias.objects.standing().filter(person=user).values_list("alias_id", flat=True)
    return [user.pk, *merged]


def resolve(user: User) -> User:
    """Return the person that an alias counts for, or the person itself."""
    standing = PersonAlias.objects.standing().filter(alias=user).select_related("person")
    alias = standing.first()
    return alias.person if alias else user


def roots(ids: Iterable[int]) -> dict[int, int]:
    """Return for each id, and each id merged into the same person, whom it counts for."""
    standing = PersonAlias.objects.standing()
    found = {pk: pk for pk in ids}
    found.update(standing.filter(alias_id__in=found).values_list("alias_id", "person_id"))
    merged = standing.filter(person_id__in=set(found.values()))
    people = {person: person for person in found.values()}
    return {**people, **found, **dict(merged.values_list("alias_id", "person_id"))}


def counted(account_ids: Collection[int]) -> dict[int, int]:
    """Return each account with the person it counts for, one query for all."""
    merged = PersonAlias.objects.standing().filter(alias_id__in=account_ids)
    return {pk: pk for pk in account_ids} | dict(merged.values_list("alias_id", "person_id"))


def accounts(person_ids: Collection[int]) -> dict[int, int]:
    """Return every account that counts for people, their own included, with the person."""
    merged = PersonAlias.objects.standing().filter(person_id__in=person_ids)
    return {pk: pk for pk in person_ids} | dict(merged.values_list("alias_id", "person_id"))


def counts_for(user: User, path: str = "person") -> Q:
    """Return the filter of rows that count for a person; `path` leads from the row to its own."""
    merged = PersonAlias.objects.standing().filter(person=user)
    return Q(**{path: user}) | Q(**{f"{path}__in": merged.values("alias_id")})
