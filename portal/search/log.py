"""The query log: what people look for and do not find, never who looked."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy import screen
from portal.people import retention
from portal.search import vocabulary
from portal.search.models import SearchQuery
from portal.search.query import Query, Results

KEPT = timedelta(days=90)


def keep_short() -> None:
    """Say to retention that the words of a day go after ninety days."""
    retention.register(
        retention.Rule(
            "search_words",
            _("Words searched for, by day"),
            _("90 days"),
            lambda: SearchQuery.objects.filter(day__lt=timezone.localdate() - KEPT),
            lambda rows: rows.delete(),
        )
    )


def note(query: Query, results: Results) -> None:
    """Count a search under its day, unless the screen finds anything at all in its text."""
    text = query.text.casefold()
    if not text or query.page > 1 or _may_identify(query.text):
        return
    day = timezone.localdate()
    entry = SearchQuery(day=day, text=text[:256], hits=results.total, times=0)
    SearchQuery.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["day", "text"], update_fields=["hits"]
    )
    SearchQuery.objects.filter(day=day, text=text).update(times=F("times") + 1)


def _may_identify(text: str) -> bool:
    """Say whether the screen finds anything, or a word stands in no page: it may be a name."""
    return bool(screen(text)) or not vocabulary.knows_all(text)
