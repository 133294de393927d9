"""The portal's processes, begun by the lines of deploy/systemd and brought back likewise."""

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGAIN_AFTER = 1.0  # seconds; systemd waits five
# What systemd calls no failure: such a unit is not begun again.
CLEAN = (0, -signal.SIGHUP, -signal.SIGINT, -signal.SIGTERM, -signal.SIGPIPE)
STOPS_WITHIN = 15  # seconds


def line_of(name: str) -> list[str]:
    """Return the command of deploy/systemd/portal-<name>.service, with this Python's programs."""
    unit = (ROOT / "deploy" / "systemd" / f"portal-{name}.service").read_text()
    start = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = shlex.split(start.partition("=")[2])
    return [str(Path(sys.executable).parent / Path(words[0]).name), *words[1:]]


class Unit:
    """One service: a process group of its own, begun again when it fails (`Restart=on-failure`)."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path) -> None:
        self.name, self.command, self.env, self.log = name, command, env, log
        self.starts = 0
        self._wanted = True
        self._process = self._begin()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """End the whole group at once, as a loss of the machine would."""
        self.signal(signal.SIGKILL)

    def signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def children(self) -> list[int]:
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in path.read_text().split()] if path.exists() else []

    def kill_child(self) -> None:
        """End one process below the first one: a gunicorn worker, a process of the pool."""
        for pid in self.children()[-1:]:
            os.kill(pid, signal.SIGKILL)

    def memory(self) -> int:
        """Return the bytes of the group that are its own or shared with nobody but itself (PSS)."""
        return sum(_memory(pid) for pid in [self.pid, *self.children()])

    def stop(self) -> None:
        self._wanted = False
        try:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            pass
        self.kill()
        self._keeper.join(5)

    def _begin(self) -> "subprocess.Popen[bytes]":
        self.starts += 1
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def _keep(self) -> None:
        while self._wanted:
            self._process.wait()
            self.kill()  # what its first process left behind
            if self._process.returncode in CLEAN:
                return
            if self._wanted:
                time.sleep(AGAIN_AFTER)
            if self._wanted:
                self._process = self._begin()


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
