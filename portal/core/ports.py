"""What one app must make in another goes through here: the maker registers, the caller calls.

The three apps never import each other (import-linter holds it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page offered while somebody writes a request."""

    title: str
    url: str
    kind: str
    summary: str


_ports: dict[str, Callable[..., Any]] = {}


def register(name: str, function: Callable[..., Any]) -> None:
    """Offer a function under a name; the names in use stand in docs/architecture.md."""
    _ports[name] = function


def call(name: str, /, **arguments: Any) -> Any:
    """Call the function registered under the name. KeyError when no app offers it."""
    return _ports[name](**arguments)
