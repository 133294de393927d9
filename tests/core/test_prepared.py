"""A statement that was compiled once gives what the queryset gives, whatever the values."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.utils import timezone

from portal.core.models import Event
from portal.core.prepared import Misplaced, prepared
from portal.people.models import Membership, Role, RoleGrant, User
from tests.factories import UserFactory
from tests.world import World
from training.models import ProgressEvent

Counting = Callable[..., Any]


def test_related_rows_annotations_and_what_is_fetched_beside_come_along(world: World) -> None:
    def build(user_id: int, today: date) -> QuerySet[User]:
        grants = RoleGrant.objects.active(today).filter(user=OuterRef("pk"))
        rows = User.objects.filter(pk=user_id).select_related("discipline")
        rows = rows.prefetch_related(Prefetch("memberships", Membership.objects.order_by("pk")))
        return rows.annotate(is_granted=Exists(grants), said=Subquery(grants.values("role")[:1]))

    asked = prepared(build)
    today = timezone.localdate()
    for person in (world.manager, world.member, world.coordinator):
        [mine], [theirs] = asked(person.pk, today), list(build(person.pk, today))
        assert (mine, mine.discipline) == (theirs, theirs.discipline)
        assert mine.is_granted == theirs.is_granted  # type: ignore[attr-defined]
        assert mine.said == theirs.said  # type: ignore[attr-defined]
        assert list(mine.memberships.all()) == list(theirs.memberships.all())
    assert len(asked.forms) == 1


def test_a_union_gives_its_tuples(world: World) -> None:
    @prepared
    def asked(one: int, other: str) -> QuerySet[Any, tuple[str, int]]:
        rows = User.objects.filter(pk=one).annotate(of=Value("id")).values_list("of", "pk")
        others = User.objects.filter(email=other).annotate(of=Value("mail"))
        return rows.order_by().union(others.order_by().values_list("of", "pk"), all=True)

    for _time in range(2):
        found = asked(world.member.pk, world.manager.email)
        assert sorted(found) == [("id", world.member.pk), ("mail", world.manager.pk)]


def test_instants_and_keys_are_values(db: None) -> None:
    @prepared
    def asked(since: datetime, key: UUID) -> QuerySet[ProgressEvent]:
        return ProgressEvent.objects.filter(at__gte=since, key=key)

    @prepared
    def events(since: datetime) -> QuerySet[Event]:
        return Event.objects.filter(at__gte=since).order_by("pk")

    made = [Event.objects.create(kind="test.happened", at=timezone.now()) for _number in range(2)]
    assert asked(timezone.now(), uuid4()) == []
    assert events(timezone.now() - timedelta(minutes=1)) == made
    assert events(timezone.now() + timedelta(minutes=1)) == []


def test_a_list_is_asked_whatever_its_length(db: None, django_assert_num_queries: Counting) -> None:
    @prepared
    def asked(ids: list[int]) -> QuerySet[User]:
        return User.objects.filter(pk__in=ids).order_by("pk")

    people = [UserFactory.create() for _number in range(9)]
    for count in (1, 2, 3, 5, 9, 3):
        some = people[:count]
        assert asked([person.pk for person in some]) == some
    assert len(asked.forms) == len([1, 2, 4, 8, 16])
    assert asked([people[0].pk] * 3) == people[:1]
    with django_assert_num_queries(0):
        assert asked([]) == []
    far_more = [person.pk for person in people] + list(range(10_000, 10_200))
    assert asked(far_more) == people


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_within_a_transaction(settings: Any) -> None:
    @prepared
    def locked(pk: int) -> QuerySet[User]:
        return User.objects.select_for_update().filter(pk=pk)

    person = UserFactory.create()
    with transaction.atomic():
        assert locked(person.pk) == [person]
    settings.PREPARED_CHECKED = False
    with pytest.raises(transaction.TransactionManagementError):
        locked(person.pk)


def test_a_constant_is_no_value(world: World) -> None:
    @prepared
    def asked(pk: int, other: int) -> QuerySet[RoleGrant]:
        rows = RoleGrant.objects.filter(user__is_active=True, user__is_staff=False)
        return rows.filter(Q(user=pk) | Q(user=other), role=Role.MANAGER)

    assert len(asked(world.manager.pk, 0)) == 1
    assert len(asked(0, world.manager.pk)) == 1
    assert asked(world.member.pk, 0) == []


def test_a_number_too_large_for_a_column_is_asked_as_ever(db: None) -> None:
    @prepared
    def asked(pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=pk)

    assert asked(2**70) == []
    assert asked.forms == {}


def test_what_is_no_value_is_part_of_the_shape(world: World) -> None:
    @prepared
    def asked(role: Role | None, names: tuple[str, ...]) -> QuerySet[RoleGrant]:
        rows = RoleGrant.objects.filter(user__last_name__in=names) if names else RoleGrant.objects
        return rows.filter(role=role) if role else rows.order_by("pk")

    every = list(RoleGrant.objects.order_by("pk"))
    assert asked(None, ()) == every
    assert asked(Role.MANAGER, ()) == [row for row in every if row.role == Role.MANAGER]
    mine = [row for row in every if row.user == world.manager]
    assert asked(None, (world.manager.last_name,)) == mine


def test_the_statement_is_built_once(world: World, settings: Any) -> None:
    settings.PREPARED_CHECKED = False
    built = []

    @prepared
    def asked(pk: int) -> QuerySet[User]:
        built.append(pk)
        return User.objects.filter(pk=pk)

    for person in (world.member, world.manager, world.coordinator):
        assert asked(person.pk) == [person]
    assert len(built) == 1


def test_an_argument_that_is_no_parameter_is_refused(db: None) -> None:
    @prepared
    def sliced(count: int) -> QuerySet[User]:
        return User.objects.all()[:count]

    @prepared
    def part(word: str) -> QuerySet[User]:
        return User.objects.filter(first_name__contains=word)

    with pytest.raises(Misplaced):
        sliced(3)
    with pytest.raises(Misplaced):
        part("a")
    with pytest.raises(TypeError):
        part(word="a")


def test_a_statement_by_something_else_than_its_arguments_is_refused(world: World) -> None:
    @prepared
    def by_the_clock(pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=pk, joined_at__lt=timezone.now())

    @prepared
    def by_the_day(user_id: int) -> QuerySet[RoleGrant]:
        return RoleGrant.objects.active().filter(user=user_id)

    @prepared
    def by_the_value(pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=pk) if pk > 10**9 else User.objects.filter(Q(pk=pk), Q(pk=pk))

    for wrong in (by_the_clock, by_the_day, by_the_value):
        with pytest.raises(Misplaced):
            wrong(world.member.pk)


def test_a_long_list_hides_nothing_else(world: World) -> None:
    others = [world.member.pk]

    @prepared
    def asked(ids: list[int]) -> QuerySet[User]:
        return User.objects.filter(pk__in=[*ids, *others])

    three = [world.manager.pk, world.author.pk, world.reviewer.pk]
    assert len(asked(three)) == len([*three, *others])
    others.append(world.coordinator.pk)
    with pytest.raises(Misplaced):
        asked(three)
