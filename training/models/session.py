"""A live session, and who means to come."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.people import roles, scope
from portal.people.aliases import counts_for
from portal.people.models import User

LONGEST = 600  # minutes


class _Minutes(models.Func):
    """A whole number of minutes as a duration, which each engine spells in its own way."""

    output_field = models.DurationField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s * 60000000)")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "make_interval(mins => (%(expressions)s)::integer)"
        return self.as_sql(compiler, connection, template=template)


_ENDS_AT = models.ExpressionWrapper(
    F("starts_at") + _Minutes("minutes"), output_field=models.DateTimeField()
)


class LiveSessionQuerySet(models.QuerySet["LiveSession"]):
    def visible_to(self, user: Any) -> Self:
        """Keep statewide sessions, those of the own centers, and those one leads or signed up for.

        The manager sees all.
        """
        if not roles.is_member(user):
            return self.none()
        if scope.is_statewide(user):
            return self
        centers = Q(center__in=scope.own_centers(user)) | Q(center__in=scope.center_ids(user))
        return self.filter(Q(center__isnull=True) | centers | Q(trainer=user) | _joined_by(user))

    def upcoming(self, now: datetime | None = None) -> Self:
        """Keep what is not over yet, soonest first; a session under way is not over."""
        now = now or timezone.now()
        kept = self.filter(starts_at__gt=now - timedelta(minutes=LONGEST))
        return kept.alias(end=_ENDS_AT).filter(end__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> Self:
        """Keep what is over, latest first."""
        now = now or timezone.now()
        kept = self.filter(starts_at__lte=now).alias(end=_ENDS_AT).filter(end__lte=now)
        return kept.order_by("-starts_at", "-pk")

    def standing(self) -> Self:
        """Leave out what was cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def of(self, user: User) -> Self:
        """Keep the sessions that the person leads or signed up for."""
        return self.filter(Q(trainer=user) | _joined_by(user))

    def not_of(self, user: User) -> Self:
        """Keep the sessions that the person has nothing to do with yet."""
        return self.exclude(trainer=user).exclude(_joined_by(user))

    def with_places(self, user: User) -> Self:
        """Add `taken`, the places taken, `queue`, how many wait, and for the person themselves
        `is_mine`, whether they have a place, and `is_waiting`, whether they wait for one.
        """
        here = Registration.objects.filter(session=OuterRef("pk"))
        return self.annotate(
            taken=_count(here.open()),
            queue=_count(here.waiting()),
            is_mine=Exists(here.open().of(user)),
            is_waiting=Exists(here.waiting().of(user)),
        )


def _joined_by(user: User) -> Q:
    """Say whether a person has a place, waits for one, or was there."""
    from training.models.attendance import Attendance

    here = Registration.objects.standing().of(user).filter(session=OuterRef("pk"))
    there = Attendance.objects.of(user).filter(session=OuterRef("pk"))
    return Q(Exists(here)) | Q(Exists(there))


def _count(rows: models.QuerySet["Registration"]) -> Coalesce:
    count = rows.order_by().values("session").annotate(n=models.Count("pk")).values("n")
    return Coalesce(Subquery(count), 0)


class LiveSession(models.Model):
    """Training that happens at an hour, in a room or online. `center` None is statewide.

    `starts_at` is UTC. `revision` rises with each change that those registered must hear of: it
    is the SEQUENCE of the calendar file. Who was there for at least `threshold` per cent of
    `minutes` completed it, and earns `counted_minutes`, pauses left out. Once it is settled,
    attendance is credit, and what is corrected is corrected there too.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIRTUAL = "virtual", _("Online")
        HYBRID = "hybrid", _("In person and online")

    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    module = models.ForeignKey("training.ModulePage", models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=12, choices=Mode)
    place = models.CharField(max_length=160, blank=True)
    center = models.ForeignKey("people.Center", models.PROTECT, null=True, related_name="+")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.PositiveSmallIntegerField(null=True, help_text="None is no limit")
    revision = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    topics = models.JSONField(default=list, help_text="From the fixed list; for the certificate")
    objectives = models.TextField(blank=True, help_text="One in a line; for the certificate")
    pause_minutes = models.PositiveSmallIntegerField(default=0, help_text="Do not count")
    threshold = models.PositiveSmallIntegerField(
        default=80, help_text="Per cent of its length that one has to be there for credit"
    )
    funding = models.CharField(max_length=8, choices=Funding, blank=True)
    check_in_code = models.CharField(max_length=6, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = LiveSessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="session_minutes"
            ),
            models.CheckConstraint(
                condition=Q(pause_minutes__lt=F("minutes")), name="session_pauses_are_shorter"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=1, threshold__lte=100), name="session_threshold"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="session_settled_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="session_capacity"
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether one can still sign up or change it: it stands and has not begun."""
        return self.cancelled_at is None and self.starts_at > timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def counted_minutes(self) -> int:
        return self.minutes - self.pause_minutes

    @property
    def needed_minutes(self) -> int:
        """Whole minutes that one has to be there; a part of a minute is asked for whole."""
        return -(-self.minutes * self.threshold // 100)

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def is_online(self) -> bool:
        return self.mode != self.Mode.IN_PERSON

    @property
    def places_left(self) -> int | None:
        """Places left, None without a limit. Needs `taken` of `with_places`."""
        taken: int = self.taken  # type: ignore[attr-defined]
        return None if self.capacity is None else max(self.capacity - taken, 0)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> Self:
        """Leave out what was withdrawn."""
        return self.filter(cancelled_at__isnull=True)

    def open(self) -> Self:
        """Keep those who have a place."""
        return self.standing().filter(placed_at__isnull=False)

    def waiting(self) -> Self:
        """Keep those who wait for a place, the first of them first."""
        return self.standing().filter(placed_at__isnull=True).order_by("registered_at", "pk")

    def of(self, person: User) -> Self:
        """Keep the person's own, those of merged accounts included."""
        return self.filter(counts_for(person))


class Registration(models.Model):
    """A person means to come. Withdrawing closes it; coming back is a new one.

    `placed_at` is empty while the person waits for a place. What would help them take part is
    emptied thirty days after the session.
    """

    class Help(models.TextChoices):
        CAPTIONS = "captions", _("Live captions")
        ASL = "asl", _("American Sign Language interpreter")
        LANGUAGE = "language", _("Interpreter of another language")
        STEP_FREE = "step_free", _("Step-free way in")
        SEAT = "seat", _("A seat by the door, or room to stand")
        PRINT = "print", _("Materials beforehand, or in large print")
        OTHER = "other", _("Something else: the trainer writes to me")

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now, editable=False)
    placed_at = models.DateTimeField(null=True)
    helps = models.JSONField(default=list, help_text="What helps the person take part")
    cancelled_at = models.DateTimeField(null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(cancelled_at__isnull=True),
                name="one_open_registration",
            ),
        ]

    def __str__(self) -> str:
        return f"Registration {self.pk}"

    @property
    def help_words(self) -> list[str]:
        """What helps the person take part, in words."""
        return [str(self.Help(each).label) for each in self.helps]
