"""What is asked and what is answered: the same on every engine, and frozen."""

from dataclasses import dataclass, field
from math import ceil

from django.utils.safestring import SafeString

LONGEST_TEXT = 256
PAGE_SIZE = 20
COUNTED = 1_000  # hits that are counted and can be paged through; "more than" says the rest

RELEVANCE, DATE = "relevance", "date"
FACETS = ("type", "topic", "discipline", "county", "kind", "sensitivity")
MOST_CHOICES = 200  # of a facet, those with most hits; some engines stop at ten by themselves
HALF, MOST, FEW = 0.5, 0.75, 2


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `principals` are the tokens of who asks; without them nothing is found.

    `kinds` are values of the facet "type" (module, resource, ...), `forms` of the facet "kind"
    (template, checklist, ...). A `loose` search is content with half of its words.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    sensitivity: frozenset[str] = frozenset()
    loose: bool = False
    sort: str = RELEVANCE
    page: int = 1
    principals: frozenset[str] = frozenset()
    size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        last = max(1, COUNTED // self.size)
        object.__setattr__(
            self, "text", " ".join(self.text[:LONGEST_TEXT].replace("\0", " ").split())
        )
        object.__setattr__(self, "page", min(max(1, self.page), last))

    def selected(self, facet: str) -> frozenset[str]:
        """Return the values chosen in a facet."""
        return {
            "type": self.kinds,
            "topic": self.topics,
            "discipline": self.disciplines,
            "county": self.counties,
            "kind": self.forms,
            "sensitivity": self.sensitivity,
        }[facet]

    def least(self, terms: int) -> int:
        """Return how many of so many terms a thing must hold: both of two, then most."""
        if self.loose:
            return max(1, ceil(terms * HALF))
        return terms if terms <= FEW else max(FEW, int(terms * MOST))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` and `snippet` are HTML: escaped text with marks, nothing else."""

    source: str
    object_id: str
    kind: str
    url: str
    title: SafeString
    snippet: SafeString
    plain_title: str
    summary: str
    kind_label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with the number of hits it would leave."""

    value: str
    label: str
    count: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer. `total` counts all hits, not only this page's, up to COUNTED; `is_more` says that
    there are more, and then a facet's counts are of so many hits at least. `degraded` says that the
    engine asked for did not answer and the database did; `is_loose` that no hit holds all words."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_more: bool = False
    facets: tuple[Facet, ...] = ()
    picks: tuple[Hit, ...] = ()
    suggestion: str = ""
    engine: str = ""
    degraded: bool = False
    is_loose: bool = False
    page: int = 1
    size: int = PAGE_SIZE
    pages: int = field(default=1)

    def facet(self, name: str) -> Facet:
        return next((f for f in self.facets if f.name == name), Facet(name, ()))
