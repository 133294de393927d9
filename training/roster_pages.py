"""Pages of a roster that is not counted each time."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from portal.people.models import User
from training.kept import KEPT, key_of

PER_PAGE = 50


class RosterPages(Paginator):  # type: ignore[type-arg]
    """Pages of people who were counted some minutes ago.

    Every page is read as it is now, with one person more: that tells whether another page comes,
    so that nobody is out of reach however old the count is.
    """

    def __init__(self, people: QuerySet[User], *, known: int) -> None:
        super().__init__(people, PER_PAGE)
        self._say(known)

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        found = list(self.object_list[first : first + self.per_page + 1])
        if not found and number > 1:
            self._say(len(self.object_list))
            return self.page(self.num_pages)
        there = first + len(found)
        has_more = len(found) > self.per_page
        self._say(max(self.count, there) if has_more else there)
        return Page(found[: self.per_page], number, self)

    def _say(self, count: int) -> None:
        self.count = count  # in the place where Django keeps it
        self.__dict__.pop("num_pages", None)


def counted(people: QuerySet[User]) -> int:
    """Return how many people there were in the last minutes."""
    return int(cache.get_or_set(key_of("team.count", people), people.count, KEPT) or 0)
