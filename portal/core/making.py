"""Files that the worker makes step by step: asked for, watched, kept for some days.

An attempt writes its files under names of its own and makes them known in its last step alone. So a
worker that dies leaves nothing half made: the lease of the effect runs out, the next one begins
anew, and what lies about is swept. What goes wrong is shown and tried again by a person.
"""

import hashlib
import logging
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, outbox
from portal.core.effect_kinds import Lane
from portal.core.models import Effect

KEPT = timedelta(days=30)
PATIENCE = timedelta(minutes=5)  # nobody began in this time: the worker is not running
UNUSED_FOR = timedelta(days=1)
MOST_TRIES = 3
logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """It is no longer to be made: it was taken back, or another attempt was quicker."""


class Made(models.Model):
    """What a person asked the worker for; `done` of `total` steps are made.

    The files lie under `folder` until `kept_until` (America/New_York), and go then.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the worker")
        WORKING = "working", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        GONE = "gone", _("Its files were removed")

    SHELF: ClassVar[str]  # the folder of all of its kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True, help_text="What is being made")
    made_at = models.DateTimeField(null=True)
    kept_until = models.DateField(null=True)
    files = models.JSONField(default=dict, help_text="Size and digest of each file, by its ending")

    class Meta:
        abstract = True

    @property
    def folder(self) -> str:
        return f"{self.SHELF}/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


State = Made.State
OPEN = (State.ASKED, State.WORKING)


class Attempt(ABC):
    """One try at making `row`. Subclasses say how, and record what became of it."""

    endings: ClassVar[tuple[str, ...]]

    def __init__(self, row: Any, effect: Effect) -> None:
        self.row, self.effect = row, effect
        self.rows = type(row)._default_manager.filter(pk=row.pk)
        self.token = uuid.uuid4().hex
        self.done = self.total = 0

    @abstractmethod
    def make(self) -> None:
        """Make the files, say `next_step` before each, and `finish`. Overtaken where in vain."""

    @abstractmethod
    def record(self, *, is_made: bool) -> None:
        """Record the event that it was made, or could not be, in the caller's transaction."""

    def next_step(self, step: str) -> None:
        """Say how far it is, and hold the effect a while longer. Overtaken where it is in vain;
        outbox.Overtaken where the lease ran out and another attempt is at work.
        """
        self.done = min(self.done + 1, self.total - 1)
        at_work = self.rows.filter(state=State.WORKING)
        if not at_work.update(done=self.done, total=self.total, step=step):
            raise Overtaken
        outbox.hold(self.effect)

    def keep(self, ending: str, file: File) -> dict[str, Any]:  # type: ignore[type-arg]
        """Store a file; return its name, size in bytes and digest."""
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        name = default_storage.save(self._name(ending), file)
        return {"name": name, "size": file.size, "sha256": digest.hexdigest()}

    @transaction.atomic
    def finish(self, files: dict[str, Any], **values: Any) -> None:
        """Make the files known; `values` are further columns of the row."""
        row = self.rows.select_for_update().get()
        if row.state != State.WORKING:
            raise Overtaken
        row.state, row.done, row.total, row.step = State.READY, self.total, self.total, ""
        row.made_at = timezone.now()
        row.kept_until = timezone.localdate() + KEPT
        row.files = files
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        self.record(is_made=True)

    def discard(self) -> None:
        """Take back what was stored; what cannot be now is swept in a night."""
        with suppress(OSError):
            _delete(self._name(ending) for ending in self.endings)

    @transaction.atomic
    def fail(self) -> None:
        """Say that it could not be made. outbox.Overtaken where another attempt is at work."""
        outbox.hold(self.effect)
        if self.rows.filter(state=State.WORKING).update(state=State.FAILED):
            self.record(is_made=False)

    def _name(self, ending: str) -> str:
        return f"{self.row.folder}/{self.token}.{ending}"


def queue(kind: str, row: Made) -> None:
    """Ask the worker, in the caller's transaction; `kind` is that of the effect."""
    outbox.add(kind, str(row.pk), bucket=f"{timezone.now():%Y%m%d%H%M%S%f}")


def again(kind: str, row: Made) -> bool:
    """Ask once more for what could not be made; False for any other. The row is locked."""
    if row.state != State.FAILED:
        return False
    row.state, row.done, row.total, row.step = State.ASKED, 0, 0, ""
    row.save(update_fields=["state", "done", "total", "step"])
    queue(kind, row)
    return True


def make_next() -> int:
    """Make one that is due, unless as many as are set are being made; return how many were."""
    now = timezone.now()
    kinds = effect_kinds.made()
    at_work = Effect.objects.open().filter(kind__in=kinds, leased_until__gt=now)
    if at_work.count() >= settings.MADE_AT_ONCE:
        return 0
    return outbox.deliver_all(1, lane=Lane.MADE)


def moving(kinds: Iterable[str]) -> set[str]:
    """Return the keys of what is being made, or waits no longer than it should."""
    since = timezone.now() - PATIENCE
    fresh = Q(due_at__gte=since) | Q(leased_until__gte=since)
    rows = Effect.objects.open().filter(fresh, kind__in=list(kinds))
    return set(rows.values_list("subject", flat=True))


def is_stalled(kind: str, row: Made) -> bool:
    """Say whether it should have moved on by now: the worker does not seem to run."""
    if not row.is_open:
        return False
    effect = Effect.objects.filter(kind=kind, subject=str(row.pk), done_at=None).last()
    if effect is None:
        return True
    free_since = max(filter(None, [effect.due_at, effect.leased_until]))
    return free_since < timezone.now() - PATIENCE


def attempt(trying: Attempt) -> None:
    """Try to make it, unless it is made or taken back; what goes wrong leaves nothing behind."""
    begun = trying.rows.filter(state__in=OPEN)
    if not begun.update(state=State.WORKING, done=0, total=0, step="reading"):
        return
    try:
        if trying.effect.attempts > MOST_TRIES:
            raise RuntimeError("The worker ended each time")
        trying.make()
    except Overtaken:
        trying.discard()
    except outbox.Overtaken:
        trying.discard()
        raise
    except Exception as error:
        logger.error("%s could not be made: %s", trying.row, type(error).__name__)
        try:
            trying.fail()
        finally:
            trying.discard()


def remove(rows: Iterable[Any], **emptied: Any) -> None:
    """Remove the files of what is ready, and set further columns; the rows stay."""
    for row in rows:
        gone = [each["name"] for each in row.files.values()]
        kept = type(row)._default_manager.filter(pk=row.pk, state=State.READY)
        if kept.update(state=State.GONE, files={}, **emptied):
            transaction.on_commit(partial(_delete, gone))


def forget(rows: models.QuerySet[Any], **emptied: Any) -> None:
    """Remove what may hold words that may not be read any longer; stop what is being made now."""
    rows.filter(state=State.WORKING).update(state=State.FAILED, step="")
    remove(rows.filter(state=State.READY), **emptied)


def sweep(model: type[Made]) -> int:
    """Delete files that no row knows: a worker that died left them. Return how many."""
    shelf = model.SHELF
    if not default_storage.exists(shelf):
        return 0
    swept, before = 0, timezone.now() - UNUSED_FOR
    every = model._default_manager.exclude(files={}).values_list("files", flat=True)
    known = {file["name"] for files in every for file in files.values()}
    for folder in default_storage.listdir(shelf)[0]:
        for file in default_storage.listdir(f"{shelf}/{folder}")[1]:
            name = f"{shelf}/{folder}/{file}"
            if name not in known and default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                swept += 1
    return swept


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
