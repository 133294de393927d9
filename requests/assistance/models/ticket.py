"""A request for technical assistance. In code it is a ticket, in words a request."""

import uuid
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from assistance.lifecycle import ENDED, FINISHED, OPEN, OUR_TURN, REASONED, State
from assistance.models.choices import AgeBand, RequestType, Setting, Stage, Urgency
from portal.core.funding import Funding
from portal.people import roles
from portal.people.models import Center, Discipline, User

STATE_WORDS, TYPE_WORDS, URGENCY_WORDS = (
    dict[str, Any](kind.choices) for kind in (State, RequestType, Urgency)
)


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
        """Keep the requests a person may see. `policies.can_see` is the same rule for one."""
        return self.filter(seen_by(user))


def seen_by(user: Any, at: str = "") -> Q:
    """Return which requests a person may see; `at` leads to them from the rows of another table.

    It may lead over columns that are never empty alone: over one that is, "is no draft" would
    also hold where there is no request.

    The manager (or active deputy) sees all that were submitted; a coordinator those of the
    centers coordinated today; a specialist those assigned; everyone the own finished ones, so
    that a former coordinator keeps those and no more. A draft is its writer's alone.
    """
    if not roles.is_member(user):
        return Q(pk__in=[])
    own, submitted = Q((f"{at}requester", user)), ~Q((f"{at}state", State.DRAFT))
    if roles.is_manager(user):
        return own | submitted
    if roles.is_specialist(user):
        seen = own | (submitted & Q((f"{at}assignee", user)))
    elif roles.is_coordinator(user):
        seen = own & Q((f"{at}state__in", [State.DRAFT, *FINISHED]))
    else:
        seen = own & Q((f"{at}state__in", FINISHED))
    if roles.is_coordinator(user):
        seen |= submitted & Q((f"{at}center__in", sorted(roles.centers_of(user))))
    return seen


def submitted_and_seen_by(user: Any, at: str) -> Q:
    """Return the same without drafts, for what stands on requests."""
    return ~Q((f"{at}state", State.DRAFT)) & seen_by(user, at)


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
    is_merged = models.BooleanField(
        default=False, help_text="Its conversation goes on in the request it duplicates"
    )
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="split_off")
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
            models.CheckConstraint(
                condition=Q(is_merged=False) | Q(duplicate_of__isnull=False),
                name="ticket_merged_has_target",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["center", "state", "-submitted_at"]),
            models.Index(fields=["assignee", "state", "-submitted_at"]),
            models.Index(fields=["requester", "state"]),
            # The two orders of the queue; the open ones are few, the ended ones nearly all.
            models.Index(
                fields=["respond_by", "id"],
                condition=Q(state__in=sorted(OPEN)),
                name="ticket_open_by_due",
            ),
            models.Index(
                fields=["center", "-submitted_at"],
                condition=Q(state__in=sorted(OPEN)),
                name="ticket_open_of_center",
            ),
            models.Index(
                fields=["-closed_at", "-id"],
                condition=Q(state__in=sorted(FINISHED)),
                name="ticket_ended_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.number or "Draft"

    def get_absolute_url(self) -> str:
        if self.state == State.DRAFT:
            return reverse("assistance:draft", args=[self.uuid])
        return reverse("assistance:request", args=[self.number])

    # Django's own make the list of choices anew for each row.
    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(STATE_WORDS.get(self.state, self.state))

    def get_type_display(self) -> str:  # type: ignore[no-redef]
        return str(TYPE_WORDS.get(self.type, self.type))

    def get_urgency_display(self) -> str:  # type: ignore[no-redef]
        return str(URGENCY_WORDS.get(self.urgency, self.urgency))

    @cached_property
    def topic_names(self) -> list[str]:
        return list(self.topics.names())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_awaiting_first_reply(self) -> bool:
        return self.is_open and self.first_response_at is None

    @property
    def is_our_turn(self) -> bool:
        return self.state in OUR_TURN

    @property
    def is_late(self) -> bool:
        """Say whether the first reply, then the answer or the wanted day, is past in our turn."""
        if not self.is_our_turn:
            return False
        if self.is_awaiting_first_reply and self.respond_by:
            return self.respond_by < timezone.now()
        if self.answer_by is not None and self.answer_by < timezone.now():
            return True
        return self.wanted_by is not None and self.wanted_by < timezone.localdate()
