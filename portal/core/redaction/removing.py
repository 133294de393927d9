"""Cutting the words out of rows, and where the tombstones then stand."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

from portal.core import insert_only
from portal.core.models import RedactedSpan, Redaction
from portal.core.redaction import registry
from portal.core.redaction.shapes import Removing, reading
from portal.core.redaction.words import MARK, Span, Words

Place = tuple[str, str, str]  # table, id, field


class Marked(Protocol):
    @property
    def place(self) -> Place: ...
    @property
    def text(self) -> str: ...
    @property
    def spans(self) -> list[Span]: ...


@dataclass(slots=True)
class Removed:
    """What went from one row: lengths in characters, and by field what was cut in its old text.

    `texts` are what was read of the other fields, before and after.
    """

    row: Model
    lengths: list[int] = field(default_factory=list)
    cuts: dict[str, list[Span]] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_deleted: bool = False


def remove(rows: Iterable[Model], words: Words, wholes: set[Place]) -> list[Removed]:
    """Cut the words out of every row that has them, and store it; return what went."""
    removed = [found for row in rows if (found := _removed(row, words, wholes)).lengths]
    labels = {r.row._meta.label for r in removed} & set(insert_only.EVERY)
    with ExitStack() as stack:
        if labels:
            stack.enter_context(insert_only.lifted(labels=labels))
        for each in removed:
            _store(each)
    return removed


def _removed(row: Model, words: Words, wholes: set[Place]) -> Removed:
    found = Removed(row)
    known = registry.texts_of(row)
    for name, shape in known.fields(row).items() if known else ():
        value = row.serializable_value(name)
        if (*registry.key_of(row), name) in wholes:
            found.lengths.append(len(value))
            found.cuts[name] = [(0, len(value))]
            found.changes[name] = MARK
            continue
        removing = Removing(words)
        changed = shape(value, removing)
        if removing.lengths:
            found.lengths += removing.lengths
            found.changes[name] = changed
            if known and known.is_read:
                found.cuts[name] = words.spans(value)
            else:
                found.texts[name] = (reading(shape, value), reading(shape, changed))
    found.is_deleted = known is not None and known.goes_whole
    return found


def _store(found: Removed) -> None:
    """Write past `save()`, so that no saved state, log entry or redirect is made of it."""
    rows = type(found.row)._base_manager.filter(pk=found.row.pk)
    if found.is_deleted:
        rows.delete()
        return
    for name, value in found.changes.items():
        longest = getattr(found.row._meta.get_field(name), "max_length", None)
        # The mark may be longer than what it stands for.
        found.changes[name] = value[:longest] if longest and isinstance(value, str) else value
        if name in found.cuts:
            setattr(found.row, name, found.changes[name])
    rows.update(**found.changes)


def note(redaction: Redaction, marks: Iterable[Marked]) -> None:
    """Note where the words stand, and how much that is."""
    rows = [
        _span(redaction, mark.place, start, end - start, len(mark.text))
        for mark in marks
        for start, end in mark.spans
    ]
    RedactedSpan.objects.bulk_create(rows)
    redaction.places = len(rows)
    redaction.characters = sum(row.length for row in rows)
    redaction.save(update_fields=["places", "characters"])


def leave_tombstones(redaction: Redaction, removed: Iterable[Removed]) -> None:
    """Note where the marks stand now; move what other redactions noted of the same texts."""
    for each in removed:
        for name, (before, after) in each.texts.items():
            _find_again((*registry.key_of(each.row), name), before, after)
        for name, cuts in each.cuts.items():
            place = (*registry.key_of(each.row), name)
            text = registry.read(each.row, name)
            _move(place, cuts, len(text))
            starts = [_moved(start, cuts) for start, _end in cuts]
            RedactedSpan.objects.bulk_create(
                _span(redaction, place, at, end - start, len(text))
                for at, (start, end) in zip(starts, cuts, strict=True)
            )


def _span(
    redaction: Redaction, place: Place, start: int, length: int, text_length: int
) -> RedactedSpan:
    model, pk, name = place
    return RedactedSpan(
        redaction=redaction,
        model=model,
        object_id=pk,
        field=name,
        start=start,
        length=length,
        text_length=text_length,
    )


def _move(place: Place, cuts: Sequence[Span], text_length: int) -> None:
    model, pk, name = place
    noted = RedactedSpan.objects.filter(model=model, object_id=pk, field=name)
    for span in noted.select_related("redaction"):
        # Once removed, what is there is the mark.
        there = len(MARK) if span.redaction.agreed_at else span.length
        start, end = span.start, span.start + there
        if any(a <= start and end <= b for a, b in cuts):
            span.delete()
            continue
        span.start = _moved(start, cuts)
        if span.redaction.is_open:
            span.length = _moved(end, cuts) - span.start
        span.text_length = text_length
        span.save(update_fields=["start", "length", "text_length"])


def _find_again(place: Place, before: str, after: str) -> None:
    """Note anew what others asked about in a text of many parts."""
    model, pk, name = place
    noted = RedactedSpan.objects.filter(model=model, object_id=pk, field=name)
    for span in noted.select_related("redaction"):
        asked = Words([before[span.start : span.start + span.length]])
        span.delete()
        RedactedSpan.objects.bulk_create(
            _span(span.redaction, place, start, end - start, len(after))
            for start, end in asked.spans(after)[:1]
        )


def _moved(at: int, cuts: Iterable[Span]) -> int:
    """Return where a place of the old text is in the new one; inside a cut, where its mark is."""
    return min(at, *_inside(at, cuts)) + sum(
        len(MARK) - (end - start) for start, end in cuts if end <= at
    )


def _inside(at: int, cuts: Iterable[Span]) -> Iterator[int]:
    yield at
    yield from (start for start, end in cuts if start < at < end)
