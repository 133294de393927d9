"""All that the portal keeps of one person, as one JSON document.

Which tables, and how a row leads to its person, stands in the data inventory, so that a new table
cannot be forgotten: a test fails for one that points at people and does not say how. Of what a
person did to rows that are about others, the document names the row and its dates, no more.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core import inventory
from portal.core.inventory import Entry
from portal.core.models import Event
from portal.core.redaction import registry, showing
from portal.people import aliases
from portal.people.models import JoinRequest, User

Row = dict[str, Any]


def of(user: User, *, for_themselves: bool) -> dict[str, Any]:
    """Return the document. For somebody else than the person, what nobody else sees is left out."""
    ids = aliases.person_ids(user)
    tables = []
    for model in inventory.tables():
        entry = inventory.entries().get(model._meta.label)
        if entry is None or (entry.is_private and not for_themselves):
            continue
        about, did = list(_about(model, entry, ids)), list(_did(model, entry, ids))
        if about or did:
            said = {"table": entry.label, "about": entry.about, "kept": str(entry.kept_words)}
            tables.append({**said, "rows": about, "done_by_you": did})
    return {
        "made_at": timezone.localtime().isoformat(),
        "about": "Everything this portal keeps that is about you, and which rows about other "
        "things you made or changed. Secrets (passwords, second factors, session keys) are left "
        "out. Times are UTC.",
        "person": user.pk,
        "tables": tables,
    }


def as_json(user: User, *, for_themselves: bool) -> str:
    said = of(user, for_themselves=for_themselves)
    return json.dumps(said, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)


def _about(model: type[models.Model], entry: Entry, ids: list[int]) -> Iterator[Row]:
    wanted = _any(entry.person, ids)
    # Two tables know a person otherwise than by a key.
    if model is Event:
        subjects = [str(pk) for pk in ids]
        wanted |= Q(subject_type=User._meta.label_lower, subject_id__in=subjects)
    elif model is JoinRequest:
        emails = User.objects.filter(pk__in=ids).values_list("email", flat=True)
        wanted |= Q(email__in=list(emails))
    shown = [f for f in model._meta.local_concrete_fields if f.name not in entry.secret]
    return _rows(model, wanted, shown)


def _did(model: type[models.Model], entry: Entry, ids: list[int]) -> Iterator[Row]:
    shown = [
        f
        for f in model._meta.local_concrete_fields
        if f.primary_key or isinstance(f, models.DateField)
    ]
    return _rows(model, _any(entry.by, ids), shown)


def _any(paths: Sequence[str], ids: list[int]) -> Q:
    wanted = Q()
    for path in paths:
        wanted |= Q(**{f"{path}__in": ids})
    return wanted


def _rows(model: type[models.Model], wanted: Q, shown: Sequence[Any]) -> Iterator[Row]:
    if not wanted:
        return
    found = model._base_manager.filter(wanted).distinct().order_by("pk")
    hides = bool(showing.hidden_in(model))
    for row in found.iterator(chunk_size=500):
        said = {f.name: _plain(f.value_from_object(row)) for f in shown}
        yield {**said, **(_masked(row, said) if hides else {})}


def _masked(row: models.Model, said: Row) -> Row:
    """Return the texts of a row as everybody may read them while something in it is hidden."""
    texts = registry.texts_of(row)
    names = texts.fields(row).keys() & said.keys() if texts is not None else ()
    return {name: showing.without_hidden(row, name) for name in names}


def _plain(value: Any) -> Any:
    """Return what JSON can hold; a file by its name, a stream of blocks as its data."""
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    if hasattr(value, "get_prep_value"):
        return value.get_prep_value()
    return value
