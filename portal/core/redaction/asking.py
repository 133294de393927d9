"""Asking for a redaction, agreeing to it, declining it. Who may is the callers' to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.signing import Signer
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.core import events, outbox, remembered
from portal.core.models import RedactedSpan, Redaction
from portal.core.redaction import pages, registry, removing, scrub
from portal.core.redaction.removing import Place
from portal.core.redaction.words import Span, Words

_signer = Signer(salt="redaction.seen")


class NotFound(Exception):
    """The words stand in no text that the asker sees; or the key is another's."""


class Changed(Exception):
    """The text is not the one that was asked about, or looked at; nothing was removed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where words stand in one text; `place` is the row and its field."""

    row: Model
    field: str
    text: str
    spans: list[Span]

    @property
    def place(self) -> Place:
        return (*registry.key_of(self.row), self.field)


@transaction.atomic
def ask(
    root: Model,
    *,
    by: Any,
    key: UUID,
    category: str,
    reason: str,
    words: str = "",
    whole: Place | None = None,
    sees: Callable[[Model], bool] = lambda row: True,
    at: datetime | None = None,
) -> Redaction:
    """Hide words wherever they stand in a request or page, or all of one text, and ask.

    `sees` says which rows the asker may read: words that stand in others alone are not found, so
    that nobody learns what a note holds. The same key asks once. NotFound otherwise.
    """
    label = registry.label_of(root)  # of a page that of every page
    start = _locked(label, str(root.pk))
    if start is None:
        raise NotFound
    known = Redaction.objects.filter(key=key).first()
    if known is not None:
        if known.asked_by_id != by.pk:
            raise NotFound
        return known
    marks = _marks(registry.reached(start), words, whole)
    if not any(sees(mark.row) for mark in marks if whole in (None, mark.place)):
        raise NotFound
    what = registry.root_of(label)
    row = Redaction.objects.create(
        subject_type=label,
        subject_id=str(start.pk),
        center_id=what.center_id(start),
        key=key,
        category=category,
        reason=reason,
        asked_by=by,
        asked_at=at or timezone.now(),
        withheld=pages.take_offline(_pages(start, marks)),
    )
    kept = [mark for mark in marks if _is_read(mark.row)]
    # Of a page one place is enough to find the words again; a saved state does not change.
    kept = kept or sorted(marks, key=lambda mark: mark.row is start)[:1]
    removing.note(row, kept)
    registry.run_after(mark.row for mark in marks)
    _note("redaction.asked", row, start, by, at)
    return row


def _locked(label: str, pk: str) -> Model | None:
    return registry.root_of(label).lock(pk)


def _marks(rows: Iterable[Model], words: str, whole: Place | None) -> list[Mark]:
    rows = list(rows)
    looked_for = Words([words])
    if whole is not None:
        text = next((registry.read(r, whole[2]) for r in rows if _at(r, whole)), "")
        looked_for = Words.and_copies([], [text])
    found = []
    for row in rows:
        known = registry.texts_of(row)
        for field in known.fields(row) if known else ():
            text = registry.read(row, field)
            is_whole = whole is not None and _at(row, whole) and field == whole[2]
            spans = [(0, len(text))] if is_whole and text else looked_for.spans(text)
            if spans:
                found.append(Mark(row, field, text, spans))
    return found


def _at(row: Model, place: Place) -> bool:
    return registry.key_of(row) == place[:2]


def _is_read(row: Model) -> bool:
    known = registry.texts_of(row)
    return known is not None and known.is_read


def _pages(start: Model, marks: Iterable[Mark]) -> list[Model]:
    return [start, *(mark.row for mark in marks)]


@transaction.atomic
def agree(
    redaction: Redaction, *, by: Any, seal: str | None = None, at: datetime | None = None
) -> Redaction:
    """Remove what was asked about, everywhere. A second call changes nothing.

    `seal` is that of what was looked at. Changed when the text is another by now.
    """
    row = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if not row.is_open:
        return row
    start = _locked(row.subject_type, row.subject_id)
    found = standing(row, start)
    if start is None or not found or (seal is not None and seal != seal_of(found)):
        raise Changed
    words, wholes = _what(found)
    # Rows that came since the asking count as well: reach is worked out anew.
    removed = removing.remove(registry.reached(start), words, wholes)
    registry.run_also(words)
    row.spans.all().delete()
    removing.leave_tombstones(row, removed)
    row.places = sum(len(each.lengths) for each in removed)
    row.characters = sum(sum(each.lengths) for each in removed)
    row.agreed_by, row.agreed_at = by, at or timezone.now()
    row.save(update_fields=["agreed_by", "agreed_at", "places", "characters"])
    pages.bring_back(row.withheld)
    registry.run_after(each.row for each in removed)
    _note("redaction.agreed", row, start, by, at)
    outbox.add(scrub.KIND, str(row.pk), payload={"redaction": row.pk})
    return row


@transaction.atomic
def decline(redaction: Redaction, *, by: Any, at: datetime | None = None) -> Redaction:
    """Show the text again. A second call changes nothing."""
    row = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if not row.is_open:
        return row
    start = _locked(row.subject_type, row.subject_id)
    rows = [mark.row for mark in standing(row, start)]
    row.spans.all().delete()
    row.declined_by, row.declined_at = by, at or timezone.now()
    row.save(update_fields=["declined_by", "declined_at"])
    pages.bring_back(row.withheld)
    registry.run_after(rows)
    if start is not None:
        _note("redaction.declined", row, start, by, at)
    return row


def standing(redaction: Redaction, start: Model | None) -> list[Mark]:
    """Return the marks of an open redaction whose text is as long as it was."""
    if start is None:
        return []
    rows = {registry.key_of(row): row for row in registry.reached(start)}
    spans: dict[Place, list[RedactedSpan]] = {}
    for span in redaction.spans.all():
        spans.setdefault((span.model, span.object_id, span.field), []).append(span)
    found = []
    for (model, pk, field), noted in spans.items():
        row = rows.get((model, pk))
        text = registry.read(row, field) if row is not None else ""
        same = [(s.start, s.start + s.length) for s in noted if s.text_length == len(text)]
        if row is not None and same:
            found.append(Mark(row, field, text, same))
    return found


def seal_of(marks: Iterable[Mark]) -> str:
    """Sign what somebody looks at, for the form in the same page; it is stored nowhere."""
    said = [f"{mark.place}\1{mark.spans}\1{mark.text}" for mark in marks]
    return _signer.signature("\2".join(said))


def _what(marks: Iterable[Mark]) -> tuple[Words, set[Place]]:
    """Return the words at the marks, and the texts that go as a whole."""
    texts: list[str] = []
    wholes: set[Place] = set()
    whole_texts: list[str] = []
    for mark in marks:
        for start, end in mark.spans:
            if (start, end) == (0, len(mark.text)) and _is_read(mark.row):
                wholes.add(mark.place)
                whole_texts.append(mark.text)
            else:
                texts.append(mark.text[start:end])
    return Words.and_copies(texts, whole_texts), wholes


def _note(kind: str, row: Redaction, start: Model, by: Any, at: datetime | None) -> None:
    events.record(
        kind,
        actor=by,
        subject=start,
        center_id=row.center_id,
        at=at,
        redaction=row.pk,
        category=row.category,
        places=row.places,
    )
    transaction.on_commit(partial(remembered.forget, remembered.EVERYTHING), robust=True)
