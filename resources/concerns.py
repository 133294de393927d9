"""Which words of a resource its author should look at again. Warnings: they hold nothing up."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.core import language, prose


def of_resource(page: Any) -> Iterator[str]:
    """Name each term to avoid with its place and the words to say instead."""
    places = [(_("Title"), page.title), (_("In one line"), page.line)]
    for place, html in [*places, (_("Text"), prose.of_stream(page.body))]:
        for finding in language.findings(html):
            yield _("%(place)s: %(finding)s") % {"place": place, "finding": finding}
