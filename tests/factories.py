"""People and places for tests; each app's own factories stand in its folder. All fictional."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.people.models import (
    Attestation,
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
    def attested(self, create: bool, days_ago: int | None, **kwargs: object) -> None:
        """Who has joined has attested, today or `attested=N` days ago; `attested=-1` never did."""
        if self.joined_at and days_ago != -1:
            at = timezone.now() - timedelta(days=days_ago or 0)
            Attestation.objects.create(user=self, wording="test", attested_at=at)

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
