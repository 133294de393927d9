"""Tables of the common ground: events, the outbox, the log of mails, redactions, the demo mark."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.findings import LABELS


class Event(models.Model):
    """One thing that happened. Append-only (a trigger refuses change); ids and enum values only.

    People and centers are plain ids: the row must outlive whatever happens to theirs, and `core`
    knows no other app. `at` is UTC.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    kind = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    center_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "at"]),
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class EventSeal(models.Model):
    """The seal of one event: a link of the audit's chain. Insert-only.

    `digest` is made with AUDIT_KEY over the digest before and what the event says. It outlives
    the event, so that the chain still holds when retention removed an old one.
    """

    position = models.BigIntegerField(unique=True)
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"


class EffectQuerySet(models.QuerySet["Effect"]):
    def open(self) -> Self:
        """Neither had nor given up."""
        return self.filter(done_at=None, dead_at=None)

    def failing(self) -> Self:
        return self.open().filter(attempts__gt=2)

    def dead(self) -> Self:
        """Given up after all attempts, and nobody has decided what becomes of them."""
        return self.filter(done_at=None, dead_at__isnull=False, set_aside_at=None)


class Effect(models.Model):
    """One effect still to be had, or had: the outbox row.

    Written in the transaction of the change that asks for it. `leased_until` keeps two workers
    apart; a worker that dies lets the lease run out and the next one takes the row. `attempts`
    tells the holders apart: who comes late holds it no more. After the last attempt it is dead,
    until a manager tries it again or sets it aside.
    """

    class Urgency(models.IntegerChoices):
        URGENT = 0, _("A person waits for it")
        NORMAL = 1, _("As it happens")
        LATER = 2, _("When nothing else waits")

    class Aside(models.TextChoices):
        SETTLED = "settled", _("It was settled in another way")
        LATE = "late", _("It is too late for it")
        GONE = "gone", _("Whoever or whatever it was for is no longer here")
        MISTAKE = "mistake", _("It was asked for by mistake")

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    bucket = models.CharField(max_length=60, blank=True)
    payload = models.JSONField(default=dict)
    # A default of the database as well: the version before writes rows while this one starts.
    urgency = models.PositiveSmallIntegerField(
        choices=Urgency, default=Urgency.NORMAL, db_default=Urgency.NORMAL
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True, help_text="The error's class only")
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_as = models.CharField(max_length=10, choices=Aside, blank=True, db_default="")

    objects = EffectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject", "bucket"], name="effect_once"),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_as="")
                | (Q(set_aside_at__isnull=False, dead_at__isnull=False) & ~Q(set_aside_as="")),
                name="effect_set_aside_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="effect_open", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["urgency", "due_at"],
                name="effect_next",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.bucket}"


class JobRun(models.Model):
    """How a job of the clock went last, one row per job; the row is its lock as well.

    `slot` is the begin of the period that it was last begun for: in each it is begun once.
    `held_until` keeps two workers apart; a worker that dies lets it run out. `began_at` tells the
    holders apart. Instants are UTC.
    """

    name = models.CharField(max_length=120, unique=True)
    slot = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=120, blank=True, help_text="The error's class only")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When beat, or a worker of one queue, was last heard from."""

    name = models.CharField(max_length=40, unique=True)
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class MailLog(models.Model):
    """One mail to one person: sent, waiting, or not sent and why. No word of it is kept.

    People and what it is about are plain ids, as in the audit. Several mails may go as one: then
    `sent_by` is the effect that sent them, and `message_id` the one they share. `context` holds
    number and link while the mail waits, and is emptied when it went. Instants are UTC.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waits")
        TRYING = "trying", _("On its way")
        SENT = "sent", _("Sent")
        OFF = "off", _("Not wanted")
        NO_RIGHT = "no_right", _("No longer for this person")
        LEFT = "left", _("The person has left")
        SUPPRESSED = "suppressed", _("Mail to the address came back before")
        REFUSED = "refused", _("Refused by the mail server")
        GIVEN_UP = "given_up", _("Could not be handed to the mail server")
        BOUNCED = "bounced", _("Came back")

    class Goes(models.TextChoices):
        NOW = "now", _("By itself")
        SOON = "soon", _("With what happened within minutes")
        HOUR = "hour", _("In the summary of the hour")
        DAY = "day", _("In the daily mail")

    effect_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    user_id = models.BigIntegerField(null=True)
    mail_class = models.CharField(max_length=20)
    template = models.CharField(max_length=40)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    goes = models.CharField(max_length=4, choices=Goes, default=Goes.NOW)
    outcome = models.CharField(max_length=12, choices=Outcome)
    code = models.CharField(max_length=12, blank=True, help_text="Status of the server, no words")
    sent_by = models.BigIntegerField(null=True)
    message_id = models.CharField(max_length=320, blank=True)
    sent_at = models.DateTimeField(null=True)
    context = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user_id", "sent_at"]),
            models.Index(fields=["message_id"]),
            models.Index(fields=["sent_by"]),
            models.Index(
                fields=["goes", "user_id"],
                name="mail_waiting",
                condition=models.Q(outcome="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.outcome}"


class DemoMark(models.Model):
    """Says that `demo` or `populate` filled this database, so that they may do so again."""

    kind = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.kind


class ScreenOverride(models.Model):
    """How often on one day a warning of the screen was kept for a reason, without the text."""

    day = models.DateField()
    form = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "form", "field", "kind", "reason"], name="override_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.form}.{self.field} {self.reason}: {self.times}"


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def open(self) -> Self:
        return self.filter(agreed_at=None, declined_at=None)

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)


class Redaction(models.Model):
    """Identifying details are to go, or went: who asked, who agreed, when, what kind, how long.

    Never the text, a part of it, or a digest of it. One person asks, another decides. `withheld`
    are ids of pages that are offline until then. `done_at` is when the database file let go.
    """

    class Reason(models.TextChoices):
        TYPED = "typed", _("It was typed in spite of the screen")
        PASTED = "pasted", _("It came with a text that was pasted in")
        TOGETHER = "together", _("Details that identify somebody only together")
        WISHED = "wished", _("The person concerned, or who speaks for them, asked")

    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    center_id = models.BigIntegerField(null=True)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    category = models.CharField(max_length=20, help_text="A kind of the screen, or other")
    reason = models.CharField(max_length=20, choices=Reason)
    characters = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField(default=0)
    withheld = models.JSONField(default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")))
                & (Q(declined_by=None) | ~Q(declined_by=F("asked_by"))),
                name="redaction_second_person",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(declined_at=None), name="redaction_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="redaction_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Redaction {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.agreed_at is None and self.declined_at is None

    @property
    def category_words(self) -> str:
        return str(LABELS.get(self.category, _("another detail")))


class RedactedSpan(models.Model):
    """Where the text stands, or where its tombstone stands once it is gone. Offsets, no text.

    `length` is in characters of what was there; `text_length` is that of the whole text when the
    span was noted, so that a changed text is not taken for it.
    """

    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="spans")
    model = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    text_length = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["model", "object_id"])]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id} {self.field} at {self.start}"
