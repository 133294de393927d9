"""The screen as a validator of model and form fields, the admin's included."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.screening import screen


def validate_screened(value: str) -> None:
    """Refuse text with structured identifiers; ValidationError names the kind, not the text."""
    found = [f.label for f in screen(value) if f.tier == "block"]
    if found:
        words = ", ".join(dict.fromkeys(found))
        raise ValidationError(_("This looks like %(what)s. Take it out."), params={"what": words})
