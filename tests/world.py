"""A small state: every kind of account, at two centers, for the matrix and the journeys."""

from dataclasses import dataclass, field
from typing import Any

from portal.people.models import User
from tests.factories import UserFactory

OUT = "signed_out"
MEMBER, OTHER_MEMBER = "member", "other_member"  # Essex, Bristol
COORDINATOR, OTHER_COORDINATOR = "coordinator", "other_coordinator"  # Essex, Cape and Islands
SPECIALIST, AUTHOR, REVIEWER, TRAINER = "specialist", "author", "reviewer", "trainer"
MANAGER, DEPUTY = "manager", "deputy"

ACCOUNTS = (
    MEMBER,
    OTHER_MEMBER,
    COORDINATOR,
    OTHER_COORDINATOR,
    SPECIALIST,
    AUTHOR,
    REVIEWER,
    TRAINER,
    DEPUTY,
    MANAGER,
)
EVERYONE = frozenset(ACCOUNTS)


@dataclass
class World:
    """The accounts by name, and the objects that the apps' builders put in."""

    people: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def build_world() -> World:
    people = {
        MEMBER: UserFactory(first_name="Robin", last_name="Member", center="essex"),
        OTHER_MEMBER: UserFactory(first_name="Lee", last_name="Other", center="bristol"),
        COORDINATOR: UserFactory(first_name="Alex", center="essex", coordinates="essex"),
        OTHER_COORDINATOR: UserFactory(
            first_name="Jo", center="capeislands", coordinates="capeislands"
        ),
        TRAINER: UserFactory(center="essex", roles=("trainer",)),
    }
    for name in (SPECIALIST, AUTHOR, REVIEWER, DEPUTY, MANAGER):
        people[name] = UserFactory(is_statewide=True, roles=(name,))
    return World(people)
