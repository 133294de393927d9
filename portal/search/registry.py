"""What each app lets search know of it.

An app has a `search.py`, imported in its AppConfig.ready(), that registers a source:

    from portal.search import registry
    from portal.search.records import Record

    @registry.register
    class ModuleSource(registry.PageSource):
        name = "module"                              # the first half of "module:17"
        kinds = {"module": _("Module")}              # values of the facet "type"
        model = ModulePage

        def to_record(self, obj: ModulePage) -> Record:
            return Record(
                title=obj.title, summary=obj.summary, body=plain_text(obj.body), url=obj.url,
                kind="module", dated_at=obj.last_published_at, sensitivity=obj.sensitivity,
                topics=tags(obj), disciplines=[(d.slug, d.name) for d in obj.disciplines.all()],
                principals=principals.of_audience(obj.audience),
            )

`PageSource` finds live pages and follows publish, unpublish, move and delete by itself. A plain
`Source` follows the model's save and delete; where readers or facets hang on other rows, the
domain function that changes those calls `index.touch("request", ticket.pk)` as well, in the same
transaction.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.search.records import Record


class Source:
    """One kind of thing that can be found."""

    name: ClassVar[str]
    kinds: ClassVar[dict[str, Any]]
    model: ClassVar[type[Model]]

    def concerns(self, obj: Any, fields: Iterable[str] | None) -> bool:
        """Say whether a save may change what search knows; `fields` are those saved, None for all.

        Each save may, by default. One that cannot costs nothing then.
        """
        return True

    def queryset(self) -> QuerySet[Any]:
        """Return what may be found at all, by anybody; with what `to_record` needs prefetched."""
        return self.model._default_manager.all()

    def to_record(self, obj: Any) -> Record:
        """Describe one object, its readers (`principals`) included. Feeds every engine."""
        raise NotImplementedError

    def readable(self, ids: Iterable[str], user: Any) -> set[str]:
        """Return which of these objects the person may see now: the last check before a page is
        shown. The default is the model's own `visible_to`."""
        rows = self.queryset().visible_to(user).filter(pk__in=list(ids))  # type: ignore[attr-defined]
        return {str(pk) for pk in rows.values_list("pk", flat=True)}


class PageSource(Source):
    """Pages: the live revision alone, never a draft."""

    def queryset(self) -> QuerySet[Any]:
        return self.model._default_manager.live()  # type: ignore[attr-defined,no-any-return]


SENSITIVITY = {
    "1": _("1: procedure and practice"),
    "2": _("2: speaks of harm in general terms"),
    "3": _("3: speaks of harm at some length"),
}
_sources: dict[str, Source] = {}


def register(source: type[Source]) -> type[Source]:
    """Make the source known and keep its records in step. Used as a class decorator."""
    from portal.search import signals

    _sources[source.name] = made = source()
    signals.follow(made)
    return source


def get(name: str) -> Source:
    """Return a source by its name. KeyError when no app registered it."""
    return _sources[name]


def every() -> list[Source]:
    return list(_sources.values())


def value_label(facet: str, value: str, label: str) -> str:
    """Return what people call a value of a facet; of two facets the words stand here."""
    if facet == "type":
        return kind_label(value)
    return str(SENSITIVITY.get(value, value)) if facet == "sensitivity" else label


def kind_label(kind: str) -> str:
    """Return what people call a kind."""
    return next((str(s.kinds[kind]) for s in _sources.values() if kind in s.kinds), kind)
