"""The screen for identifying details, numbers and addresses block, names warn."""

from portal.core.privacy.findings import Finding, blocks
from portal.core.privacy.screening import screen

__all__ = ["Finding", "blocks", "screen"]
