"""The state of what runs behind the pages, for the manager and whoever runs the server.

Numbers, times, kinds and classes of errors; never a word of what waits.
"""

import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from wagtail.models import Page, Revision

from portal import workers
from portal.core import counting, effect_kinds, heartbeats, making, nightly, tasks
from portal.core.models import Effect, Event, JobRun
from portal.home import readiness
from portal.reports import runs
from portal.reports.run_models import ReportRun
from portal.search import choosing
from training import packs
from training.models import AccreditationPack

MADE = (("packs", AccreditationPack, packs.KIND), ("reports", ReportRun, runs.KIND))
SHOWN = 5  # what is published by itself next
BACKUP_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Heard:
    """Beat, or a queue; when it was last heard from."""

    name: str
    at: datetime | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of one kind is not had yet: due now, for later, failing (among these two), given up."""

    kind: str
    label: str
    due: int
    later: int
    failing: int
    dead: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the clock. `row` is None where it never began."""

    name: str
    every: timedelta
    row: JobRun | None

    @property
    def has_failed(self) -> bool:
        """Say whether it failed when it last ran."""
        row = self.row
        return bool(row and row.failed_at and (not row.ended_at or row.failed_at > row.ended_at))

    @property
    def next_at(self) -> datetime | None:
        """Return when it is due again; None where it is due now."""
        if self.row is None or self.row.slot is None:
            return None
        at = self.row.slot + self.every
        return at if at > timezone.now() else None

    @property
    def is_at_work(self) -> bool:
        held = self.row.held_until if self.row else None
        return held is not None and held > timezone.now()


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs that are due at the same times."""

    key: str
    jobs: Sequence[Job]

    @property
    def began_at(self) -> datetime | None:
        return max((j.row.began_at for j in self.jobs if j.row and j.row.began_at), default=None)

    @property
    def ended_at(self) -> datetime | None:
        return max((j.row.ended_at for j in self.jobs if j.row and j.row.ended_at), default=None)

    @property
    def next_at(self) -> datetime | None:
        """Return when the first of them is due; None where one is due now."""
        times = [job.next_at for job in self.jobs]
        known = [at for at in times if at is not None]
        return min(known, default=None) if len(known) == len(times) else None

    @property
    def failed(self) -> list[Job]:
        return [job for job in self.jobs if job.has_failed]

    @property
    def is_at_work(self) -> bool:
        return any(job.is_at_work for job in self.jobs)


@dataclass(frozen=True, slots=True)
class Making:
    """How many packs or reports wait, are made, and have not moved for minutes."""

    key: str
    waiting: int
    at_work: int
    stalled: int


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A page that goes online or offline by itself."""

    at: datetime
    title: str
    goes_online: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """What the portal stands on: "ok", or what is wrong in two or three words."""

    key: str
    state: str
    detail: str = ""

    @property
    def is_ok(self) -> bool:
        return self.state == "ok"


def read() -> dict[str, Any]:
    """Return what the page shows; as many queries however much waits."""
    now = timezone.now()
    heard = who_was_heard(now)
    kinds = waiting()
    jobs = groups()
    backup = Event.objects.filter(kind="backup.made").order_by("-pk").values_list("at", flat=True)
    last_backup = backup.first()
    oldest = min((line.oldest for line in kinds if line.oldest), default=None)
    return {
        "heard": heard,
        "beat_is_silent": any(h.is_silent for h in heard if h.name == heartbeats.BEAT),
        "silent_queues": [h.name for h in heard if h.is_silent and h.name != heartbeats.BEAT],
        "kinds": [line for line in kinds if line.due or line.later],
        "dead": [line for line in kinds if line.dead],
        "oldest": oldest,
        "is_late": oldest is not None and oldest < now - readiness.LATE,
        "groups": jobs,
        "making": [_making(*each) for each in MADE],
        "scheduled": scheduled(),
        "things": things(),
        "last_backup": last_backup,
        "backup_is_old": last_backup is not None and last_backup < now - BACKUP_OLD,
    }


