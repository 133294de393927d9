"""Where text lies, and what holds copies of it: each app fills this in for its own tables.

registry.texts(Message, "a reply or note", {"text": shapes.plain}, is_read=True)
registry.leads(Ticket, lambda ticket: ticket.messages.all())
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from portal.core.redaction.shapes import Fields, reading
from portal.core.redaction.words import Words

FieldsOf = Callable[[Any], Fields]
Leads = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a table. Where `is_read`, a tombstone stays in place, and spans are hidden."""

    label: Any
    fields: FieldsOf
    is_read: bool = False
    goes_whole: bool = False  # a row with the words is deleted


@dataclass(frozen=True, slots=True)
class Root:
    """What somebody asks about: a request, a question, a page."""

    lock: Callable[[str], Model | None]  # the row by its id, locked until the commit
    name: Callable[[Any], Any]  # neutral words for it
    url: Callable[[Any], str]
    center_id: Callable[[Any], int | None] = lambda row: None
    people: Callable[[Any], Iterable[int]] = lambda row: ()  # whose legal hold keeps it
    is_held: Callable[[Any], bool] = lambda row: False


_texts: dict[type[Model], Texts] = {}
_leads: dict[type[Model], list[Leads]] = {}
_also: list[Callable[[Words], object]] = []
_after: dict[type[Model], list[Callable[[Any], object]]] = {}
_roots: dict[str, tuple[type[Model], Root]] = {}
_compactors: list[Callable[[], object]] = []


def texts(
    model: type[Model],
    label: Any,
    fields: Fields | FieldsOf,
    *,
    is_read: bool = False,
    goes_whole: bool = False,
) -> None:
    """Say which fields of a table hold text."""
    of: FieldsOf = fields if callable(fields) else lambda row: fields
    _texts[model] = Texts(label, of, is_read, goes_whole)


def leads(model: type[Model], function: Leads) -> None:
    """Say which rows hold copies of, or belong to, a row of this table."""
    _leads.setdefault(model, []).append(function)


def also(function: Callable[[Words], object]) -> None:
    """Say what removes the words where no row leads: a log of searches."""
    _also.append(function)


def after(model: type[Model], function: Callable[[Any], object]) -> None:
    """Say what follows when a row was changed, hidden or shown again: an index, a digest."""
    _after.setdefault(model, []).append(function)


def root(model: type[Model], what: Root) -> None:
    _roots[model._meta.label_lower] = (model, what)


def compactor(function: Callable[[], object]) -> None:
    """Say what lets go of erased words in a store that keeps them for a while."""
    _compactors.append(function)


def root_of(label: str) -> Root:
    """Return a root by the label of its table. KeyError when it is none."""
    return _roots[label][1]


def roots_among(rows: Iterable[Model]) -> list[tuple[Model, Root]]:
    """Return the requests, questions and pages among rows."""
    return [(row, _roots[label][1]) for row in rows if (label := label_of(row)) in _roots]


def rows_of(label: str, ids: Iterable[str]) -> dict[str, Model]:
    """Return rows of a root's table by id, in one query."""
    found = _roots[label][0]._default_manager.filter(pk__in=list(ids))
    return {str(row.pk): row for row in found}


def compactors() -> list[Callable[[], object]]:
    return list(_compactors)


def texts_of(row: Model) -> Texts | None:
    return next((_texts[c] for c in type(row).__mro__ if c in _texts), None)


def label_of(row: Model) -> str:
    """Return the name of the table that the texts of a row are registered under."""
    model = next((c for c in type(row).__mro__ if c in _texts), type(row))
    return str(model._meta.label_lower)


def key_of(row: Model) -> tuple[str, str]:
    return label_of(row), str(row.pk)


def run_also(words: Words) -> None:
    for function in _also:
        function(words)


def reached(start: Model) -> list[Model]:
    """Return every row that belongs to, or holds copies of, a row; itself first."""
    found: dict[tuple[str, str], Model] = {key_of(start): start}
    waiting = [start]
    while waiting:
        for row in _next(waiting.pop(0)):
            if key_of(row) not in found:
                found[key_of(row)] = row
                waiting.append(row)
    return list(found.values())


def _next(row: Model) -> Iterator[Model]:
    for cls in type(row).__mro__:
        for function in _leads.get(cls, ()):
            yield from function(row)


def run_after(rows: Iterable[Model]) -> None:
    for row in rows:
        for cls in type(row).__mro__:
            for function in _after.get(cls, ()):
                function(row)


def read(row: Model, field: str) -> str:
    """Return the text of a field as it is read; its parts joined by a NUL."""
    found = texts_of(row)
    shape = found.fields(row).get(field) if found is not None else None
    if shape is None:
        return ""
    return reading(shape, row.serializable_value(field))
