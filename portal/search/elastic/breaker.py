"""The breaker: after three failures in a row nobody asks for half a minute, then one tries."""

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 3
SECONDS = 30.0


class Breaker:
    """One of each process, shared by its threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self.reset()

    def reset(self) -> None:
        self._failures, self._open_until = 0, 0.0

    def allows(self) -> bool:
        """Say whether to ask now. When the pause is over the first who asks tries for all."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._open_until:
                return False
            self._open_until = self._clock() + SECONDS
            return True

    def succeeded(self) -> None:
        with self._lock:
            self.reset()

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = self._clock() + SECONDS


asking = Breaker()  # for pages
working = Breaker()  # for the worker
