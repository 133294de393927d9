"""What reports keep of texts that people typed: the note of a frozen report."""

from django.utils.translation import gettext_lazy as _

from portal.core.redaction import registry, shapes
from portal.reports.models import FrozenReport


def register() -> None:
    registry.texts(FrozenReport, _("the note of a frozen report"), {"note": shapes.plain})
