"""What was sent, and what was acknowledged; and the words that make each text its own."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from uuid import uuid4

WORDS = (
    "agenda notes room chair table agreement review partner "
    "schedule practice protocol training team meeting report office"
).split()
_numbers = count(int(uuid4().int % 16**6))


def phrase() -> str:
    """Return eight plain words that no other text of this run has in this order."""
    number = next(_numbers)
    return " ".join(WORDS[number >> (4 * place) & 15] for place in range(8))


@dataclass(slots=True)
class Operation:
    """`key` tells it apart: that of the form, or what it is about. `tries` are the times sent.

    `refused` is the status of an answer that says no (4xx, or a redirect elsewhere).
    """

    kind: str
    key: str
    text: str = ""
    tries: int = 0
    is_acknowledged: bool = False
    refused: str = ""


@dataclass
class Ledger:
    operations: list[Operation] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self, kind: str, key: str, text: str = "") -> Operation:
        operation = Operation(kind, key, text)
        with self._lock:
            self.operations.append(operation)
        return operation

    def of(self, kind: str, *, acknowledged: bool = False) -> Iterator[Operation]:
        for operation in list(self.operations):
            if operation.kind == kind and (operation.is_acknowledged or not acknowledged):
                yield operation

    @property
    def acknowledged(self) -> int:
        return sum(operation.is_acknowledged for operation in self.operations)

    @property
    def sent_again(self) -> int:
        """Return how many needed more than one try."""
        return sum(operation.tries > 1 for operation in self.operations)

    @property
    def refused(self) -> list[str]:
        return [f"{o.kind}: {o.refused}" for o in self.operations if o.refused]


@dataclass(frozen=True, slots=True)
class Read:
    """One page that a reader asked for. `at` is when the answer came, seconds of a steady clock;
    `status` is 0 where none came.
    """

    at: float
    page: str
    status: int
    seconds: float

    @property
    def is_well(self) -> bool:
        return self.status in (200, 304)


def worst_gap(reads: list[Read], begun: float, ended: float) -> float:
    """Return the longest time, in seconds, in which no page came, from begin to end."""
    at = [begun, *sorted(read.at for read in reads if read.is_well), ended]
    return max(after - before for before, after in pairwise(at))
