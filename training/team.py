"""A team's training: who is on the roster and what each has completed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.people import scope
from portal.people.models import Center, Discipline, Membership, PersonAlias, User
from portal.people.models.person import UserQuerySet
from training import needs
from training.models import Completion, ModulePage, ModuleRelease, RequirementRule
from training.needs import Need

FOUNDATIONS = "F"  # codes of the foundations pathway begin with it
PORTION = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """A module for a member: the day it was completed (America/New_York), or None."""

    module: ModulePage
    day: date | None


@dataclass(frozen=True, slots=True)
class Row:
    person: User
    centers: Sequence[Center]
    cells: Sequence[Cell]

    @property
    def done(self) -> int:
        return sum(cell.day is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a roster is: people, who has joined, who completed every module on offer."""

    people: int
    joined: int
    covered: int
    modules: int


def roster(
    user: User, *, center: Center | None = None, discipline: Discipline | None = None
) -> QuerySet[User]:
    """Return the people on the rosters that a coordinator, or the manager, answers for.

    A coordinator's own centers only; the manager sees everyone, the statewide included. Somebody
    merged into another account does not stand twice.
    """
    people = UserQuerySet(User).on_roster().known_once()
    if center is not None:
        people = people.of_centers([center.pk])
    elif not scope.is_statewide(user):
        people = people.of_centers(scope.center_ids(user))
    if discipline is not None:
        people = people.filter(discipline=discipline)
    return people.select_related("discipline").order_by("last_name", "first_name", "pk")


def modules() -> list[ModulePage]:
    """Return the foundations modules that can be taken now, by code."""
    released = ModuleRelease.objects.filter(page=OuterRef("pk"))
    pages = ModulePage.objects.live().filter(Exists(released), code__startswith=FOUNDATIONS)
    return list(pages.order_by("code"))


def rows(people: Iterable[User], columns: Sequence[ModulePage]) -> list[Row]:
    """Return the matrix of people by modules, in a fixed number of queries."""
    members = list(people)
    ids = {member.pk: member.pk for member in members}
    merged = (
        PersonAlias.objects.standing()
        .filter(person_id__in=ids)
        .values_list("alias_id", "person_id")
    )
    ids.update(merged)
    days = _days(ids, columns)
    active = Membership.objects.active().select_related("center").filter(user_id__in=ids)
    centers: dict[int, list[Center]] = {}
    for membership in active.order_by("center__name"):
        centers.setdefault(membership.user_id, []).append(membership.center)
    return [
        Row(
            member,
            centers.get(member.pk, []),
            [Cell(page, days.get((member.pk, page.pk))) for page in columns],
        )
        for member in members
    ]


def all_rows(people: QuerySet[User], columns: Sequence[ModulePage]) -> Iterator[Row]:
    """Yield the rows of a whole roster, in portions, for an export."""
    for page in Paginator(people, PORTION):
        yield from rows(page.object_list, columns)


def coverage(people: QuerySet[User], columns: Sequence[ModulePage]) -> Coverage:
    """Count a whole roster, however many pages it has."""
    completed = Completion.objects.standing().with_counted_person().filter(module__in=columns)
    ours = completed.counting_for(people.values("pk")).values(
        "counted_person"  # type: ignore[misc]  # an annotation of the queryset
    )
    counted = ours.annotate(found=Count("module", distinct=True)).order_by()
    return Coverage(
        people=people.count(),
        joined=people.filter(joined_at__isnull=False).count(),
        covered=counted.filter(found=len(columns)).count() if columns else 0,
        modules=len(columns),
    )


def _days(ids: dict[int, int], columns: Sequence[ModulePage]) -> dict[tuple[int, int], date]:
    completed = Completion.objects.standing().filter(person_id__in=ids, module__in=columns)
    found = completed.order_by("completed_at").values_list("person_id", "module_id", "completed_at")
    return {(ids[person], module): timezone.localdate(at) for person, module, at in found}


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A member with where they stand under each requirement, by the rule's id."""

    person: User
    needs: dict[int, Need]


def requirement_rows(
    people: Iterable[User], *, rule: RequirementRule | None = None
) -> list[RequirementRow]:
    """Return the rows of a page, in a fixed number of queries."""
    members = list(people)
    found = needs.of_many(members)
    return [
        RequirementRow(
            member,
            {n.rule.pk: n for n in found[member.pk] if rule is None or n.rule.pk == rule.pk},
        )
        for member in members
    ]


def falling_short(
    people: QuerySet[User], *, before: date, rule: RequirementRule | None = None
) -> list[RequirementRow]:
    """Return those who do not meet a requirement now, or will not on the day `before`."""
    short = []
    for page in Paginator(people, PORTION):
        for row in requirement_rows(page.object_list, rule=rule):
            if any(need.falls_short(before) for need in row.needs.values()):
                short.append(row)
    return short


def rules_of(rows: Iterable[RequirementRow]) -> list[RequirementRule]:
    """Return the requirements that anybody of the rows falls under, by name."""
    found = {pk: need.rule for row in rows for pk, need in row.needs.items()}
    return sorted(found.values(), key=lambda rule: rule.name)
