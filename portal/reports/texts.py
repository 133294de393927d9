"""The text blocks of templates: whose words stand, and writing others."""

from collections.abc import Mapping

from django.db import transaction

from portal.core import events
from portal.people.models import User
from portal.reports.layouts import Layout
from portal.reports.models import ReportText


def latest(layout: Layout) -> dict[str, ReportText]:
    """Return the last text written for each block of a template."""
    rows = ReportText.objects.filter(layout=layout.key).select_related("written_by")
    found: dict[str, ReportText] = {}
    for row in rows:
        found.setdefault(row.block, row)
    return found


def of(layout: Layout) -> dict[str, str]:
    """Return the words of each block: those of the manager, or ours where there are none."""
    written = latest(layout)
    return {
        block.key: (written[block.key].text if block.key in written else "") or str(block.words)
        for block in layout.texts
    }


@transaction.atomic
def write(layout: Layout, words: Mapping[str, str], *, by: User) -> int:
    """Keep what differs from what stands; an empty text gives ours back. Return how many."""
    User.objects.select_for_update().get(pk=by.pk)
    standing = of(layout)
    changed = 0
    for block in layout.texts:
        said = words[block.key].replace("\r\n", "\n").strip()
        if said == str(block.words):
            said = ""
        if (said or str(block.words)) == standing[block.key]:
            continue
        row = ReportText.objects.create(
            layout=layout.key, block=block.key, text=said, written_by=by
        )
        events.record("reports.text_written", actor=by, subject=row, layout=layout.key)
        changed += 1
    return changed
