"""Training that somebody else gave: what the person says of it, its paper, and the review."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people import roles, scope
from portal.people.aliases import counts_for, person_ids
from portal.people.models import Role, User
from portal.people.models.person import UserQuerySet

if TYPE_CHECKING:
    from training.models.completion import Completion

FOLDER = "outside"
LONGEST = 12_000  # minutes: 200 hours


def random_name(row: "OutsideTraining", name: str) -> str:
    """Say nothing of the file by where it lies."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class OutsideQuerySet(models.QuerySet["OutsideTraining"]):
    def visible_to(self, user: Any) -> Self:
        """Keep the own ones; all for who reviews them; for a coordinator what was accepted of the
        centers' members.
        """
        if not roles.is_member(user):
            return self.none()
        if scope.is_statewide(user) or roles.has(user, Role.SPECIALIST):
            return self
        own = Q(person_id__in=person_ids(user))
        team = UserQuerySet(User).of_centers(scope.center_ids(user)).values("pk")
        accepted = Q(state=OutsideTraining.State.ACCEPTED, person_id__in=team)
        return self.filter(own | accepted)

    def of(self, person: User) -> Self:
        return self.filter(counts_for(person))

    def waiting(self) -> Self:
        """Keep what is to be reviewed, the oldest first; without its paper nothing is."""
        sent = self.filter(state=OutsideTraining.State.SENT).exclude(file="")
        return sent.order_by("sent_at", "pk")

    def to_review_by(self, user: User) -> Self:
        """Keep what waits and is another person's."""
        if not roles.has(user, Role.SPECIALIST, Role.MANAGER, Role.DEPUTY):
            return self.none()
        return self.waiting().exclude(person_id__in=person_ids(user))

    def reviewed(self) -> Self:
        """Keep what was decided, the latest first."""
        states = [OutsideTraining.State.ACCEPTED, OutsideTraining.State.RETURNED]
        return self.filter(state__in=states).order_by("-reviewed_at", "-pk")

    def accepted(self) -> Self:
        return self.filter(state=OutsideTraining.State.ACCEPTED)

    def standing(self) -> Self:
        """Leave out what was withdrawn, and what was accepted and does not count any more."""
        withdrawn = Q(state=OutsideTraining.State.WITHDRAWN)
        return self.exclude(withdrawn | Q(completion__annulment__isnull=False))

    def with_outcome(self) -> Self:
        """Bring the completion and what it counts for."""
        rows = self.select_related("completion__annulment")
        return rows.prefetch_related("completion__awards__rule")


class OutsideTraining(models.Model):
    """A person took part in training elsewhere. Once accepted it is a completion, and what it
    counts for are offers of credit of its own.

    `completed_on` is a day in America/New_York; `minutes` are clock minutes as the paper says.
    The file was read, screened and cleaned before it was stored; it goes when the record is
    withdrawn.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Waits for its review")
        RETURNED = "returned", _("Sent back")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Scan(models.TextChoices):
        OFF = "", _("Not scanned")
        WAITING = "waiting", _("Waiting for the scan")
        CLEAN = "clean", _("Scanned")

    class Way(models.TextChoices):
        LIVE = "live", _("In a room or live online")
        SELF = "self", _("In one's own time")
        CONFERENCE = "conference", _("At a conference")
        PEER_REVIEW = "peer_review", _("Peer review")

    class Return(models.TextChoices):
        UNREADABLE = "unreadable", _("The paper cannot be read")
        NO_NAME = "no_name", _("The paper does not carry the person's name")
        MINUTES = "minutes", _("The paper does not say the hours, or other ones")
        DAY = "day", _("The paper does not say the day, or another one")
        OTHER_PAPER = "other_paper", _("It is not a proof of taking part")
        TWICE = "twice", _("It was handed in already")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    provider = models.CharField(max_length=160)
    completed_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=12, choices=Way)
    topics = models.JSONField(default=list, help_text="What it was about, from the fixed list")
    name = models.CharField(max_length=120, blank=True)
    file = models.FileField(upload_to=random_name, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, blank=True)
    scan = models.CharField(max_length=8, choices=Scan, blank=True, default=Scan.OFF)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=12, choices=Return, blank=True)

    objects = OutsideQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-completed_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "sent_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="outside_minutes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "returned"])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="outside_review_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_for=""),
                name="outside_return_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Outside training {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("outside", args=[self.pk])

    @property
    def may_be_had(self) -> bool:
        """Say whether its paper can be downloaded: not while it waits for its scan."""
        return bool(self.file) and self.scan != self.Scan.WAITING

    @property
    def lacks_paper(self) -> bool:
        """Say whether it waits and its paper was taken: by the scan, or with a redaction."""
        return self.state == self.State.SENT and not self.file

    @property
    def can_be_sent(self) -> bool:
        """Say whether the person may send it once more."""
        return self.state == self.State.RETURNED or self.lacks_paper

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in {self.State.SENT, self.State.RETURNED}

    @property
    def completed(self) -> "Completion | None":
        """Return what it became once it was accepted."""
        found: Completion | None = getattr(self, "completion", None)
        return found

    @property
    def is_annulled(self) -> bool:
        return self.completed is not None and hasattr(self.completed, "annulment")

    @property
    def time(self) -> tuple[int, int]:
        """Return whole hours, and the minutes over."""
        return divmod(self.minutes, 60)

    @property
    def waiting_days(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.sent_at)).days
