"""Uploads: what stands in them is read before anything is stored, and what they hide comes off."""

from portal.core.privacy.documents.inspecting import LARGEST, cleaned, inspect
from portal.core.privacy.documents.kinds import Kind
from portal.core.privacy.documents.parts import Found, Inspected, Part, Place
from portal.core.privacy.documents.refused import Refused

__all__ = [
    "LARGEST",
    "Found",
    "Inspected",
    "Kind",
    "Part",
    "Place",
    "Refused",
    "cleaned",
    "inspect",
]
