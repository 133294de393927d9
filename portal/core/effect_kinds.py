"""What kinds of effects there are: their words, how urgent each is, and who carries it.

Each app says it of its own kinds beside those of its events, in `kinds.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.core.models import Effect

URGENT, NORMAL, LATER = Effect.Urgency.URGENT, Effect.Urgency.NORMAL, Effect.Urgency.LATER


class Lane(StrEnum):
    """Who has an effect: each lane is a task, on a queue of its own (`portal.workers`).

    What is due has all but what is made: of this each may take minutes.
    """

    URGENT = "urgent"
    DUE = "due"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_made` is what the worker makes step by step, files of packs and reports."""

    label: Any
    urgency: int = NORMAL
    is_made: bool = False


_kinds: dict[str, Kind] = {}


def describe(kinds: Mapping[str, Kind]) -> None:
    _kinds.update(kinds)


def every() -> dict[str, Kind]:
    return dict(_kinds)


def find(kind: str) -> Kind:
    return _kinds.get(kind, Kind(kind))


def made() -> list[str]:
    return [name for name, kind in _kinds.items() if kind.is_made]


def lane_of(kind: str, urgency: int) -> Lane:
    if find(kind).is_made:
        return Lane.MADE
    return Lane.URGENT if urgency == URGENT else Lane.DUE
