"""A PDF can be small and take hours; reading one ends after some seconds."""

from time import monotonic
from typing import Any

from portal.core.privacy.documents.refused import Refused

SECONDS = 20.0
MOST_DRAWN = 4_000  # pictures and forms on one page; pypdf leaves out what comes after 5,000
PAINTS = frozenset({b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh",
                    b"INLINE IMAGE", b"Tj", b"TJ", b"'", b'"'})  # fmt: skip


class Clock:
    """Asked at every step. It counts, for one page, what is drawn."""

    def __init__(self) -> None:
        self._ends = monotonic() + SECONDS
        self.painted = self._drawn = 0

    def check(self) -> None:
        if monotonic() > self._ends or self._drawn > MOST_DRAWN:
            raise Refused("complex")

    def next_page(self) -> None:
        # A refusal inside a form is swallowed by pypdf; here it comes up.
        self.check()
        self.painted = self._drawn = 0

    def tick(self, operator: bytes, *more: Any) -> None:
        """Called by pypdf before each operator."""
        self.painted += operator in PAINTS
        self._drawn += operator == b"Do"
        self.check()
