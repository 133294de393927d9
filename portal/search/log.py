"""The query log: what people look for and do not find, never who looked."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy import screen
from portal.core.privacy.kinds import lexicon
from portal.people import retention, roles
from portal.search import terms, vocabulary, words
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


def can_read(user: Any) -> bool:
    """Who plans the content reads what people look for."""
    return roles.is_manager(user)


def looked_for(*, in_vain: bool) -> QuerySet[Any, Any]:
    """Return {text, times, last} of the days that are kept, the most frequent first.

    `in_vain` keeps the days on which nothing was found. The text "" stands for all that were not
    kept because their words may be somebody's name.
    """
    kept = SearchQuery.objects.filter(hits=0) if in_vain else SearchQuery.objects.all()
    counted = kept.values("text").annotate(times=Sum("times"), last=Max("day"))
    return counted.order_by("-times", "text")


def note(query: Query, results: Results) -> None:
    """Count a search under its day, without its words where they may identify somebody.

    What holds only some of the words was not what was looked for, so it counts as nothing found.
    """
    hits = 0 if results.is_loose else results.total
    text = "" if _may_identify(query.text) else query.text.casefold()[:256]
    if not query.text or query.page > 1 or (hits and not text):
        return
    day = timezone.localdate()
    entry = SearchQuery(day=day, text=text, hits=hits, times=0)
    SearchQuery.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["day", "text"], update_fields=["hits"]
    )
    SearchQuery.objects.filter(day=day, text=text).update(times=F("times") + 1)


def _may_identify(text: str) -> bool:
    """Say whether the screen finds anything, or a word may be a name.

    No name is an ordinary word that nobody bears, and what every member reads in a title.
    """
    if screen(text):
        return True
    rare = {word for word in words.split(text) if not _is_ordinary(word)}
    return bool(rare) and not vocabulary.knows_all(rare)


def _is_ordinary(word: str) -> bool:
    if word in words.EMPTY or word in terms.known():
        return True
    names = word in lexicon.given() or word in lexicon.surnames()
    return word in lexicon.words() and not names
