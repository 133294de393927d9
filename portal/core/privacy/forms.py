"""Form fields whose text passes the screen before anything can store it.

Text with open findings stays in the page: `clean()` refuses it, and `form.marked` shows each span
with its choices. Block-tier findings can be edited or replaced; warnings can also be settled with
a reason from a fixed list, which is counted and never kept with the text.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.core.privacy import Finding, screen

BLOCK = "block"
REPLACE = "replace"
# Reasons that settle a warning.
REASONS = {"colleague": _("This is a colleague"), "not_a_person": _("This is not a person")}
STAND_INS = {"name": _("[young person]"), "initials": _("[young person]")}
STAND_IN = _("[detail left out]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of typed text; `finding` is None where nothing was found."""

    text: str
    finding: Finding | None = None
    index: int = 0
    stand_in: str = ""

    @property
    def may_be_kept(self) -> bool:
        return self.finding is not None and self.finding.tier != BLOCK


@dataclass(frozen=True, slots=True)
class Marked:
    """A field's text with what was found in it, for `core/screened_text.html`."""

    name: str
    label: str
    spans: list[Span]

    @property
    def found(self) -> list[Span]:
        """Each thing that was found, once: settling it settles it wherever it stands."""
        firsts = {span.text: span for span in reversed(self.spans) if span.finding}
        return sorted(firsts.values(), key=lambda span: span.index)


class ScreenedCharField(forms.CharField):
    """Text that is screened; `allow` holds full names that are no finding."""

    def __init__(self, *, allow: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow = allow
        self.settled: dict[str, str] = {}
        self.text = ""
        self.open: list[Finding] = []
        self.overrides = 0

    def clean(self, value: Any) -> str:
        """Return the text with what was replaced; ValidationError lists each open finding."""
        self.text = self._replaced(super().clean(value) or "")
        found = screen(self.text, allow=self.allow)
        self.open = [f for f in found if not self._is_settled(f)]
        self.overrides = len(found) - len(self.open)
        if self.open:
            raise ValidationError([self._error(finding) for finding in self.open])
        return self.text

    def _said(self, finding: Finding) -> str:
        return self.text[finding.start : finding.end]

    def _is_settled(self, finding: Finding) -> bool:
        return finding.tier != BLOCK and self.settled.get(self._said(finding)) in REASONS

    def _replaced(self, text: str) -> str:
        if REPLACE not in self.settled.values():
            return text
        for finding in sorted(screen(text, allow=self.allow), key=lambda f: -f.start):
            if self.settled.get(text[finding.start : finding.end]) == REPLACE:
                text = text[: finding.start] + _stand_in(finding) + text[finding.end :]
        return text

    def _error(self, finding: Finding) -> ValidationError:
        words = {"found": self._said(finding), "label": finding.label}
        return ValidationError(_("“%(found)s”: %(label)s"), code=finding.tier, params=words)


class ScreenedForm(forms.Form):
    """A form with screened fields: reads how findings were settled, shows those left open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self._screened():
            field.settled = dict(self._settled(self.add_prefix(name)))

    def full_clean(self) -> None:
        """What the writer chose to replace is replaced in the text that comes back, too."""
        super().full_clean()
        if self.is_bound and self.errors:
            data: Any = copy(self.data)  # a QueryDict's copy may be changed
            for name, field in self._screened():
                if REPLACE in field.settled.values():
                    data[self.add_prefix(name)] = field.text
            self.data = data

    def _screened(self) -> Iterator[tuple[str, ScreenedCharField]]:
        for name, field in self.fields.items():
            if isinstance(field, ScreenedCharField):
                yield name, field

    def _settled(self, name: str) -> Iterator[tuple[str, str]]:
        for key, value in self.data.items():
            if key.startswith(f"settle-{name}-"):
                how, _bar, said = str(value).partition("|")
                yield said, how

    @property
    def overrides(self) -> int:
        """How many warnings the writer settled with a reason."""
        return sum(field.overrides for _name, field in self._screened())

    @property
    def settled(self) -> list[tuple[str, str]]:
        """Hidden inputs that carry what is settled through a page that comes back."""
        return [
            (f"settle-{self.add_prefix(name)}-s{index}", f"{how}|{said}")
            for name, field in self._screened()
            for index, (said, how) in enumerate(field.settled.items())
        ]

    @property
    def marked(self) -> list[Marked]:
        return [
            Marked(self.add_prefix(name), str(field.label), list(_spans(field)))
            for name, field in self._screened()
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


def _stand_in(finding: Finding) -> str:
    return str(STAND_INS.get(finding.kind, STAND_IN))


def _spans(field: ScreenedCharField) -> Iterator[Span]:
    """Cut a text at its findings; one that overlaps an earlier one is told with it."""
    at = 0
    for index, finding in enumerate(sorted(field.open, key=lambda f: f.start)):
        if finding.start < at:
            continue
        yield Span(field.text[at : finding.start])
        said = field.text[finding.start : finding.end]
        yield Span(said, finding, index, _stand_in(finding))
        at = finding.end
    yield Span(field.text[at:])
