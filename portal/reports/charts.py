"""Rows for the bar chart: label, value, and the text that stands in the table beside it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.measures import Tally

Bar = tuple[str, int, str]


def of_tallies(tallies: Sequence[Tally]) -> list[Bar]:
    return [
        (
            tally.cut or _("Not recorded"),
            tally.completions,
            ngettext(
                "%(completions)s (%(persons)s person, %(hours)s h)",
                "%(completions)s (%(persons)s people, %(hours)s h)",
                tally.persons,
            )
            % {
                "completions": tally.completions,
                "persons": tally.persons,
                "hours": round(tally.minutes / 60, 1),
            },
        )
        for tally in tallies
    ]
