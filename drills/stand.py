"""The stand: engines of its own, the portal filled and running, all below one folder."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from drills.engines import Elastic, Postgres, Rabbit, Redis, free_port, wait
from drills.mailbox import Mailbox
from drills.units import ROOT, Unit, line_of

ROOM = "192m"
UNITS = ("web", "worker", "beat")


class Stand:
    """Use it as a context. `env` are the settings of every process, this one included."""

    def __init__(
        self, *, broker: str = "redis", search: bool = False, kept: Path | None = None
    ) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="drills-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        self.folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        self.kept = kept
        self.room = self.folder / "room"  # all that the portal writes to
        self.is_small = self._bound()
        self.postgres, self.redis = Postgres(self.folder), Redis(self.folder)
        self.rabbit = Rabbit(self.folder) if broker == "rabbitmq" else None
        self.elastic = Elastic(self.folder) if search else None
        self.port = free_port()
        self.mailbox = Mailbox(free_port())
        self.env = self._environment()
        self.units: dict[str, Unit] = {}
        self.repeats_before = 0  # mails that came more than once, up to the last count

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def media(self) -> Path:
        return Path(self.env["MEDIA_ROOT"])

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def begin(self, name: str, *, as_name: str = "", env: dict[str, str] | None = None) -> Unit:
        """Start a unit of deploy/systemd; a second one of a kind has a name of its own."""
        command = line_of(name)
        if name == "web":
            command[command.index("--bind") + 1] = f"127.0.0.1:{self.port}"
        if as_name:
            command.append(f"--hostname={as_name}@%h")
        key = as_name or name
        log = self.folder / f"{key}.log"
        self.units[key] = Unit(key, command, {**self.env, **(env or {})}, log)
        return self.units[key]

    def end(self, name: str) -> None:
        self.units.pop(name).stop()

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.base}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait_for_web(self) -> float:
        return wait("The web server", self.answers)

    def manage(self, *words: str, env: dict[str, str] | None = None) -> str:
        """Run manage.py and return what it printed. CalledProcessError when it failed."""
        command = [sys.executable, "manage.py", *words]
        whole = {**self.env, **(env or {})}
        done = subprocess.run(command, cwd=ROOT, env=whole, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout, done.stderr)
            done.check_returncode()
        return done.stdout

    def close(self) -> None:
        for unit in reversed(self.units.values()):
            unit.stop()
        for engine in (self.elastic, self.rabbit, self.redis):
            if engine is not None:
                engine.stop()
        if (self.postgres.folder / "postmaster.pid").exists():
            self.postgres.stop("immediate")
        if self.is_small:
            subprocess.run(["umount", "-l", str(self.room)], check=True)
        self._temporary.cleanup()

    def _bound(self) -> bool:
        """Give the portal's files a small disk of their own; say whether that could be done."""
        self.room.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "drills", str(self.room)]
        return subprocess.run(command, capture_output=True).returncode == 0

    def _start(self) -> None:
        self.redis.start()
        for engine in (self.rabbit, self.elastic):
            if engine is not None:
                engine.start()
        self._fill()
        os.environ.update(self.env)
        for name in UNITS:
            self.begin(name)
        self.wait_for_web()

    def _fill(self) -> None:
        """Make the database, or begin from the one that was kept."""
        for name in ("STATE_DIR", "MEDIA_ROOT"):
            Path(self.env[name]).mkdir(parents=True)
        kept = self.kept / fingerprint() if self.kept else None
        command = [sys.executable, "-m", "drills.filling"]
        tables = [*command, "tables"]  # and the files that go with the pages
        if kept is not None and kept.exists():
            self.postgres.take(kept)
            self.postgres.start()
            subprocess.run(tables, cwd=ROOT, env=self.env, check=True)
            return
        self.postgres.make()
        self.postgres.start()
        self.postgres.create("portal")
        subprocess.run(tables, cwd=ROOT, env=self.env, check=True)
        self.postgres.create("empty", template="portal")
        subprocess.run(command, cwd=ROOT, env=self.env, check=True)
        if kept is not None:
            self.postgres.keep(kept)

    def _environment(self) -> dict[str, str]:
        broker = self.rabbit.url if self.rabbit else self.redis.url(1)
        search = {"ELASTICSEARCH_URL": self.elastic.url} if self.elastic else {}
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "drills.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'requests'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "STATE_DIR": str(self.room / "state"),
            "MEDIA_ROOT": str(self.room / "media"),
            "STATIC_ROOT": str(ROOT / "var" / "drills-static"),
            "SECRET_KEY": "for-the-drills-alone",
            "AUDIT_KEY": "for-the-drills-alone",
            "DATABASE_URL": self.postgres.url,
            "CACHE_URL": self.redis.url(0),
            "CELERY_BROKER_URL": broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
            "BASE_URL": self.base,
            **search,
        }


def fingerprint() -> str:
    """Hash what a filled database is made of, so that a kept one is of this very code."""
    total = hashlib.sha256()
    folders = ("portal", "training", "resources", "requests", "drills/filling.py")
    for folder in folders:
        path = ROOT / folder
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if "migrations" in file.parts or "content" in file.parts or path == file:
                total.update(file.read_bytes() if file.is_file() else b"")
    return total.hexdigest()[:16]
