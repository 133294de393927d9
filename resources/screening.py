"""What this app does with the screen for identifying details."""

import re

from portal.core.privacy import screen
from portal.core.privacy.findings import BLOCK
from portal.people.models import HelpLine, User
from resources.models.directory import Service

EMAIL = re.compile(r"[^\s<>()\[\],;]+@[^\s<>()\[\],;]+")
# What an organization prints about itself.
OF_ORGANIZATIONS = frozenset({"phone", "email", "address", "handle"})


def blocked(text: str, *, organization: bool = False) -> list[str]:
    """Return the parts of a text that must not be stored.

    Numbers of the directory and the help lines, and the addresses of portal users, may stand. In
    an entry about an organization its own may stand as well.
    """
    findings = [f for f in screen(text, allow=_allowed(text)) if f.tier == BLOCK]
    skipped = OF_ORGANIZATIONS if organization else frozenset()
    return [text[f.start : f.end] for f in findings if f.kind not in skipped]


def _allowed(text: str) -> frozenset[str]:
    phones = {*HelpLine.objects.values_list("number", flat=True)}
    phones |= {*Service.objects.exclude(phone="").values_list("phone", flat=True)}
    typed = {address.lower().rstrip(".") for address in EMAIL.findall(text)}
    known = User.objects.filter(email__in=typed).values_list("email", flat=True) if typed else []
    return frozenset(value.lower() for value in [*phones, *known])
