"""How far guidance is read, by center: the manager sees the state, a coordinator the own centers.

Whoever has joined is counted. Merged accounts count as one person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.people import aliases, scope
from portal.people.models import Center, CoordinatorAssignment, Membership, PersonAlias, User
from resources.models import Acknowledgement, MustRead, ResourcePage


@dataclass(frozen=True, slots=True)
class Asked:
    """One person of one center, of whom something may be asked."""

    person: int
    discipline: int | None
    center: int


@dataclass(frozen=True, slots=True)
class PageState:
    """How many of those who must read a page have said that they did."""

    page: ResourcePage
    asked: int
    read: int

    @property
    def unread(self) -> int:
        return self.asked - self.read


@dataclass(frozen=True, slots=True)
class CenterState:
    """The same at one center, with who has not."""

    center: Center
    asked: int
    read: int
    waiting: Sequence[User]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of whom guidance may be asked, by the way it is asked."""

    coordinators: Sequence[Asked]
    members: Sequence[Asked]

    def of(self, page: ResourcePage, disciplines: Iterable[int]) -> list[Asked]:
        if page.must_read == MustRead.COORDINATORS:
            return list(self.coordinators)
        named = set(disciplines)
        everyone = page.must_read == MustRead.MEMBERS
        return [one for one in self.members if everyone or one.discipline in named]


def pages() -> QuerySet[ResourcePage]:
    """Return the published guidance that somebody must read, by title."""
    found: QuerySet[ResourcePage] = ResourcePage.objects.that_must_be_read()
    return found.order_by("title", "pk")


def pages_for(user: User) -> QuerySet[ResourcePage]:
    """Return those whose state the person may see; a page out of their sight is not named."""
    return pages().filter(pk__in=ResourcePage.objects.visible_to(user).values("pk"))


def people(centers: QuerySet[Center] | None = None) -> People:
    """Return whom guidance may be asked of, at some centers or at all, in two queries."""
    return People(_rows(CoordinatorAssignment, centers), _rows(Membership, centers))


def overview(rows: Sequence[ResourcePage], user: User) -> list[PageState]:
    """Return the state of pages over the centers of a person, in a fixed number of queries."""
    everybody, read = people(scope.centers(user)), read_of(rows)
    named = disciplines_of(rows)
    states = []
    for page in rows:
        asked = {one.person for one in everybody.of(page, named[page.pk])}
        states.append(PageState(page, len(asked), len(asked & read[page.pk])))
    return states


def unread(user: User) -> list[PageState]:
    """Return the pages that not everybody in a person's centers has read, the least read first."""
    rows = list(pages_for(user).defer("body", "sources"))
    states = [state for state in overview(rows, user) if state.unread > 0]
    return sorted(states, key=lambda state: (-state.unread, state.page.title))


def by_center(page: ResourcePage, user: User) -> list[CenterState]:
    """Return the state of a page at each center that the person answers for, by name."""
    centers = scope.centers(user)
    asked = people(centers).of(page, disciplines_of([page])[page.pk])
    read = read_of([page])[page.pk]
    members: dict[int, set[int]] = defaultdict(set)
    for one in asked:
        members[one.center].add(one.person)
    late = User.objects.filter(pk__in={one.person for one in asked} - read)
    names = {user.pk: user for user in late}
    return [_center(center, members[center.pk], read, names) for center in centers]


def read_of(rows: Sequence[ResourcePage]) -> Mapping[int, set[int]]:
    """Return who read each page in the version it has now, merged accounts as their person."""
    versions = {page.pk: page.version for page in rows}
    said = Acknowledgement.objects.filter(page__in=versions)
    found = list(said.values_list("page_id", "version", "person_id"))
    person = aliases.counted({who for _page, _version, who in found})
    read: dict[int, set[int]] = defaultdict(set)
    for page, version, who in found:
        if versions[page] == version:
            read[page].add(person[who])
    return read


def disciplines_of(rows: Sequence[ResourcePage]) -> Mapping[int, set[int]]:
    through = ResourcePage.disciplines.through.objects.filter(resourcepage__in=rows)
    named: dict[int, set[int]] = defaultdict(set)
    for page, discipline in through.values_list("resourcepage_id", "discipline_id"):
        named[page].add(discipline)
    return named


def _center(
    center: Center, asked: set[int], read: set[int], names: Mapping[int, User]
) -> CenterState:
    waiting = [names[pk] for pk in asked - read if pk in names]
    waiting.sort(key=lambda user: (user.last_name, user.first_name, user.pk))
    return CenterState(center, len(asked), len(asked & read), waiting)


def _rows(model: Any, centers: QuerySet[Center] | None) -> list[Asked]:
    merged = PersonAlias.objects.standing().values("alias_id")
    rows = model.objects.active().filter(user__is_active=True, user__joined_at__isnull=False)
    rows = rows.exclude(user__in=merged)
    if centers is not None:
        rows = rows.filter(center__in=centers.values("pk"))
    found = rows.order_by().values_list("user_id", "user__discipline_id", "center_id")
    return [Asked(*row) for row in found.distinct()]
