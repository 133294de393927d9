"""Merged people: reads ask for every id that counts for a person."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q, QuerySet

from portal.core.prepared import prepared
from portal.people.models import PersonAlias, User

_known: ContextVar[dict[int, list[int]] | None] = ContextVar("known_ids", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for each person once, while a page of many parts is read; nobody is merged within."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def person_ids(user: User) -> list[int]:
    """Return the person's own id and the ids merged into it."""
    known = _known.get()
    if known is None:
        return _read_ids(user)
    if user.pk not in known:
        known[user.pk] = _read_ids(user)
    return list(known[user.pk])


def _read_ids(user: User) -> list[int]:
    return [user.pk, *_merged_into(user.pk)]


@prepared
def _merged_into(person_id: int) -> QuerySet[Any, int]:
    merged = PersonAlias.objects.standing().filter(person=person_id)
    return merged.values_list("alias_id", flat=True)


def resolve(user: User) -> User:
    """Return the person that an alias counts for, or the person itself."""
    return next((alias.person for alias in _resolved(user.pk)), user)


@prepared
def _resolved(account_id: int) -> QuerySet[PersonAlias]:
    standing = PersonAlias.objects.standing().filter(alias=account_id)
    return standing.select_related("person").order_by("pk")[:1]


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
