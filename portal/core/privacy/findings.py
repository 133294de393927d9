"""What the screen says of a text: where, which kind, and whether it blocks."""

from collections.abc import Iterable
from dataclasses import dataclass

BLOCK = "block"
WARN = "warn"

LABELS = {
    "ssn": "a Social Security number",
    "dob": "a date of birth",
    "case_number": "a case or record number",
    "phone": "a phone number",
    "email": "an e-mail address",
    "address": "a street address",
    "plate": "a license plate",
    "handle": "a social media account",
    "ip": "an IP address or device number",
    "name": "a name or initials",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One span that may identify somebody: characters `start` up to, not including, `end`.

    It carries offsets and never the text, so that a finding may be logged or counted.
    """

    start: int
    end: int
    kind: str
    tier: str

    @property
    def label(self) -> str:
        label = LABELS[self.kind]
        return label if self.tier == BLOCK or self.kind == "name" else f"perhaps {label}"


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether the text must not be stored."""
    return any(finding.tier == BLOCK for finding in findings)
