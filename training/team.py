"""A team's training: who is on the roster and what each has completed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from portal.core.prepared import prepared
from portal.people import accounts, scope
from portal.people.models import Center, Discipline, Membership, User
from portal.people.models.person import UserQuerySet
from training import lapsing as lapses
from training import needs, served
from training.kept import KEPT, key_of
from training.models import Completion, ModulePage, ModuleRelease, RequirementRule
from training.needs import Need

FOUNDATIONS = "F"  # codes of the foundations pathway begin with it
PORTION = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """A module for a member: the day it was completed (America/New_York), or None."""

    module: ModulePage
    day: date | None

    @property
    def said(self) -> str:
        """The day as the page says it."""
        return day_said(self.day) if self.day else ""


def day_said(day: date) -> str:
    """Return a day as the team's pages say it."""
    return _said(day, get_language())


@lru_cache(maxsize=4096)
def _said(day: date, language: str | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


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
    return _modules()


@prepared
def _modules() -> QuerySet[ModulePage]:
    released = ModuleRelease.objects.filter(page=OuterRef("pk"))
    pages = ModulePage.objects.live().filter(Exists(released), code__startswith=FOUNDATIONS)
    found: QuerySet[ModulePage] = pages.defer(*served.TEXTS).order_by("code")
    return found


def newest_for(user: User) -> QuerySet[ModulePage]:
    """Return the modules that a person can take, of their discipline or for all, the newest first.

    Each has `released`, when its newest release came out.
    """
    pages = ModulePage.objects.visible_to(user)
    if user.discipline is not None:
        pages = pages.for_discipline(user.discipline.slug)
    newest = ModuleRelease.objects.filter(page=OuterRef("pk")).order_by("-released_at")
    pages = pages.annotate(released=Subquery(newest.values("released_at")[:1]))
    found: QuerySet[ModulePage] = pages.filter(released__isnull=False)
    return found.defer("lessons", "quiz").order_by("-released", "code")


def rows(people: Iterable[User], columns: Sequence[ModulePage]) -> list[Row]:
    """Return the matrix of people by modules, in one query besides that of the people."""
    members = list(people)
    days: dict[tuple[int, int], date] = {}
    centers: dict[int, list[Center]] = {}
    facts = _facts([m.pk for m in members], [m.pk for m in columns], timezone.localdate())
    for person, module, at, center, name in facts:
        if module is None:
            found = Center.from_db(DEFAULT_DB_ALIAS, ["id", "name"], [center, name])
            centers.setdefault(person, []).append(found)
        else:
            days[person, module] = timezone.localdate(at)
    return [
        Row(
            member,
            sorted(centers.get(member.pk, []), key=lambda center: center.name),
            [Cell(page, days.get((member.pk, page.pk))) for page in columns],
        )
        for member in members
    ]


def all_rows(people: QuerySet[User], columns: Sequence[ModulePage]) -> Iterator[Row]:
    """Yield the rows of a whole roster, in portions, for an export."""
    for page in Paginator(people, PORTION):
        yield from rows(page.object_list, columns)


def coverage(people: QuerySet[User], columns: Sequence[ModulePage]) -> Coverage:
    """Count a whole roster, however many pages it has. It reads all that the people completed."""
    completed = Completion.objects.standing().with_counted_person().filter(module__in=columns)
    ours = completed.counting_for(people.values("pk")).values(
        "counted_person"  # type: ignore[misc]  # an annotation of the queryset
    )
    counted = ours.annotate(found=Count("module", distinct=True)).order_by()
    found = people.order_by().aggregate(
        people=Count("pk"), joined=Count("pk", filter=Q(joined_at__isnull=False))
    )
    return Coverage(
        **found,
        covered=counted.filter(found=len(columns)).count() if columns else 0,
        modules=len(columns),
    )


def kept_coverage(
    people: QuerySet[User], columns: Sequence[ModulePage]
) -> tuple[Coverage, datetime]:
    """Return what `coverage` counted of the same people in the last minutes, and when."""
    key = key_of("team.coverage", people, [page.pk for page in columns])
    found: tuple[Coverage, datetime] | None = cache.get(key)
    if found is None:
        found = coverage(people, columns), timezone.now()
        cache.set(key, found, KEPT)
    return found


@prepared
def _facts(ids: list[int], modules: list[int], today: date) -> QuerySet[Any, Any]:
    """Return what people completed, what is known of merged accounts too, the earliest first, and
    the centers they are members of: person, module, instant, center and its name.
    """
    no_id = Value(None, output_field=BigIntegerField())
    nothing = {"no_id": no_id, "no_name": Value("")}
    done = Completion.objects.standing().filter(module__in=modules)
    done = done.filter(person__in=accounts.of_many(ids)).with_counted_person()
    names = ["counted_person", "module_id", "completed_at", "no_id", "no_name"]
    completed: QuerySet[Any, Any] = done.annotate(**nothing).order_by().values_list(*names)
    never = Value(None, output_field=DateTimeField())
    members = (
        Membership.objects.active(today)
        .filter(user__in=ids)
        .annotate(never=never, **nothing)
        .order_by()
        .values_list("user_id", "no_id", "never", "center_id", "center__name")
    )
    return completed.union(members, all=True).order_by("completed_at")


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A member with where they stand under each requirement, by the rule's id."""

    person: User
    needs: dict[int, Need]


def requirement_rows(
    people: Iterable[User],
    *,
    rule: RequirementRule | None = None,
    rules: Sequence[RequirementRule] | None = None,
) -> list[RequirementRow]:
    """Return the rows of a page, in a fixed number of queries; `rules` where they are read."""
    members = list(people)
    found = needs.of_many(members, rules=rules)
    return [
        RequirementRow(
            member,
            {n.rule.pk: n for n in found[member.pk] if rule is None or n.rule.pk == rule.pk},
        )
        for member in members
    ]


def lapsing(
    people: QuerySet[User], *, before: date, rule: RequirementRule | None = None
) -> list[RequirementRow]:
    """Return those whose hours lapse before a day, with what lapses alone."""
    short = lapses.soon(people, before=before, rule=rule)
    return [
        RequirementRow(lapse.person, {need.rule.pk: need for need in lapse.needs})
        for lapse in short
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
