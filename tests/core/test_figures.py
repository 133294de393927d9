"""Figures that take long are kept with their time; quick ones are counted each time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.core import figures

KIND = "of-a-test"


class Counter:
    """What a figure is counted by: how often it was, and what for."""

    def __init__(self) -> None:
        self.times = 0
        self.about: tuple[str, ...] = ()

    def __call__(self, *about: str) -> dict[str, int]:
        self.times += 1
        self.about = about
        return {"n": self.times}


@pytest.fixture
def counter() -> Iterator[Counter]:
    made = Counter()
    figures.maker(KIND)(made)
    yield made
    del figures._makers[KIND]


@pytest.fixture
def dear(monkeypatch: Any) -> None:
    """As if each count took long."""
    monkeypatch.setattr(figures, "DEAR", 0)


def later(monkeypatch: Any, by: timedelta) -> None:
    now = timezone.now()
    monkeypatch.setattr(figures.timezone, "now", lambda: now + by)


def test_a_quick_figure_is_counted_each_time(counter: Counter) -> None:
    assert [figures.read(KIND, "a").data["n"] for _ in range(3)] == [1, 2, 3]


@pytest.mark.usefixtures("dear")
def test_a_slow_one_is_kept_with_its_time_for_each_question(counter: Counter) -> None:
    first = figures.read(KIND, "a", "b")
    again = figures.read(KIND, "a", "b")
    assert (again.data, again.as_of, again.is_kept) == (first.data, first.as_of, True)
    assert figures.read(KIND, "a", "c").data == {"n": 2}
    assert counter.about == ("a", "c")


@pytest.mark.usefixtures("dear")
def test_the_worker_counts_anew_what_was_asked_for_lately(
    counter: Counter, monkeypatch: Any
) -> None:
    first = figures.read(KIND, "a")
    later(monkeypatch, timedelta(minutes=15))
    assert figures.renew() == 1
    renewed = figures.read(KIND, "a")
    assert renewed.data == {"n": 2}
    assert renewed.as_of > first.as_of


@pytest.mark.usefixtures("dear")
def test_what_nobody_asked_for_in_a_day_is_dropped(counter: Counter, monkeypatch: Any) -> None:
    figures.read(KIND, "a")
    later(monkeypatch, timedelta(days=2))
    assert figures.renew() == 0
    assert figures.read(KIND, "a").data == {"n": 2}


@pytest.mark.usefixtures("dear")
def test_without_a_worker_no_figure_is_older_than_an_hour(
    counter: Counter, monkeypatch: Any
) -> None:
    figures.read(KIND, "a")
    later(monkeypatch, timedelta(minutes=59))
    assert figures.read(KIND, "a").data == {"n": 1}
    later(monkeypatch, timedelta(minutes=61))
    assert figures.read(KIND, "a").data == {"n": 2}
