"""What the workers run: on which queue, how long at most, and when beat asks for it.

A queue tells how long its work takes, so that nothing short waits behind what takes minutes. Every
task is a call to look into a table (the outbox, the rows of jobs), so one that is lost, repeated or
killed costs time and nothing else. Seconds throughout.
"""

from typing import Any

from kombu.entity import Exchange, Queue

URGENT, DEFAULT, SLOW = "urgent", "default", "slow"
NAMES = (URGENT, DEFAULT, SLOW)
# The routing key must be said: without it every queue gets every message.
QUEUES = [
    Queue(name, Exchange(name), routing_key=name)  # type: ignore[no-untyped-call]
    for name in NAMES
]

_CORE = "portal.core.tasks"
DELIVER_URGENT, DELIVER_DUE = f"{_CORE}.deliver_urgent", f"{_CORE}.deliver_due"
MAKE_DUE, NIGHTLY, FREQUENT = f"{_CORE}.make_due", f"{_CORE}.nightly", f"{_CORE}.frequent"
HEAR = f"{_CORE}.hear"

ROUTES: dict[str, dict[str, str]] = {
    DELIVER_URGENT: {"queue": URGENT},
    MAKE_DUE: {"queue": SLOW},
    NIGHTLY: {"queue": SLOW},
}

# Soft: the task is told to stop. Hard: its process is ended. A handler is told before its lease of
# two minutes runs out (`outbox.LEASE`); RabbitMQ closes a channel after thirty minutes.
SOFT, HARD = 110, 130
FREQUENT_SOFT, FREQUENT_HARD = 5 * 60, 5 * 60 + 20
SLOW_SOFT, SLOW_HARD = 25 * 60, 25 * 60 + 20
LIMITS: dict[str, dict[str, int]] = {
    FREQUENT: {"soft_time_limit": FREQUENT_SOFT, "time_limit": FREQUENT_HARD},
    MAKE_DUE: {"soft_time_limit": SLOW_SOFT, "time_limit": SLOW_HARD},
    NIGHTLY: {"soft_time_limit": SLOW_SOFT, "time_limit": SLOW_HARD},
}
# Redis gives a message that nobody acknowledged to the next worker after this time.
VISIBLE_AGAIN = 60 * 60


def transport_options(url: str, folders: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a broker; `folders` are those of the filesystem's."""
    if url.startswith("filesystem:"):
        return {**folders, "store_processed": False}
    if url.startswith(("redis:", "rediss:", "unix:", "sentinel:")):
        return {"visibility_timeout": VISIBLE_AGAIN, "socket_connect_timeout": 3}
    return {}


def _every(task: str, seconds: float, queue: str = "", **kwargs: str) -> dict[str, Any]:
    """One entry of beat. A call that waited so long that others followed it is dropped."""
    options: dict[str, Any] = {"expires": max(seconds, 60)}
    if queue:
        options["queue"] = queue
    return {"task": task, "schedule": float(seconds), "options": options, "kwargs": kwargs}


def schedule(*, with_search: bool) -> dict[str, dict[str, Any]]:
    """Return what beat asks for. Jobs are asked for more often than they are due: a table knows
    when each is (`core.job_runs`), so that a lost call costs minutes, and a second one nothing.
    """
    search = {"search": _every("portal.search.tasks.bring_changes", 5)} if with_search else {}
    return {
        "outbox": _every(DELIVER_DUE, 5),
        "urgent": _every(DELIVER_URGENT, 5),
        "making": _every(MAKE_DUE, 20),
        "publish-scheduled": _every(f"{_CORE}.publish_scheduled", 20),
        "seal-audit": _every(f"{_CORE}.seal_audit", 20),
        **search,
        "frequent": _every(FREQUENT, 60),
        "nightly": _every(NIGHTLY, 10 * 60),
        **{f"hear-{name}": _every(HEAR, 60, queue=name, name=name) for name in NAMES},
    }
