"""What the portal asks of a broker, tried on each: the embedded folder, Redis, RabbitMQ.

`TEST_BROKERS=redis://127.0.0.1:6379/6,amqp://guest:guest@127.0.0.1:5672//` says which are there;
`REQUIRE_ENGINES=redis,rabbitmq` makes one that is missing a failure. Queues have names of this run
alone, and are taken away.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery, Task
from celery.contrib.testing.worker import start_worker
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError

from portal import workers
from portal.celery import app as portal_app
from tests.search.engines import required

SCHEMES = {"redis": "redis:", "rabbitmq": "amqp:"}
PATIENT = 30.0  # seconds; a busy machine is no failure


@dataclass(frozen=True, slots=True)
class Stand:
    """An app set up as the portal's is, on one broker, with a task that notes where it ran."""

    app: Celery
    names: dict[str, str]  # each queue of the portal, as it is called here
    ran: list[str]
    task: Task

    def ask(self, word: str, queue: str = workers.DEFAULT, **options: Any) -> None:
        self.task.apply_async((word,), queue=self.names[queue], **options)

    @contextmanager
    def working(self, *queues: str) -> Iterator[None]:
        """One worker that takes what comes to these queues."""
        with start_worker(
            self.app,
            pool="threads",
            perform_ping_check=False,
            queues=[self.names[queue] for queue in queues],
            shutdown_timeout=PATIENT,
        ):
            yield


def url_of(name: str) -> str:
    if name == "filesystem":
        return "filesystem://localhost//"
    listed = os.environ.get("TEST_BROKERS", "").split(",")
    found = next((url for url in listed if url.startswith(SCHEMES[name])), "")
    if found:
        return found
    if name in required():
        pytest.fail(f"REQUIRE_ENGINES names {name}, and this run has none", pytrace=False)
    pytest.skip(f"{name} is not part of this run")


def until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENT
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


@pytest.fixture(params=["filesystem", "redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> str:
    """The address of a broker that is there."""
    return url_of(str(request.param))


def app_on(broker: str, folder: Path) -> Celery:
    """Return an app set up as the portal's, whose calls travel."""
    app = Celery(f"try-{uuid4().hex}", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    folders = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
    }
    options = workers.transport_options(broker, folders)
    app.conf.update(
        broker_url=broker,
        broker_transport_options=options,
        broker_heartbeat=2,  # a worker that waits looks up with each: it stops at once
        task_always_eager=False,
    )
    return app


@pytest.fixture
def stand(broker: str, tmp_path: Path) -> Iterator[Stand]:
    token, ran = uuid4().hex[:12], []  # type: ignore[var-annotated]
    names = {name: f"{token}-{name}" for name in workers.NAMES}
    queues = [
        Queue(name, Exchange(name), routing_key=name)  # type: ignore[no-untyped-call]
        for name in names.values()
    ]
    app = app_on(broker, tmp_path)
    app.conf.update(task_queues=queues, task_default_queue=names[workers.DEFAULT], task_routes={})
    (tmp_path / "queue").mkdir()
    (tmp_path / "control").mkdir()

    def note(word: str) -> None:
        ran.append(word)

    yield Stand(app, names, ran, app.task(note, name=f"{token}.note"))
    portal_app.set_current()  # a worker makes its own app everybody's
    portal_app.set_default()  # type: ignore[no-untyped-call]
    with app.connection_for_write() as connection, connection.channel() as channel:
        for queue in queues:
            queue(channel).delete()  # type: ignore[no-untyped-call]
    app.close()


def test_a_call_is_done_by_who_takes_its_queue_and_by_nobody_else(stand: Stand) -> None:
    for queue in workers.NAMES:
        stand.ask(queue, queue)
    with stand.working(workers.URGENT):
        assert until(lambda: stand.ran == [workers.URGENT])
    with stand.working(workers.DEFAULT, workers.SLOW):
        assert until(lambda: len(stand.ran) == 3)
    assert sorted(stand.ran) == sorted(workers.NAMES)


def test_what_was_asked_while_nobody_worked_is_done_once_afterwards(stand: Stand) -> None:
    for number in range(20):
        stand.ask(str(number))
    with stand.working(workers.DEFAULT):
        assert until(lambda: len(stand.ran) == 20)
        stand.ask("last")
        assert until(lambda: "last" in stand.ran)
    assert sorted(stand.ran) == sorted([*map(str, range(20)), "last"])


def test_a_call_that_waited_too_long_is_dropped(stand: Stand) -> None:
    """Beat asks again and again; nobody who comes back does a day's calls one after another."""
    stand.ask("stale", expires=0.2)
    time.sleep(0.5)
    stand.ask("fresh")
    with stand.working(workers.DEFAULT):
        assert until(lambda: "fresh" in stand.ran)
    assert stand.ran == ["fresh"]


@pytest.mark.parametrize("broker", ["redis", "rabbitmq"], indirect=True)
def test_what_a_worker_had_when_it_died_is_given_to_the_next(stand: Stand) -> None:
    """The folder of the embedded broker gives it away at once: there, beat asks again."""
    stand.ask("unanswered")
    held = []
    connection = stand.app.connection_for_read()
    consumer = stand.app.amqp.TaskConsumer(
        connection.channel(),
        queues=[stand.app.amqp.queues[stand.names[workers.DEFAULT]]],
        callbacks=[lambda _body, message: held.append(message)],
        on_message=None,
    )
    with consumer:
        connection.drain_events(timeout=PATIENT)
    assert len(held) == 1
    connection.close()  # and with it goes who held it
    with stand.working(workers.DEFAULT):
        assert until(lambda: stand.ran == ["unanswered"])


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_who_asks_while_the_broker_is_away_is_told_in_seconds(scheme: str, tmp_path: Path) -> None:
    away = app_on(f"{scheme}://127.0.0.1:9//", tmp_path)
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        away.send_task("any", queue=workers.DEFAULT)
    assert time.monotonic() - begun < PATIENT
    away.close()
