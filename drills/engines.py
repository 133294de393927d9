"""Engines of the stand's own: PostgreSQL, Redis, RabbitMQ, Elasticsearch, each on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from drills.units import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait(what: str, holds: Callable[[], bool], seconds: float = 240) -> float:
    """Return how many seconds it took until something held. RuntimeError where it never did."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise RuntimeError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


class Postgres:
    """A cluster of its own. Root may not run it, so then it is the user postgres."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder / "postgres"
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name)
        self.bin = versions[-1]
        self.is_root = os.geteuid() == 0

    @property
    def url(self) -> str:
        return self.url_of("portal")

    def url_of(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        self.folder.mkdir(parents=True)
        self._own()
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")

    def take(self, source: Path) -> None:
        """Begin from a copy of a cluster that was stopped."""
        subprocess.run(["cp", "-a", str(source), str(self.folder)], check=True)
        self._own()

    def keep(self, target: Path) -> None:
        """Copy the cluster, stopped for it, for the next time."""
        self.stop()
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(self.folder), str(target)], check=True)
        self.start()

    def start(self) -> None:
        self._ctl("start")

    def stop(self, mode: str = "fast") -> None:
        self._ctl("stop", "-m", mode)

    def crash(self) -> None:
        """Restart without a shutdown: the log is replayed, as after a loss of power."""
        self._ctl("restart", "-m", "immediate")

    def create(self, database: str, *, template: str = "template1") -> None:
        host = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]
        subprocess.run([str(self.bin / "createdb"), *host, "-T", template, database], check=True)

    def _ctl(self, *words: str) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-o", options, "-l", log, "-w", "-t", "120", *words)

    def _run(self, program: str, *words: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if self.is_root else []
        subprocess.run(
            [*as_user, str(self.bin / program), "-D", str(self.folder), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def _own(self) -> None:
        if self.is_root:
            subprocess.run(["chown", "-R", "postgres", str(self.folder)], check=True)
        self.folder.chmod(0o700)


class Redis:
    """Cache and broker. It keeps nothing on disk, so a restart is a loss."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, number: int) -> str:
        return f"redis://127.0.0.1:{self.port}/{number}"

    def start(self) -> None:
        words = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(
            ["redis-server", *words, "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait("Redis", lambda: listens(self.port))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Rabbit:
    """A node of RabbitMQ of its own, below the stand's folder."""

    HOME = Path("/usr/lib/rabbitmq/bin")

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder / "rabbit"
        self.name = f"drill{self.port}@localhost"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        self.folder.mkdir()
        (self.folder / "none").touch()
        self._process = subprocess.Popen(
            [str(self.HOME / "rabbitmq-server")],
            env=self._env(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait("RabbitMQ", lambda: listens(self.port))
        wait("RabbitMQ", lambda: self._control("await_startup"))

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def pause(self) -> None:
        self._control("stop_app")

    def go_on(self) -> None:
        self._control("start_app")
        wait("RabbitMQ", lambda: listens(self.port))

    def _control(self, word: str) -> bool:
        command = [str(self.HOME / "rabbitmqctl"), "-n", self.name, word]
        return subprocess.run(command, env=self._env(), capture_output=True).returncode == 0

    def _env(self) -> dict[str, str]:
        base = str(self.folder)
        return {
            **os.environ,
            "HOME": base,
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": base,
            "RABBITMQ_LOG_BASE": base,
            "RABBITMQ_LOGS": f"{base}/log",
            "RABBITMQ_CONFIG_FILE": f"{base}/none",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{base}/none-enabled",
            "RABBITMQ_PID_FILE": f"{base}/pid",
        }


class Elastic:
    """The node of tests/elasticsearch. What it held is gone when it starts again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        cache = os.environ.get("ELASTICSEARCH_CACHE")
        self.folder = folder / "elasticsearch"
        if cache and (Path(cache) / "anserini.jar").exists():
            self.folder.mkdir()
            os.link(Path(cache) / "anserini.jar", self.folder / "anserini.jar")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        script = ROOT / "tests" / "elasticsearch" / "start.sh"
        subprocess.run(
            [str(script), str(self.folder), str(self.port)], check=True, stdout=subprocess.DEVNULL
        )

    def stop(self) -> None:
        pid = self.folder / "pid"
        if pid.exists():
            os.kill(int(pid.read_text()), signal.SIGKILL)
            shutil.rmtree((self.folder / "data").read_text().strip(), ignore_errors=True)
            pid.unlink()
