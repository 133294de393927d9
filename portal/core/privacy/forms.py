"""Form fields whose text passes the screen before anything can store it.

Text with open findings stays in the page: `clean()` refuses it, and `form.marked` shows each span
with its choices. Block-tier findings can be edited or removed; warnings can also be replaced, or
kept for a reason from a fixed list, which is counted without the text (`settling`, `overrides`).
"""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.core.privacy import Finding, allowed, overrides, screen, settling
from portal.core.privacy.overrides import Kept
from portal.core.privacy.settling import Choice, Settled

# So many are asked about in one page; the rest after these.
ASKED_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of typed text; `finding` is None where nothing was found."""

    text: str
    finding: Finding | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, however often it stands there, and the ways to settle it."""

    span: Span
    times: int
    replace: list[Choice]
    keep: list[Choice]
    others: list[Choice]


@dataclass(frozen=True, slots=True)
class Marked:
    """A field's text with what was found in it, for `core/screened_text.html`."""

    name: str
    label: str
    spans: list[Span]

    @property
    def found(self) -> list[Found]:
        """Each thing once: settling it settles it wherever it stands."""
        return [self._found(span) for span in self._firsts()[:ASKED_AT_ONCE]]

    @property
    def further(self) -> int:
        return max(0, len(self._firsts()) - ASKED_AT_ONCE)

    def _firsts(self) -> list[Span]:
        firsts = {span.text: span for span in reversed(self.spans) if span.finding}
        return sorted(firsts.values(), key=lambda span: span.number)

    def _found(self, span: Span) -> Found:
        assert span.finding is not None  # noqa: S101  # _firsts() holds no other
        times = sum(other.text == span.text for other in self.spans if other.finding)
        ways = settling.choices(span.finding, name=self.name, said=span.text, times=times)
        return Found(span, times, ways["replace"], ways["keep"], ways["others"])


class ScreenedCharField(forms.CharField):
    """Text that is screened; full names that an app registered (`allowed`) are no finding."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = ""
        self.settled = Settled()
        self.text = ""
        self.open: list[Finding] = []
        self.kept: list[tuple[str, str]] = []

    def clean(self, value: Any) -> str:
        """Return the text with what was replaced; ValidationError lists each open finding."""
        self.open, self.kept = [], []
        self.text = self._replaced(super().clean(value) or "")
        found = self._screen(self.text)
        times = Counter(self.said(finding) for finding in found)
        for finding in found:
            said = self.said(finding)
            reason = self.settled.reason(finding, name=self.name, said=said, times=times[said])
            if reason:
                self.kept.append((finding.kind, reason))
            else:
                self.open.append(finding)
        if self.open:
            raise ValidationError([self._error(finding) for finding in self.open])
        return self.text

    def _screen(self, text: str) -> list[Finding]:
        return screen(text, allow=allowed.names())

    def said(self, finding: Finding) -> str:
        return self.text[finding.start : finding.end]

    def _replaced(self, text: str) -> str:
        if not self.settled.stand_ins:
            return text
        for finding in reversed(self._screen(text)):
            stand_in = self.settled.stand_in(finding, text[finding.start : finding.end])
            if stand_in is not None:
                text = text[: finding.start] + stand_in + text[finding.end :]
        return text

    def _error(self, finding: Finding) -> ValidationError:
        words = {"found": self.said(finding), "label": finding.label}
        return ValidationError(_("“%(found)s”: %(label)s"), code=finding.tier, params=words)


class ScreenedForm(forms.Form):
    """A form with screened fields: reads how findings were settled, shows those left open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self._screened():
            field.name = self.add_prefix(name)
            field.settled = self._settled(field.name)

    def full_clean(self) -> None:
        """What the writer chose to replace is replaced in the text that comes back, too."""
        super().full_clean()
        if self.is_bound and self.errors:
            data: Any = copy(self.data)  # a QueryDict's copy may be changed
            for _name, field in self._screened():
                if field.settled.stand_ins:
                    data[field.name] = field.text
            self.data = data
        elif self.is_bound:
            overrides.count(type(self).__name__, self._kept())

    def _screened(self) -> Iterator[tuple[str, ScreenedCharField]]:
        for name, field in self.fields.items():
            if isinstance(field, ScreenedCharField):
                yield name, field

    def _settled(self, name: str) -> Settled:
        settled = Settled()
        for key in self.data:
            if key.startswith(f"settle-{name}-"):
                settled.add(str(self.data[key]))
        return settled

    def _kept(self) -> Iterator[Kept]:
        for name, field in self._screened():
            for kind, reason in field.kept:
                yield name, kind, reason

    @property
    def overrides(self) -> int:
        """How many warnings the writer settled with a reason."""
        return sum(len(field.kept) for _name, field in self._screened())

    @property
    def settled(self) -> list[tuple[str, str]]:
        """Hidden inputs that carry what is settled through a page that comes back."""
        return [
            (f"settle-{field.name}-s{index}", value)
            for _name, field in self._screened()
            for index, value in enumerate(field.settled.carried)
        ]

    @property
    def marked(self) -> list[Marked]:
        return [
            Marked(field.name, str(field.label), list(_spans(field)))
            for _name, field in self._screened()
            if field.open
        ]

    @property
    def not_saved(self) -> str:
        """The headline over what is open; empty when nothing is."""
        if not self.errors:
            return ""
        count = sum(len(field.open) for _name, field in self._screened())
        if not count:
            return ""
        words = ngettext(
            "Not saved: %(count)d thing to settle", "Not saved: %(count)d things to settle", count
        )
        return words % {"count": count}


def _spans(field: ScreenedCharField) -> Iterator[Span]:
    """Cut a text at its findings, which come in order and apart."""
    at = 0
    for number, finding in enumerate(field.open, start=1):
        yield Span(field.text[at : finding.start])
        yield Span(field.said(finding), finding, number)
        at = finding.end
    yield Span(field.text[at:])
