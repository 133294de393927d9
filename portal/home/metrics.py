"""Figures of the running portal in Prometheus' text format: numbers, and no word about anybody.

Four statements at most. A part that does not answer is 0 in `portal_part_up`, and its figures
are left out: a figure that is not known is not 0.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.utils import timezone

from portal.core.models import Effect
from portal.people import idle
from portal.search import choosing
from portal.search.models import SearchVersion

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OVERDUE = timedelta(minutes=1)  # beat looks every five seconds
MANY_TRIES = 2  # as on the manager's home page

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure; `values` are pairs of labels and number."""

    name: str
    help: str
    values: Sequence[tuple[Labels, float]]


def text() -> str:
    """Return all figures as Prometheus reads them."""
    return "".join(line + "\n" for gauge in read() for line in _lines(gauge))


def read() -> list[Gauge]:
    now = timezone.now()
    build = {"version": version("team-portal"), "revision": settings.REVISION}
    measured, is_database_up = _measured(now)
    parts: list[tuple[Labels, float]] = [
        ({"part": "database"}, float(is_database_up)),
        ({"part": "cache"}, float(_answers(lambda: cache.add("metrics", 1, 5)))),
    ]
    return [
        Gauge("portal_up", "The portal answers.", [({}, 1)]),
        Gauge("portal_build_info", "What runs here.", [(build, 1)]),
        Gauge("portal_part_up", "Whether a part answers.", parts),
        *measured,
    ]


def _measured(now: datetime) -> tuple[list[Gauge], bool]:
    """Return what the database says, and whether it said it."""
    try:
        return [*_outbox(now), *_search(now), *_people(now)], True
    except DatabaseError:
        return [], False


def _outbox(now: datetime) -> Iterator[Gauge]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = list(
        Effect.objects.filter(done_at=None)
        .order_by()
        .values("kind")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=free & Q(due_at__lt=now - OVERDUE)),
            failing=Count("pk", filter=Q(attempts__gt=MANY_TRIES)),
            oldest=Min("due_at", filter=free & Q(due_at__lte=now)),
        )
    )
    yield _one("portal_outbox_open", "Effects not yet had.", sum(r["open"] for r in rows))
    overdue = sum(r["overdue"] for r in rows)
    yield _one("portal_outbox_overdue", "Due for a minute, and no worker has them.", overdue)
    oldest = min((r["oldest"] for r in rows if r["oldest"]), default=None)
    yield _one("portal_outbox_lag_seconds", "How long the oldest waits.", _age(oldest, now))
    failing: list[tuple[Labels, float]] = [
        ({"kind": r["kind"]}, r["failing"]) for r in sorted(rows, key=lambda r: str(r["kind"]))
    ]
    total = sum(number for _, number in failing)
    yield _one("portal_outbox_failing", "Tried more than twice.", total)
    by_kind = [pair for pair in failing if pair[1]]
    yield Gauge("portal_outbox_failing_by_kind", "Tried more than twice, by kind.", by_kind)


def _search(now: datetime) -> Iterator[Gauge]:
    if not choosing.uses_elasticsearch():
        return
    waiting = SearchVersion.objects.waiting().aggregate(n=Count("pk"), oldest=Min("changed_at"))
    yield _one("portal_search_waiting", "Changes Elasticsearch does not know.", waiting["n"])
    lag = _age(waiting["oldest"], now)
    yield _one("portal_search_lag_seconds", "How long the oldest of them waits.", lag)


def _people(now: datetime) -> Iterator[Gauge]:
    """A session is written while it is used, and each time lives for its whole age anew.

    A use is noted up to `every` seconds late, so twice as long is looked back: none is missed.
    """
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    lately = timedelta(seconds=2 * idle.every())
    used = Session.objects.filter(expire_date__gte=now + age - lately).values("session_key")
    number = UserSession.objects.filter(session_key__in=used).count()
    yield _one("portal_sessions_active", "Signed in, and used within five to ten minutes.", number)


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:  # each cache has errors of its own
        return False
    return True


def _age(since: datetime | None, now: datetime) -> float:
    return round(max(0.0, (now - since).total_seconds()), 3) if since else 0


def _one(name: str, about: str, number: float) -> Gauge:
    return Gauge(name, about, [({}, number)])


def _lines(gauge: Gauge) -> Iterator[str]:
    yield f"# HELP {gauge.name} {gauge.help}"
    yield f"# TYPE {gauge.name} gauge"
    for labels, number in gauge.values:
        inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
        yield f"{gauge.name}{'{' + inside + '}' if inside else ''} {number:.12g}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
