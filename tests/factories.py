"""People and places for tests; each app's own factories stand in its folder. All fictional."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.people.models import (
    Center,
    CoordinatorAssignment,
    Discipline,
    Membership,
    RoleGrant,
    User,
)


class UserFactory(DjangoModelFactory):
    """A member who has joined. Traits: `roster` (has not joined yet)."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Sam"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    discipline = factory.LazyFunction(lambda: Discipline.objects.get(slug="cac-advocate"))
    joined_at = factory.LazyFunction(timezone.now)
    password = factory.django.Password("a long test password")

    class Params:
        roster = factory.Trait(joined_at=None, password="!")

    @factory.post_generation
    def center(self, create: bool, slug: str | None, **kwargs: object) -> None:
        """`center="essex"` makes the person a member of that center."""
        if slug:
            Membership.objects.create(user=self, center=Center.objects.get(slug=slug))

    @factory.post_generation
    def coordinates(self, create: bool, slug: str | None, **kwargs: object) -> None:
        """`coordinates="essex"` makes the person that center's coordinator."""
        if slug:
            center = Center.objects.get(slug=slug)
            CoordinatorAssignment.objects.create(user=self, center=center)

    @factory.post_generation
    def roles(self, create: bool, names: tuple[str, ...] | None, **kwargs: object) -> None:
        """`roles=("manager",)` grants roles; Wagtail's groups follow."""
        from portal.people import grants

        for name in names or ():
            grants.grant(self, name, by=None)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant
