""" "Did you mean": from the titles and topics that every member may see, and from nothing else."""

from difflib import get_close_matches

from portal.search import principals, words
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord

MOST_TITLES = 2_000  # the newest; the question is asked only where nothing was found
NEAR_ENOUGH = 0.75


def did_you_mean(text: str) -> str:
    """Return the search with its unknown words replaced by near ones, or "" where none is near."""
    known = _known()
    asked = words.split(text)
    better = [w if w in known or w in words.EMPTY else _nearest(w, known) for w in asked]
    return "" if better == asked else " ".join(better)


def _nearest(word: str, known: set[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=NEAR_ENOUGH)), word)


def _known() -> set[str]:
    common = SearchPrincipal.objects.filter(token__in=principals.COMMON).values("record_id")
    newest = SearchRecord.objects.filter(pk__in=common).order_by("-dated_at", "-pk")
    titles = newest.values_list("title", flat=True)[:MOST_TITLES]
    topics = SearchFacet.objects.filter(name="topic", record__in=common).values_list("label")
    labels = [label for (label,) in topics.distinct()]
    return {word for text in [*titles, *labels] for word in words.split(text)}
