"""A pathway asked of a person by a day; and the standing wish to ask it of many."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import accounts, roles, scope
from portal.people.aliases import person_ids
from portal.people.models import Center, Discipline, Role, User
from portal.people.models.person import UserQuerySet
from training.models.pathway import PathwayPage

ASKED_OF = (Role.COORDINATOR, Role.SPECIALIST, Role.AUTHOR, Role.TRAINER, Role.REVIEWER)


class PlanQuerySet(models.QuerySet["AssignmentPlan"]):
    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """The manager sees every plan, a coordinator the statewide ones and the own centers'."""
        if scope.is_statewide(user):
            return self
        if not roles.is_coordinator(user):
            return self.none()
        own = scope.center_ids(user)
        return self.filter(Q(center__isnull=True) | Q(center_id__in=own))


class AssignmentPlan(models.Model):
    """Whoever has the discipline and the role, in a center or statewide, is asked for a pathway.

    Without discipline and role it is everybody who has joined. `days` run from the day on which a
    person is first met by the plan. With `again_months` it is asked anew: so many months after it
    was due or done, within a window that opens `window_days` before.
    """

    pathway = models.ForeignKey(PathwayPage, models.PROTECT, related_name="plans")
    center = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="+")
    discipline = models.ForeignKey(
        Discipline, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=12, blank=True, choices=[(r.value, r.label) for r in Role])
    days = models.PositiveSmallIntegerField(
        default=90, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    again_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(6), MaxValueValidator(60)]
    )
    window_days = models.PositiveSmallIntegerField(
        default=90, validators=[MinValueValidator(7), MaxValueValidator(180)]
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_on = models.DateField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pathway__title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "pathway",
                models.functions.Coalesce("center", 0),
                models.functions.Coalesce("discipline", 0),
                "role",
                condition=Q(ended_on__isnull=True),
                name="one_open_plan",
            )
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> Self:
        """Leave out what is done, waived or taken back."""
        return self.filter(completed_on=None, waived_on=None, withdrawn_on=None)

    def standing(self) -> Self:
        return self.filter(withdrawn_on=None)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def of(self, person: User) -> Self:
        return self.of_account(person.pk)

    def of_account(self, person_id: int) -> Self:
        return self.filter(person_id__in=accounts.of(person_id))

    def visible_to(self, user: Any) -> Self:
        """One's own; for a coordinator those of the centers' members; for a manager all."""
        if scope.is_statewide(user):
            return self
        team = UserQuerySet(User).of_centers(scope.center_ids(user)).values("pk")
        return self.filter(Q(person_id__in=person_ids(user)) | Q(person_id__in=team))


class Assignment(models.Model):
    """One person is asked for one pathway by `due_on` (America/New_York).

    `modules` are the pathway's modules that could be taken when it was assigned: what is added
    later is asked by a later assignment. `completed_on` is the day on which the last of them was
    completed; it is written once. From the second cycle on only what was completed on or after
    `counts_from` counts.
    """

    class Waiver(models.TextChoices):
        ELSEWHERE = "elsewhere", _("Has equal training from elsewhere")
        LEAVE = "leave", _("Is on leave")
        ROLE = "role", _("Is not part of this person's work")
        CENTER = "center", _("Is asked by another center")

    person = models.ForeignKey(User, models.PROTECT, related_name="pathway_assignments")
    pathway = models.ForeignKey(PathwayPage, models.PROTECT, related_name="assignments")
    modules = models.JSONField(help_text=_("Ids of module pages"))
    plan = models.ForeignKey(AssignmentPlan, models.PROTECT, null=True, related_name="assignments")
    cycle = models.PositiveSmallIntegerField(default=1)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)
    counts_from = models.DateField(null=True)
    due_on = models.DateField()
    completed_on = models.DateField(null=True)
    waived_on = models.DateField(null=True)
    waiver = models.CharField(max_length=12, choices=Waiver, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "pathway", "cycle"], name="assignment_once_a_cycle"
            ),
            models.UniqueConstraint(
                fields=["person", "pathway"],
                condition=Q(completed_on=None, waived_on=None, withdrawn_on=None),
                name="one_open_pathway_assignment",
            ),
            models.CheckConstraint(
                condition=Q(waived_on=None, waiver="", waived_by=None)
                | (Q(waived_on__isnull=False, waived_by__isnull=False) & ~Q(waiver="")),
                name="waiver_has_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"])]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"

    @property
    def state(self) -> str:
        """Return withdrawn, waived, complete, overdue or open."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.waived_on:
            return "waived"
        if self.completed_on:
            return "complete"
        return "overdue" if self.due_on < timezone.localdate() else "open"

    @property
    def is_open(self) -> bool:
        return self.state in {"open", "overdue"}

    def ends_cycle_on(self) -> date | None:
        """Return the day from which the next cycle's months run: no day is lost by being early."""
        if self.waived_on:
            return self.waived_on
        if not self.completed_on:
            return None
        if self.cycle > 1 and self.completed_on <= self.due_on:
            return self.due_on
        return self.completed_on


def window(due_on: date, days: int) -> date:
    """Return the day on which the window before a due day opens."""
    return due_on - timedelta(days=days)
