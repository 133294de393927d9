"""Full names that are no finding: those who know them register a source, core imports nobody."""

from collections.abc import Callable, Iterable
from time import monotonic

Source = Callable[[], Iterable[str]]
SECONDS = 60.0

_sources: list[Source] = []
_kept: tuple[float, frozenset[str]] | None = None


def register(source: Source) -> None:
    """Add a source of full names. One that has no blank is ignored by the screen."""
    if source not in _sources:
        _sources.append(source)
    forget()


def names() -> frozenset[str]:
    """Return every full name, in lower case; at most a minute old.

    It is the same object until a name changes: what the screen makes of it is remembered by it.
    """
    global _kept
    if _kept is None or monotonic() - _kept[0] > SECONDS:
        found = frozenset(name.strip().lower() for source in _sources for name in source())
        _kept = (monotonic(), _kept[1] if _kept and _kept[1] == found else found)
    return _kept[1]


def forget() -> None:
    """Read the sources again at the next question."""
    global _kept
    _kept = None
