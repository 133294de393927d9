"""Requirements as data: what a standard or a licence asks of whom, until staff confirm it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from portal.people.models import Discipline, User


class RequirementRuleQuerySet(models.QuerySet["RequirementRule"]):
    def in_effect(self, on: Any = None) -> Self:
        """Keep the rules of a day (default today, America/New_York)."""
        day = on or timezone.localdate()
        return self.filter(effective_from__lte=day).filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=day)
        )

    def falling_on(self, person: User, on: Any = None) -> Self:
        """Keep what a person falls under: by discipline, or by a licence that they named."""
        return self.falling_on_ids(person.pk, person.discipline_id or 0, on)

    def falling_on_ids(self, person_id: int, discipline_id: int, on: Any = None) -> Self:
        """Keep the same by ids; 0 is no discipline."""
        everybody = Q(is_licence=False, disciplines__isnull=True)
        of_discipline = Q(is_licence=False, disciplines=discipline_id)
        licensed = Q(is_licence=True, licences__person=person_id, licences__ended_on__isnull=True)
        rules = self.in_effect(on).filter(everybody | of_discipline | licensed)
        return rules.distinct().prefetch_related("clauses")


class RequirementRule(models.Model):
    """One requirement. Hours are kept as minutes; `hour_minutes` is the scheme's own hour.

    `verified_on` is empty until somebody of the staff has read the source: the page says so.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Once, at the beginning")
        ROLLING = "rolling", _("Within a window that moves with every day")
        ANNUAL = "annual", _("Each calendar year")
        CYCLE = "cycle", _("Within a cycle that ends on a fixed day")

    class Rounding(models.TextChoices):
        CUT = "cut", _("Cut to hundredths of an hour")
        QUARTER = "quarter", _("Cut to quarters of an hour")
        HALF = "half", _("Cut to halves of an hour")
        WHOLE = "whole", _("Cut to whole hours")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    standard = models.CharField(max_length=160, help_text=_("Whose rule it is"))
    edition = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    window_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(120)],
        help_text=_("Of a rolling window or of a cycle"),
    )
    hour_minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(45), MaxValueValidator(60)]
    )
    rounding = models.CharField(max_length=8, choices=Rounding, default=Rounding.CUT)
    disciplines = models.ManyToManyField(
        Discipline, blank=True, related_name="+", help_text=_("Leave empty for the whole team")
    )
    is_licence = models.BooleanField(default=False, help_text=_("Applies to who names the licence"))
    counts_every_module = models.BooleanField(
        default=False, help_text=_("Else only what an offer of credit names counts")
    )
    needs_approved_curriculum = models.BooleanField(default=False)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, validators=[validate_screened])
    source = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verified_on = models.DateField(null=True, blank=True)

    objects = RequirementRuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["is_licence", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["rolling", "cycle"])
                | Q(window_months__isnull=False, window_months__gt=0),
                name="requirement_window_is_said",
            ),
            # The end of a cycle is typed with the licence; without one there is no cycle.
            models.CheckConstraint(
                condition=~Q(kind="cycle") | Q(is_licence=True), name="requirement_cycle_is_licence"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_to__gte=models.F("effective_from")),
                name="requirement_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


class RequirementClause(models.Model):
    """One thing that a rule asks. Which fields are used depends on the kind."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("Minutes, all or of a category")
        TOPICS = "topics", _("Each of some topics covered")
        DISTINCT = "distinct", _("A number of different topics of a category")
        EVENTS = "events", _("A number of events, such as peer reviews")
        SHARE = "share", _("A largest share of one kind of source")

    rule = models.ForeignKey(RequirementRule, models.CASCADE, related_name="clauses")
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text=_("Clock minutes"))
    category = models.SlugField(blank=True, help_text=_("Empty: everything counts"))
    topics = models.JSONField(default=list, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)], help_text=_("Per cent at most")
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="minutes") | Q(minutes__isnull=False, minutes__gt=0),
                name="clause_minutes_said",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["distinct", "events"]) | Q(count__isnull=False, count__gt=0),
                name="clause_count_said",
            ),
            models.CheckConstraint(
                condition=~Q(kind="share") | Q(share__isnull=False), name="clause_share_said"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CreditOffer(models.Model):
    """A module, a live session or training elsewhere counts for a rule, on days from and to, with
    the authority's approval if it asks.

    What was awarded by an offer stays when the offer changes or goes.
    """

    module = models.ForeignKey(
        "training.ModulePage", models.CASCADE, null=True, related_name="offers"
    )
    session = models.ForeignKey(
        "training.LiveSession", models.CASCADE, null=True, blank=True, related_name="offers"
    )
    outside = models.ForeignKey(
        "training.OutsideTraining", models.CASCADE, null=True, blank=True, related_name="offers"
    )
    rule = models.ForeignKey(RequirementRule, models.CASCADE, related_name="offers")
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Empty: the published minutes of the release")
    )
    category = models.SlugField(blank=True)
    approval_number = models.CharField(max_length=60, blank=True, validators=[validate_screened])
    needs_evaluation = models.BooleanField(
        default=False, help_text=_("Credit is awarded once the learner has evaluated the module")
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["rule", "module"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["module", "rule", "valid_from"], name="offer_once_from_a_day"
            ),
            models.UniqueConstraint(fields=["session", "rule"], name="session_offer_once"),
            models.UniqueConstraint(fields=["outside", "rule"], name="outside_offer_once"),
            models.CheckConstraint(
                condition=Q(module__isnull=False, session__isnull=True, outside__isnull=True)
                | Q(module__isnull=True, session__isnull=False, outside__isnull=True)
                | Q(module__isnull=True, session__isnull=True, outside__isnull=False),
                name="offer_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="offer_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} for {self.rule_id}"

    @property
    def activity(self) -> tuple[str, int]:
        """Return what it is an offer of, as `Completion.activity` says it."""
        if self.module_id is not None:
            return "module", self.module_id
        if self.session_id is not None:
            return "session", self.session_id
        return "outside", self.outside_id or 0

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Licence(models.Model):
    """A person says that they hold a licence, and when its cycle ends. No number, no birth date."""

    person = models.ForeignKey(User, models.PROTECT, related_name="licences")
    rule = models.ForeignKey(RequirementRule, models.PROTECT, related_name="licences")
    cycle_ends_on = models.DateField(help_text=_("The last day of a cycle, this one or an earlier"))
    named_on = models.DateField(default=timezone.localdate, editable=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["rule__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "rule"],
                condition=Q(ended_on__isnull=True),
                name="one_open_licence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rule_id}"
