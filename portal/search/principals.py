"""Tokens of who may find what: on a record they are an allow-list, on a person all they hold.

`public`, `member`, `coordinator` (coordinators and staff), `staff`, `manager`, `center:ID`
(coordinators of the center), `user:ID`, `specialist:ID` (that person, while a specialist).
"""

from typing import Any

from portal.people import roles, scope
from portal.people.audience import Audience, readable_by

PUBLIC, MEMBER, COORDINATOR, STAFF, MANAGER = "public", "member", "coordinator", "staff", "manager"

AUDIENCES: dict[str, str] = {
    Audience.PUBLIC: PUBLIC,
    Audience.MEMBERS: MEMBER,
    Audience.COORDINATORS: COORDINATOR,
    Audience.STAFF: STAFF,
}
# Readers of these are everybody: only from such records may a word be suggested.
COMMON = frozenset({PUBLIC, MEMBER})


def of_audience(audience: str) -> list[str]:
    """Return the token of a page's audience; none for an audience that is not known."""
    return [AUDIENCES[audience]] if audience in AUDIENCES else []


def center(pk: int) -> str:
    return f"center:{pk}"


def user(pk: int) -> str:
    return f"user:{pk}"


def specialist(pk: int) -> str:
    return f"specialist:{pk}"


def held_by(person: Any) -> frozenset[str]:
    """Return every token that a person holds today."""
    tokens = {AUDIENCES[audience] for audience in readable_by(person)}
    if not roles.is_member(person):
        return frozenset(tokens)
    tokens.add(user(person.pk))
    if roles.is_manager(person):
        tokens.add(MANAGER)
    if roles.is_specialist(person):
        tokens.add(specialist(person.pk))
    if roles.is_coordinator(person):
        ids = scope.center_ids(person).values_list("center_id", flat=True)
        tokens |= {center(pk) for pk in ids}
    return frozenset(tokens)
