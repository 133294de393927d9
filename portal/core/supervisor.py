"""Web server and worker as children of one command; they start, run and stop together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

from django.conf import settings

GRACE = 10  # seconds a child has to stop by itself
ADDRESS = "127.0.0.1"


class PortTaken(Exception):
    """Another program listens on the port."""


def probe(port: int) -> None:
    """Say at once when the port is taken. PortTaken, or OSError where it may not be had."""
    with socket.socket() as test:
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            test.bind((ADDRESS, port))
        except OSError as error:
            raise PortTaken(error.strerror) from error


def web(port: int, workers: int) -> list[str]:
    shm = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    return [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi", "-b", f"{ADDRESS}:{port}"),
        *("-w", str(workers), "--threads", "4", "--log-level", "warning", *shm),
        "--no-control-socket",
    ]


def worker(*, quiet_as_root: bool = False) -> list[str]:
    """Worker and beat. The demo often runs as root in a container; Celery's warning would scare.

    Processes, since a thread that hangs cannot be ended (ADR 22). Three: what takes minutes has one
    for nightly work and one for what is made, and one is left for all that is short.
    """
    quiet = ["-W", "ignore:You're running the worker:UserWarning"] if quiet_as_root else []
    return [
        *(sys.executable, *quiet, "-m", "celery", "--quiet", "-A", "portal", "worker", "-B"),
        *("-P", "prefork", "-c", "3", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def run(
    commands: Sequence[Sequence[str]],
    *,
    extra_env: Mapping[str, str],
    ready: Callable[[], object],
) -> int:
    """Run the children until a signal or until one ends; return the exit status for the command.

    Each child has a session of its own, or Celery would get Ctrl-C twice and stop cold. `ready`
    is called once all have been started.
    """
    stopping = _flag_on_signals()
    env = {**os.environ, **extra_env}
    children = [
        subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
        for command in commands
    ]
    ready()
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    died = not stopping
    _stop(children)
    return 1 if died else 0


def _flag_on_signals() -> list[int]:
    """Return a list that a signal makes non-empty."""
    flag: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        flag.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    return flag


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop; after the grace end what is left, its own children too."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
