"""Every task has its queue and its limits, on every broker; beat and workers are heard."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from portal import workers
from portal.celery import app
from portal.core import heartbeats, nightly, outbox, tasks
from portal.core.models import Heartbeat


def queue_of(task: str) -> str:
    route = app.amqp.router.route({}, task)
    return str(route["queue"].name)


def test_every_task_goes_to_the_queue_of_what_takes_as_long() -> None:
    ours = {name for name in app.tasks if name.startswith(("portal.", "training.", "resources."))}
    assert {workers.DELIVER_URGENT, workers.MAKE_DUE, workers.HEAR} <= ours
    assert set(workers.ROUTES) | set(workers.LIMITS) <= ours
    slow = {workers.MAKE_DUE, workers.NIGHTLY}
    assert {name for name in ours if queue_of(name) == "slow"} == slow
    assert {name for name in ours if queue_of(name) == "urgent"} == {workers.DELIVER_URGENT}
    assert {queue_of(name) for name in ours} == set(workers.NAMES)


def test_beat_asks_for_tasks_that_exist_and_hears_every_queue() -> None:
    app.loader.import_default_modules()  # as a worker does when it starts
    entries = workers.schedule(with_search=True)
    assert {entry["task"] for entry in entries.values()} <= set(app.tasks)
    heard = {entry["options"].get("queue") for entry in entries.values()} - {None}
    assert heard == set(workers.NAMES)
    assert all(entry["options"]["expires"] >= 60 for entry in entries.values())


def test_a_queue_has_a_key_of_its_own_so_that_a_message_goes_to_one() -> None:
    assert [queue.routing_key for queue in workers.QUEUES] == list(workers.NAMES)
    assert len({queue.exchange.name for queue in workers.QUEUES}) == len(workers.NAMES)


def test_a_handler_is_told_to_stop_before_another_worker_may_take_its_effect() -> None:
    assert outbox.BUDGET < workers.SOFT < outbox.LEASE.total_seconds() < workers.HARD
    for limits in [*workers.LIMITS.values()]:
        assert limits["soft_time_limit"] < limits["time_limit"] < workers.VISIBLE_AGAIN
        assert limits["time_limit"] < 30 * 60, "RabbitMQ waits no longer for an answer"
    assert timedelta(seconds=workers.SLOW_HARD) < nightly.NIGHT_HELD
    assert timedelta(seconds=workers.FREQUENT_HARD) < nightly.FREQUENT_HELD
    assert timedelta(seconds=workers.HARD) < tasks.HELD


def test_the_limits_reach_the_tasks() -> None:
    assert app.tasks[workers.NIGHTLY].soft_time_limit == workers.SLOW_SOFT
    assert app.tasks[workers.NIGHTLY].time_limit == workers.SLOW_HARD
    assert app.conf.task_soft_time_limit == workers.SOFT
    assert app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("filesystem://localhost//", {"data_folder_in": "x", "store_processed": False}),
        ("redis://127.0.0.1/0", {"visibility_timeout": 3600, "socket_connect_timeout": 3}),
        ("amqp://127.0.0.1//", {}),
    ],
)
def test_each_broker_gets_its_own_options(url: str, expected: dict[str, object]) -> None:
    assert workers.transport_options(url, {"data_folder_in": "x"}) == expected


@pytest.mark.django_db
def test_a_heartbeat_is_one_row_that_grows_old() -> None:
    for name in heartbeats.EVERY:
        tasks.hear(name)
        tasks.hear(name)
    assert Heartbeat.objects.count() == len(heartbeats.EVERY)
    assert heartbeats.heard().count() == len(heartbeats.EVERY)
    Heartbeat.objects.filter(name="slow").update(heard_at=timezone.now() - timedelta(minutes=6))
    assert heartbeats.heard().count() == len(heartbeats.EVERY) - 1


def test_the_embedded_worker_can_end_what_hangs_and_takes_every_queue() -> None:
    from portal.core import supervisor

    command = supervisor.worker()
    assert command[command.index("-P") + 1] == "prefork", "a thread cannot be ended"
    assert "-Q" not in command
    assert int(command[command.index("-c") + 1]) > settings.MADE_AT_ONCE + 1
