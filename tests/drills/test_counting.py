"""The count of the drills finds what is lost and what is there twice."""

from collections import Counter

import pytest

from drills.counting import Tally, compare
from drills.ledger import Ledger, Read, phrase, worst_gap
from drills.units import line_of


def counted(ledger: Ledger, **rows: dict[str, int]) -> Tally:
    tally = Tally()
    compare(ledger, tally, lambda kind: Counter(rows[kind]))
    return tally


def send(ledger: Ledger, kind: str, key: str, *, text: str = "", answered: bool = True) -> None:
    operation = ledger.begin(kind, key, text)
    operation.tries, operation.is_acknowledged = 1, answered


def test_what_was_acknowledged_and_is_there_is_whole() -> None:
    ledger = Ledger()
    send(ledger, "lesson", "a")
    send(ledger, "reply", "b", text="agenda room")
    tally = counted(ledger, lesson={"a": 1}, reply={"agenda room": 1})
    assert tally.is_whole
    assert (tally.acknowledged, tally.found) == (2, 2)


def test_what_was_acknowledged_and_is_not_there_is_missing() -> None:
    ledger = Ledger()
    send(ledger, "lesson", "a")
    tally = counted(ledger, lesson={})
    assert len(tally.missing) == 1
    assert not tally.is_whole


def test_what_nobody_acknowledged_may_be_there_or_not() -> None:
    ledger = Ledger()
    send(ledger, "lesson", "a", answered=False)
    send(ledger, "lesson", "b", answered=False)
    tally = counted(ledger, lesson={"b": 1})
    assert tally.is_whole
    assert tally.acknowledged == 0


@pytest.mark.parametrize("answered", [True, False])
def test_nothing_may_be_there_twice_acknowledged_or_not(answered: bool) -> None:
    ledger = Ledger()
    send(ledger, "create", "a", text="agenda room", answered=answered)
    tally = counted(ledger, create={"agenda room": 2})
    assert len(tally.twice) == 1


def test_no_two_texts_are_the_same() -> None:
    texts = [phrase() for _ in range(5000)]
    assert len(set(texts)) == len(texts)


def test_the_worst_gap_counts_pages_that_came_and_both_ends() -> None:
    reads = [
        Read(1, "/", 200, 0.1),
        Read(5, "/", 500, 0.1),
        Read(6, "/", 0, 5),
        Read(8, "/", 200, 0),
    ]
    assert worst_gap(reads, begun=0, ended=9) == 7
    assert worst_gap(reads, begun=0, ended=20) == 12
    assert worst_gap([], begun=0, ended=4) == 4


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_unit_has_a_line_that_can_be_run_here(name: str) -> None:
    command = line_of(name)
    assert command[0].endswith("/bin/gunicorn" if name == "web" else "/bin/celery")