def who_was_heard(now: datetime) -> list[Heard]:
    """A queue that is busy with what takes minutes is no silent queue."""
    held = Effect.objects.open().filter(kind__in=effect_kinds.made(), leased_until__gt=now)
    jobs = JobRun.objects.filter(name__in=nightly.nightly_names(), held_until__gt=now)
    is_busy = any(counting.in_one({"making": held, "nightly": jobs}).values())
    found = []
    for name, at in heartbeats.last().items():
        is_late = at is None or at < now - heartbeats.SILENT_AFTER
        found.append(Heard(name, at, is_late and not (is_busy and name == workers.SLOW)))
    return found


def waiting() -> list[Waiting]:
    """Return what is not had, by kind, what has waited longest first."""
    now = timezone.now()
    is_open, is_due = Q(dead_at=None), Q(dead_at=None, due_at__lte=now)
    rows = Effect.objects.filter(done_at=None, set_aside_at=None).order_by().values("kind")
    found = rows.annotate(
        due=Count("pk", filter=is_due),
        later=Count("pk", filter=Q(dead_at=None, due_at__gt=now)),
        failing=Count("pk", filter=is_open & Q(attempts__gt=2)),
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
        oldest=Min("due_at", filter=is_due),
    )
    lines = [Waiting(label=str(effect_kinds.find(row["kind"]).label), **row) for row in found]
    return sorted(lines, key=lambda line: (line.oldest or now, line.kind))


def groups() -> list[Group]:
    rows = {row.name: row for row in JobRun.objects.all()}

    def group(key: str, names: Sequence[str], every: timedelta) -> Group:
        return Group(key, [Job(name, every, rows.get(name)) for name in names])

    return [
        group("publish", [tasks.PUBLISH], tasks.EVERY_MINUTE),
        group("seal", [tasks.SEAL], tasks.EVERY_MINUTE),
        group("frequent", nightly.frequent_names(), nightly.EVERY_FEW_MINUTES),
        group("nightly", nightly.nightly_names(), nightly.EVERY_NIGHT),
    ]


def _making(key: str, model: type[making.Made], kind: str) -> Making:
    open_ = model._default_manager.filter(state__in=making.OPEN).order_by()
    states: Mapping[uuid.UUID, str] = dict(open_.values_list("pk", "state"))
    moving = making.moving([kind])
    stalled = [pk for pk in states if str(pk) not in moving]
    at_work = sum(state == making.State.WORKING for state in states.values())
    return Making(key, len(states) - at_work, at_work, len(stalled))


def scheduled() -> list[Scheduled]:
    """Return what goes online or offline by itself next; what is overdue stands first."""
    coming = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    first = coming.order_by("approved_go_live_at").values_list("object_id", "approved_go_live_at")
    times = [(int(pk), at) for pk, at in first[:SHOWN]]
    pages = Page.objects.filter(pk__in=[pk for pk, _at in times])
    titles = dict(pages.values_list("pk", "draft_title"))
    lines = [Scheduled(at, titles.get(pk, ""), goes_online=True) for pk, at in times]
    going = Page.objects.filter(live=True, expire_at__isnull=False).order_by("expire_at")
    for at, title in going.values_list("expire_at", "draft_title")[:SHOWN]:
        lines.append(Scheduled(at, title, goes_online=False))
    return sorted(lines, key=lambda line: line.at)[:SHOWN]


def things() -> list[Thing]:
    states = readiness.states(connection)
    details = {
        "database": connection.display_name,
        "cache": settings.CACHES["default"]["BACKEND"].rpartition(".")[2],
    }
    found = [Thing(key, state, details.get(key, "")) for key, state in states.items()]
    if not choosing.uses_elasticsearch():
        found.append(Thing("search", "ok"))
    transport = settings.CELERY_BROKER_URL.partition(":")[0]
    found.append(Thing("broker", readiness.state_of(_reach_broker), transport))
    found.append(Thing("storage", readiness.state_of(_write_file)))
    return found


def _reach_broker() -> None:
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("data_folder_out")
    if folder is not None:  # a folder is "reached" whatever became of it
        with tempfile.TemporaryFile(dir=folder):
            return
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def _write_file() -> None:
    name = default_storage.save(f"status/{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)
