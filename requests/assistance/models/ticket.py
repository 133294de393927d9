"""A request for technical assistance. In code it is a ticket, in words a request."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from assistance.lifecycle import ENDED, FINISHED, OPEN, REASONED, State
from assistance.models.choices import AgeBand, Funding, RequestType, Setting, Stage, Urgency
from portal.people import roles, scope
from portal.people.models import Center, Discipline, Role, User


class TicketQuerySet(models.QuerySet["Ticket"]):
    def submitted(self) -> Self:
        return self.exclude(state=State.DRAFT)

    def drafts_of(self, user: User) -> Self:
        return self.filter(state=State.DRAFT, requester=user)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED)

    def unassigned(self) -> Self:
        return self.open().filter(assignee__isnull=True)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)

    def with_people(self) -> Self:
        return self.select_related("center", "requester", "assignee", "discipline")

    def visible_to(self, user: Any) -> Self:
        """Keep the requests a person may see. `policies.can_see` is the same rule for one.

        The manager (or active deputy) sees all that were submitted; a coordinator those of the
        centers coordinated today; a specialist those assigned; everyone the own finished ones, so
        that a former coordinator keeps those and no more. A draft is its writer's alone.
        """
        if not roles.is_member(user):
            return self.none()
        submitted = ~Q(state=State.DRAFT)
        seen = Q(requester=user, state__in=FINISHED)
        if roles.has(user, Role.COORDINATOR, Role.SPECIALIST, *MANAGES):
            seen |= Q(requester=user, state=State.DRAFT)
        if roles.is_manager(user):
            seen |= submitted
        if roles.is_specialist(user):
            seen |= submitted & (Q(assignee=user) | Q(requester=user))
        if roles.is_coordinator(user):
            seen |= submitted & Q(center__in=scope.center_ids(user))
        return self.filter(seen)


OUR_TURN = frozenset({State.SUBMITTED, State.IN_PROGRESS})
MANAGES = (Role.MANAGER, Role.DEPUTY)


class Ticket(models.Model):
    """One request. A draft has no number; the number is taken on submitting (`numbers.take`).

    Instants are UTC. `version` counts the changes that the requester can see; `moved_at` is the
    last of them. `respond_by` and `answer_by` are the ends of the targets in business
    time; the second is put off by the time spent waiting on the requester.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=16, unique=True, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)

    type = models.CharField(max_length=12, choices=RequestType, blank=True)
    topics = TaggableManager(blank=True)
    center = models.ForeignKey(Center, models.PROTECT, null=True, related_name="+")
    requester = models.ForeignKey(User, models.PROTECT, related_name="requests_made")
    discipline = models.ForeignKey(Discipline, models.PROTECT, null=True, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency, blank=True)
    wanted_by = models.DateField(null=True, blank=True)

    subject = models.CharField(max_length=140, blank=True)
    question = models.TextField(blank=True)
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    age_band = models.CharField(max_length=12, choices=AgeBand, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    involved = models.ManyToManyField(Discipline, blank=True, related_name="+")

    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="requests_assigned")
    funding = models.CharField(max_length=8, choices=Funding, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it ended unanswered")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    reopened_count = models.PositiveSmallIntegerField(default=0)
    paused_minutes = models.PositiveIntegerField(
        default=0, help_text="Business minutes spent waiting on the requester"
    )
    is_on_hold = models.BooleanField(default=False, help_text="Legal hold: never archived")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    respond_by = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)
    waiting_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="Closed, declined, duplicate, withdrawn")
    reopened_at = models.DateTimeField(null=True)
    notice_at = models.DateTimeField(null=True, help_text="Told that silence will close it")
    follow_up_on = models.DateField(null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-submitted_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="ticket_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, number__isnull=True, submitted_at__isnull=True)
                | (
                    ~Q(state=State.DRAFT)
                    & Q(
                        number__isnull=False,
                        center__isnull=False,
                        submitted_at__isnull=False,
                        respond_by__isnull=False,
                        wanted_by__isnull=False,
                    )
                    & ~Q(type="")
                    & ~Q(urgency="")
                ),
                name="ticket_submitted_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED)
                | Q(answered_at__isnull=False, assignee__isnull=False),
                name="ticket_answered_has_answerer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | Q(closed_at__isnull=False),
                name="ticket_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=REASONED) | ~Q(reason=""), name="ticket_end_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DUPLICATE) | Q(duplicate_of__isnull=False),
                name="ticket_duplicate_has_target",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["center", "state", "-submitted_at"]),
            models.Index(fields=["assignee", "state", "-submitted_at"]),
            models.Index(fields=["requester", "state"]),
        ]

    def __str__(self) -> str:
        return self.number or "Draft"

    def get_absolute_url(self) -> str:
        if self.state == State.DRAFT:
            return reverse("assistance:draft", args=[self.uuid])
        return reverse("assistance:request", args=[self.number])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_awaiting_first_reply(self) -> bool:
        return self.is_open and self.first_response_at is None

    @property
    def is_late(self) -> bool:
        """Say whether the first reply, then the answer or the wanted day, is past in our turn."""
        if self.state not in OUR_TURN:
            return False
        if self.is_awaiting_first_reply and self.respond_by:
            return self.respond_by < timezone.now()
        if self.answer_by is not None and self.answer_by < timezone.now():
            return True
        return self.wanted_by is not None and self.wanted_by < timezone.localdate()
