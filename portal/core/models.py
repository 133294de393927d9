"""Tables of the common ground: the audit of events, the outbox, the demo mark."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


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


class Effect(models.Model):
    """One effect still to be had, or had: the outbox row.

    Written in the transaction of the change that asks for it. `leased_until` keeps two workers
    apart; a worker that dies lets the lease run out and the next one takes the row.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    bucket = models.CharField(max_length=60, blank=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True, help_text="The error's class only")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject", "bucket"], name="effect_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="effect_open", condition=models.Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.bucket}"


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
