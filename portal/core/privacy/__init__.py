"""The screen for identifying details, first tier: structured identifiers, which block."""

from portal.core.privacy.findings import Finding, blocks
from portal.core.privacy.screening import screen

__all__ = ["Finding", "blocks", "screen"]
