"""What was done: one visit, call, training or written piece of help, and what is to follow."""

from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models.choices import topic_label
from assistance.models.ticket import Ticket
from portal.core.funding import Funding
from portal.people import roles
from portal.people.models import Center, Discipline, User


class GoalStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    MET = "met", _("Met")
    DROPPED = "dropped", _("Dropped")


class ActivityQuerySet(models.QuerySet["ActivityRecord"]):
    def visible_to(self, user: Any) -> Self:
        """Keep what a person may see. `policies.can_see_record` is the same rule for one.

        The manager sees all; a specialist what they recorded and what belongs to the requests
        assigned to them; a coordinator what is approved of the own centers.
        """
        if not roles.is_member(user):
            return self.none()
        if roles.is_manager(user):
            return self
        seen = Q(pk__in=[])
        if roles.is_specialist(user):
            seen |= Q(recorded_by=user) | Q(ticket__assignee=user)
        if roles.is_coordinator(user):
            seen |= Q(approved_at__isnull=False, center__in=sorted(roles.centers_of(user)))
        return self.filter(seen)

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def counting(self) -> Self:
        """Keep what reports count: approved, and not corrected by another approved record."""
        later = ActivityRecord.objects.filter(corrects=OuterRef("pk"), approved_at__isnull=False)
        return self.approved().filter(~Exists(later))

    def with_goal_status(self) -> Self:
        """Add `goal_now`, the goal's status of today."""
        last = GoalChange.objects.filter(record=OuterRef("pk")).order_by("-changed_at", "-pk")
        now = Coalesce(Subquery(last.values("status")[:1]), models.Value(GoalStatus.NOT_STARTED))
        return self.annotate(goal_now=now)

    def with_people(self) -> Self:
        return self.select_related("ticket", "center", "recorded_by", "approved_by", "corrects")


class ActivityRecord(models.Model):
    """One activity of technical assistance. Approval locks it; the database then refuses changes.

    Who took part is said in professions and a number, never in names. `minutes` is how long it
    lasted; days are America/New_York, instants UTC. What goes on afterwards (a step done, the
    status of the goal) stands in rows of its own.
    """

    class Type(models.TextChoices):
        TRAINING = "training", _("Training")
        ASSISTANCE = "assistance", _("Technical assistance")
        BOTH = "both", _("Training and technical assistance")

    class Method(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("By video")
        PHONE = "phone", _("By phone")
        WRITING = "writing", _("In writing")

    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="activities")
    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    type = models.CharField(max_length=10, choices=Type)
    method = models.CharField(max_length=10, choices=Method)
    happened_on = models.DateField()
    minutes = models.PositiveIntegerField()
    attendees = models.PositiveIntegerField()
    participants = models.ManyToManyField(Discipline, related_name="+")
    topics: Any = models.ManyToManyField("taggit.Tag", related_name="+")
    goal = models.CharField(max_length=300, blank=True)
    working_notes = models.TextField(blank=True, help_text="Emptied when the record is approved")
    funding = models.CharField(max_length=8, choices=Funding, blank=True)

    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", help_text="What it replaces"
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["center", "-happened_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__lte=1440) & (Q(minutes__gte=1) | Q(method="writing")),
                name="activity_fits_a_day",
            ),
            models.CheckConstraint(
                condition=Q(attendees__gte=1, attendees__lte=5000), name="activity_has_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, working_notes=""),
                name="approved_activity_has_no_working_notes",
            ),
            models.CheckConstraint(
                condition=Q(type__in=["training", "assistance", "both"])
                & Q(method__in=["in_person", "video", "phone", "writing"]),
                name="activity_type_and_method_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Activity {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("assistance:activity", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def contact_minutes(self) -> int:
        return self.minutes * self.attendees

    @cached_property
    def next_steps(self) -> list["NextStep"]:
        return list(self.steps.all())

    @property
    def topic_words(self) -> list[str]:
        return [topic_label(tag.name) for tag in self.topics.all()]


class GoalChange(models.Model):
    """The status of a goal from an instant on; insert-only. The role is that of the moment."""

    record = models.ForeignKey(ActivityRecord, models.PROTECT, related_name="goal_changes")
    status = models.CharField(max_length=12, choices=GoalStatus)
    reason = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    key = models.UUIDField(unique=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["changed_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=GoalStatus.DROPPED) | ~Q(reason=""),
                name="dropped_goal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GoalStatus.values), name="goal_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.status}"


class NextStepQuerySet(models.QuerySet["NextStep"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(record__in=ActivityRecord.objects.visible_to(user).values("pk"))

    def open(self) -> Self:
        """Keep what is to be done; the steps of a corrected record stand in its correction."""
        corrected = Q(record__correction__approved_at__isnull=False)
        return self.filter(done_on__isnull=True).exclude(corrected)


class NextStep(models.Model):
    """What one side does next, by a day. A side, not a name; approval locks all but the doing."""

    class Side(models.TextChoices):
        STAFF = "staff", _("Program staff")
        CENTER = "center", _("The center")

    record = models.ForeignKey(ActivityRecord, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = NextStepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="step_done_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["staff", "center"]) & ~Q(what=""), name="step_says_who_what"
            ),
        ]

    def __str__(self) -> str:
        return f"Step {self.pk} of {self.record_id}"
