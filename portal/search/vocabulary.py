""" "Did you mean": from the titles and topics that every member may see, and from nothing else."""

from difflib import get_close_matches

from portal.search import principals, terms, words
from portal.search.models import SearchFacet, SearchPrincipal, SearchRecord

MOST_TITLES = 2_000  # the newest; the question is asked only where nothing was found
NEAR_ENOUGH = 0.75


def did_you_mean(text: str) -> str:
    """Return the search with near words for its unknown ones, or "" where none is near.

    A word that is near to nothing is left out: with it, nothing would be found again.
    """
    known = _known()
    asked = words.asked(text)
    better = [near for word in asked for near in _nearest(word, known)]
    return "" if not better or better == asked else " ".join(better)


def knows_all(found: set[str]) -> bool:
    """Say whether every word stands in a title or topic that every member may see."""
    return found <= _known()


def _nearest(word: str, known: set[str]) -> list[str]:
    return (
        [word]
        if word in known or word in terms.known()
        else get_close_matches(word, known, n=1, cutoff=NEAR_ENOUGH)
    )


def _known() -> set[str]:
    common = SearchPrincipal.objects.filter(token__in=principals.COMMON).values("record_id")
    records = SearchRecord.objects.filter(pk__in=common).not_expired()
    newest = records.order_by("-dated_at", "-pk")
    titles = newest.values_list("title", flat=True)[:MOST_TITLES]
    topics = SearchFacet.objects.filter(name="topic", record__in=records).values_list("label")
    labels = [label for (label,) in topics.distinct()]
    return {word for text in [*titles, *labels] for word in words.split(text)}
