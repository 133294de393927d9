"""What people read: hidden while it is asked about, a tombstone once it is gone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.core.models import RedactedSpan
from portal.core.redaction import registry
from portal.core.redaction.words import MARK, Span, cut

_KNOWN = "_redacted_spans"
Noted = dict[str, list[RedactedSpan]]  # by field


def prepare(rows: Iterable[Model]) -> None:
    """Read what is noted of many rows in one query, so that `words` asks for none."""
    by_key: dict[tuple[str, str], list[Model]] = {}
    for row in rows:
        setattr(row, _KNOWN, {})
        by_key.setdefault(registry.key_of(row), []).append(row)
    for span in _noted(by_key):
        for row in by_key[span.model, span.object_id]:
            getattr(row, _KNOWN).setdefault(span.field, []).append(span)


def _noted(keys: Iterable[tuple[str, str]]) -> Iterable[RedactedSpan]:
    ids: dict[str, list[str]] = {}
    for model, pk in keys:
        ids.setdefault(model, []).append(pk)
    if not ids:
        return []
    wanted = Q()
    for model, pks in ids.items():
        wanted |= Q(model=model, object_id__in=pks)
    return RedactedSpan.objects.filter(wanted).select_related("redaction")


def _of(row: Model, field: str) -> list[RedactedSpan]:
    if not hasattr(row, _KNOWN):
        prepare([row])
    noted: Noted = getattr(row, _KNOWN)
    return noted.get(field, [])


def words(row: Any, field: str) -> str:
    """Return a field's text as everybody may read it, whoever it is."""
    text = str(getattr(row, field) or "")
    spans = _of(row, field)
    return _with_marks(text, [s for s in spans if _stands(s, text)]) if spans and text else text


def without_hidden(row: Any, field: str) -> str:
    """Return a field's text for an index or another form: what is hidden is as if removed."""
    text = str(getattr(row, field) or "")
    hidden = [s for s in _of(row, field) if s.redaction.is_open and _stands(s, text)]
    return cut(text, _joined((s.start, s.start + s.length) for s in hidden))


def _stands(span: RedactedSpan, text: str) -> bool:
    if span.redaction.is_open:
        return span.text_length == len(text)
    return text[span.start : span.start + len(MARK)] == MARK


def _with_marks(text: str, spans: list[RedactedSpan]) -> str:
    hidden = _joined((s.start, s.start + s.length) for s in spans if s.redaction.is_open)
    marks = {(start, end): _("[hidden until it is decided]") for start, end in hidden}
    for span in spans:
        place = (span.start, span.start + len(MARK))
        if span.redaction.agreed_at and not any(a < place[1] and place[0] < b for a, b in hidden):
            marks[place] = _tombstone(span)
    for start, end in sorted(marks, reverse=True):
        text = text[:start] + marks[start, end] + text[end:]
    return text


def _tombstone(span: RedactedSpan) -> str:
    when = span.redaction.agreed_at
    said = {
        "what": span.redaction.category_words,
        "day": date_format(localtime(when), "j M Y") if when else "",
    }
    return _("[removed: %(what)s, %(day)s]") % said


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join what overlaps: two people may ask about the same words."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def hides(row: Model) -> bool:
    """Say whether something of a row is hidden now; as `hidden_in`, of a row that was prepared."""
    noted: Noted = getattr(row, _KNOWN)
    return any(span.redaction.agreed_at is None for spans in noted.values() for span in spans)


def lost_words(row: Model) -> bool:
    """Say whether words of a row were removed."""
    model, pk = registry.key_of(row)
    agreed = RedactedSpan.objects.filter(
        model=model, object_id=pk, redaction__agreed_at__isnull=False
    )
    return agreed.exists()


def hidden_in(model: type[Model], field: str = "") -> list[int]:
    """Return the ids of a table's rows of which something is hidden now."""
    return sorted(set(hidden_rows(model, field).values_list("row", flat=True)))


def hidden_rows(model: type[Model], field: str = "") -> QuerySet[Any, Any]:
    """Return the same as `hidden_in`, to stand within another query."""
    rows = RedactedSpan.objects.filter(model=model._meta.label_lower, redaction__agreed_at=None)
    if field:
        rows = rows.filter(field=field)
    return rows.annotate(row=Cast("object_id", BigIntegerField())).values("row").order_by()
