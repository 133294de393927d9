"""Tells the screen for identifying details the full names of everybody who has an account."""

from collections.abc import Iterator

from portal.core.privacy import allowed
from portal.people.models import User


def full_names() -> Iterator[str]:
    """Yield first and last name, and the chosen one. Never a first name alone."""
    people = User.objects.filter(anonymised_on=None)
    for first, last, chosen in people.values_list("first_name", "last_name", "chosen_name"):
        yield f"{first} {last}"
        if chosen:
            yield chosen


allowed.register(full_names)
