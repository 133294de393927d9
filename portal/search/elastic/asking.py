"""From a Query to what Elasticsearch is asked. Rights come first: before words, hits and counts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import FacetedResponse, FacetedSearch, Search, TermsFacet
from elasticsearch.dsl.query import Bool, Exists, MatchAll, Prefix, Range, Terms
from elasticsearch.dsl.query import Query as Condition
from elasticsearch.dsl.query import Term as Word

from portal.search import words
from portal.search.elastic.client import name
from portal.search.elastic.document import BAR, RecordDocument
from portal.search.query import COUNTED, DATE, FACETS, MOST_CHOICES, Query
from portal.search.terms import Term

# Title, summary, body; see fulltext.WEIGHTS.
BOOSTS = (("title", 12.0), ("summary", 4.0), ("body", 1.0))
UNFINISHED = 0.2  # a beginning counts less than a whole word
OTHER_NAME = 0.6  # and another name less than the one that was typed
NEWEST: list[Any] = [{"dated_at": "desc"}, {"record": "desc"}]
BEST: list[Any] = [{"_score": "desc"}, *NEWEST]


class ValueFacet(TermsFacet[Any]):
    """Counts values together with their labels, and filters by the values alone."""

    def __init__(self, facet: str) -> None:
        super().__init__(field=f"pairs_{facet}", size=MOST_CHOICES * 2)
        self._facet = facet

    def add_filter(self, filter_values: Any) -> Condition | None:
        if not filter_values:
            return None
        return Terms(self._facet, list(filter_values), _expand__to_dot=False)


class RecordSearch(FacetedSearch[Any]):
    """OR inside a facet, AND between them; a facet's counts ignore its own choice."""

    doc_types = [RecordDocument]
    facets = {facet: ValueFacet(facet) for facet in FACETS}

    def __init__(self, asked: Query, terms: Sequence[Term]) -> None:
        self.asked, self.terms = asked, terms
        self.index = name()
        chosen: Any = {facet: sorted(asked.selected(facet)) for facet in FACETS}
        by_date = not terms or asked.sort == DATE
        super().__init__(filters=chosen, sort=NEWEST if by_date else BEST)

    def search(self) -> Search[Any]:
        search = super().search().filter(allowed(self.asked.principals)).filter(unexpired())
        search = search.extra(track_total_hits=COUNTED).source(False)
        return search.query(matching(self.terms, self.asked.least(len(self.terms))))

    def body(self) -> dict[str, Any]:
        start = self.asked.offset
        return self._s[start : start + self.asked.size].to_dict()

    def counted(self, answer: Any) -> dict[str, list[tuple[str, str, int]]]:
        """Return (value, label, hits) of every facet."""
        response = FacetedResponse(self._s, answer)
        response._faceted_search = self
        return {
            name: [(*_split(pair), count) for pair, count, _is_chosen in response.facets[name]]
            for name in FACETS
        }


def allowed(principals: frozenset[str]) -> Condition:
    """Keep what one of the tokens may find: without tokens nothing."""
    return Terms("principals", sorted(principals), _expand__to_dot=False)


def unexpired() -> Condition:
    now = timezone.now().isoformat()
    return Bool(
        should=[Range("expires_at", {"gt": now}), ~Exists(field="expires_at")],
        minimum_should_match=1,
    )


def matching(terms: Sequence[Term], least: int) -> Condition:
    if not terms:
        return MatchAll()
    return Bool(should=[said(term) for term in terms], minimum_should_match=least)


def said(term: Term, fields: Sequence[tuple[str, float]] = BOOSTS) -> Condition:
    """Return the condition that a thing says a term, in any of its ways."""
    ways = [
        Bool(must=[_word(word, fields, OTHER_NAME if n else 1.0) for word in way])
        for n, way in enumerate(term.ways)
    ]
    return Bool(should=[*ways, *_beginning(term, fields)], minimum_should_match=1)


def _word(word: str, fields: Sequence[tuple[str, float]], weight: float) -> Condition:
    stem = words.stem(word)
    return Bool(
        should=[Word(field, {"value": stem, "boost": boost * weight}) for field, boost in fields],
        minimum_should_match=1,
    )


def _beginning(term: Term, fields: Sequence[tuple[str, float]]) -> Iterator[Condition]:
    if term.beginning:
        for field, boost in fields:
            yield Prefix(field, {"value": term.beginning, "boost": boost * UNFINISHED})


def _split(pair: str) -> tuple[str, str]:
    value, _, label = pair.partition(BAR)
    return value, label
