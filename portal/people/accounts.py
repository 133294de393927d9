"""The accounts that count for a person as part of a statement, so that none is asked before it.

A union, not an "or": PostgreSQL looks its rows up one by one in the index of what is asked for.
Where many tables are joined it no longer finds that way: there the ids are asked for first
(`people.aliases.person_ids`).
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from portal.core.prepared import prepared
from portal.people.models import PersonAlias, User


def of(person_id: int) -> QuerySet[Any, Any]:
    """Return the ids that `people.aliases.person_ids` lists."""
    return _self(person_id).union(_merged().filter(person=person_id).values_list("alias_id"))


def of_many(person_ids: Collection[int]) -> QuerySet[Any, Any]:
    """Return the same for several people."""
    own = User.objects.filter(pk__in=person_ids).order_by().values_list("pk")
    return own.union(_merged().filter(person__in=person_ids).values_list("alias_id"))


def around(account_id: int) -> QuerySet[Any, Any]:
    """Return the ids of everybody who may be the same person: whom it counts for, their others."""
    resolved = _merged().filter(alias=account_id).values_list("person_id")
    others = _merged().filter(person__in=resolved).values_list("alias_id")
    return of(account_id).union(resolved, others)


def everybody(account_ids: Collection[int]) -> dict[int, int]:
    """Return the accounts, and every other one of the same people, with whom each counts for."""
    pairs = dict(_pairs(list(account_ids)))
    people = {pk: pairs.get(pk, pk) for pk in account_ids}
    who = set(people.values())
    merged = {alias: person for alias, person in pairs.items() if person in who}
    return {**{pk: pk for pk in who}, **merged, **people}


@prepared
def _pairs(account_ids: list[int]) -> QuerySet[Any, tuple[int, int]]:
    resolved = _merged().filter(alias__in=account_ids).values("person")
    known = Q(alias__in=account_ids) | Q(person__in=account_ids) | Q(person__in=resolved)
    return _merged().filter(known).values_list("alias_id", "person_id")


def _self(person_id: int) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=person_id).order_by().values_list("pk")


def _merged() -> QuerySet[Any]:
    return PersonAlias.objects.standing().order_by()
