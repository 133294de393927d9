"""Who does what: memberships, coordinator assignments, roles and duties, all dated."""

from typing import ClassVar

from django.db import models

from portal.people.models.dated import Dated
from portal.people.models.person import User
from portal.people.models.place import Center


class Role(models.TextChoices):
    """Roles and duties. Everyone is a member; coordinators follow from their assignments."""

    MEMBER = "member", "Member"
    COORDINATOR = "coordinator", "Coordinator"
    SPECIALIST = "specialist", "Specialist"
    AUTHOR = "author", "Author"
    MANAGER = "manager", "Program manager"
    TRAINER = "trainer", "Trainer"
    REVIEWER = "reviewer", "Reviewer"
    DEPUTY = "deputy", "Deputy"


GRANTED = (Role.SPECIALIST, Role.AUTHOR, Role.MANAGER, Role.TRAINER, Role.REVIEWER, Role.DEPUTY)


class Membership(Dated):
    """A person works with the team of a center."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    center = models.ForeignKey(Center, models.PROTECT, related_name="memberships")

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "center"],
                condition=models.Q(ends_on__isnull=True),
                name="one_open_membership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.center}"


class CoordinatorAssignment(Dated):
    """A person coordinates the response of a center. The label is the center's own title."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "Primary"
        BACKUP = "backup", "Backup"

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    center = models.ForeignKey(Center, models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PRIMARY)
    role_label = models.CharField(max_length=60, default="Coordinator")

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "center", "kind"],
                condition=models.Q(ends_on__isnull=True),
                name="one_open_assignment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role_label} of {self.center}"


class RoleGrant(Dated):
    """A role or duty that the manager gave, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in GRANTED])
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="one_open_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
