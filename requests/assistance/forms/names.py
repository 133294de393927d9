"""Full names that are colleagues and no finding of the screen."""

from assistance import policies
from portal.people import scope
from portal.people.models import User


def colleagues(user: User) -> frozenset[str]:
    """Return, in lower case, the names of the staff and of the people at one's own centers.

    Full names only: a colleague's first name alone would blind the screen to a child's.
    """
    centers = scope.own_centers(user).values("pk")
    people = (
        policies.assignable() | scope.managers() | User.objects.get_queryset().of_centers(centers)
    )
    names = people.distinct().values_list("first_name", "last_name")
    return frozenset(f"{first} {last}".lower() for first, last in names)
