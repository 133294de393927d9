"""Merged people: reads ask for every id that counts for a person."""

from portal.people.models import PersonAlias, User


def person_ids(user: User) -> list[int]:
    """Return the person's own id and the ids merged into it."""
    merged = PersonAlias.objects.filter(person=user).values_list("alias_id", flat=True)
    return [user.pk, *merged]


def resolve(user: User) -> User:
    """Return the person that an alias counts for, or the person itself."""
    alias = PersonAlias.objects.filter(alias=user).select_related("person").first()
    return alias.person if alias else user
