"""How a writer settles what the screen found: by replacing it, or by a reason to keep it.

A reason is bound to what it was given for, by a signature over the field, the words and how often
they stand there: another name, or the same one once more, is asked about again. Nothing of this
is stored; what is counted carries no text.
"""

from dataclasses import dataclass, field

from django.core.signing import Signer
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.findings import BLOCK, Finding

REMOVED = "removed"
# What can stand in the place of a name.
STAND_INS: dict[str, Promise] = {
    "young_person": _("[young person]"),
    "caregiver": _("[caregiver]"),
    "as_colleague": _("[colleague]"),
    REMOVED: _("[removed]"),
}
# Reasons that settle a warning, and how they read beside it.
REASONS: dict[str, Promise] = {
    "colleague": _("This is a colleague"),
    "not_a_person": _("This is not a person"),
    "statute": _("It quotes a statute"),
    "official": _("A public official, named publicly"),
    "author": _("An author, cited"),
    "place": _("A place or an organization"),
    "of_nobody": _("It belongs to no case and no person"),
}
OF_NOBODY = "of_nobody"
FIRST_REASONS = ("colleague", "not_a_person")
# Why a number, a date or an account may stay that is only perhaps somebody's.
NUMBER_REASONS = (OF_NOBODY, "statute")
_signer = Signer(salt="privacy.settling")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle a finding: `value` is what the form sends."""

    value: str
    label: str


def seal(reason: str, *, name: str, said: str, times: int) -> str:
    """Sign that `said`, which stands `times` times in the field `name`, may be kept."""
    return _signer.signature(f"{name}\0{times}\0{reason}\0{said}")


def choices(finding: Finding, *, name: str, said: str, times: int) -> dict[str, list[Choice]]:
    """Return what may be chosen: replacements, the first reasons to keep it, the other reasons."""
    ways = list(STAND_INS) if finding.kind == "name" else [REMOVED]
    replace = [Choice(f"{way}|{said}", str(STAND_INS[way])) for way in ways]
    if finding.tier == BLOCK:
        return {"replace": replace, "keep": [], "others": []}
    kept = {
        reason: Choice(f"{reason}|{seal(reason, name=name, said=said, times=times)}", str(words))
        for reason, words in REASONS.items()
    }
    if finding.kind != "name":
        return {"replace": replace, "keep": [kept[r] for r in NUMBER_REASONS], "others": []}
    del kept[OF_NOBODY]
    first = [kept.pop(reason) for reason in FIRST_REASONS]
    return {"replace": replace, "keep": first, "others": list(kept.values())}


@dataclass(slots=True)
class Settled:
    """What a form says of the findings of one field."""

    stand_ins: dict[str, str] = field(default_factory=dict)
    reasons: set[tuple[str, str]] = field(default_factory=set)

    def add(self, value: str) -> None:
        """Take one choice as it was sent; one that does not exist settles nothing."""
        way, _bar, rest = value.partition("|")
        if way in STAND_INS:
            self.stand_ins[rest] = way
        elif way in REASONS:
            self.reasons.add((way, rest))

    def stand_in(self, finding: Finding, said: str) -> str | None:
        """Return what replaces `said`, if the writer chose so. A number is only ever removed."""
        way = self.stand_ins.get(said)
        if way is None:
            return None
        if finding.kind != "name":
            return str(STAND_INS[REMOVED])
        return str(STAND_INS[way])

    def reason(self, finding: Finding, *, name: str, said: str, times: int) -> str:
        """Return why `said` may be kept; empty where nobody gave a reason for just this."""
        if finding.tier == BLOCK:
            return ""
        for reason in sorted({reason for reason, _given in self.reasons}):
            if (reason, seal(reason, name=name, said=said, times=times)) in self.reasons:
                return reason
        return ""

    @property
    def carried(self) -> list[str]:
        """Choices that a page which comes back must send again; what is replaced is gone."""
        return [f"{reason}|{given}" for reason, given in sorted(self.reasons)]
