"""Full names that are colleagues and no finding of the screen."""

from collections.abc import Iterable, Sequence
from typing import Any

from assistance import policies
from portal.people import scope
from portal.people.models import User

NAMED = ("first_name", "last_name")


def people_of(user: User) -> Any:
    """Return the staff and the people at one's own centers."""
    centers = scope.own_centers(user).values("pk")
    people = (
        policies.assignable() | scope.managers() | User.objects.get_queryset().of_centers(centers)
    )
    return people.distinct()


def names_of(people: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(f"{first} {last}".lower() for first, last in people)


def colleagues(user: User) -> frozenset[str]:
    """Return, in lower case, the names of the staff and of the people at one's own centers.

    Full names only: a colleague's first name alone would blind the screen to a child's.
    """
    return names_of(people_of(user).values_list(*NAMED))
