"""All that the portal keeps of one person, as one JSON document.

Which tables, and how a row leads to its person, stands in the data inventory, so that a new table
cannot be forgotten: a test fails for one that points at people and does not say how.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core import inventory
from portal.core.inventory import Entry
from portal.core.models import Event
from portal.people import aliases
from portal.people.models import JoinRequest, User


def of(user: User) -> dict[str, Any]:
    """Return the document: about each table what it is, and the person's rows in it."""
    ids = aliases.person_ids(user)
    emails = list(User.objects.filter(pk__in=ids).values_list("email", flat=True))
    tables = [part for model in inventory.tables() if (part := _table(model, ids, emails))]
    return {
        "made_at": timezone.localtime().isoformat(),
        "about": "Everything this portal keeps that is about you or was done by you. Secrets "
        "(passwords, second factors, session keys) are left out. Times are UTC.",
        "person": user.pk,
        "tables": tables,
    }


def as_json(user: User) -> str:
    return json.dumps(of(user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)


def _table(model: type[models.Model], ids: list[int], emails: list[str]) -> dict[str, Any] | None:
    entry = inventory.entries().get(model._meta.label)
    if entry is None or not entry.person:
        return None
    rows = list(_rows(model, entry, _wanted(model, entry, ids, emails)))
    if not rows:
        return None
    return {"table": entry.label, "about": entry.about, "kept": str(entry.kept_words), "rows": rows}


def _wanted(model: type[models.Model], entry: Entry, ids: list[int], emails: list[str]) -> Q:
    wanted = Q()
    for path in entry.person:
        wanted |= Q(**{f"{path}__in": ids})
    # Two tables know a person otherwise than by a key.
    if model is Event:
        subjects = [str(pk) for pk in ids]
        wanted |= Q(subject_type=User._meta.label_lower, subject_id__in=subjects)
    elif model is JoinRequest:
        wanted |= Q(email__in=emails)
    return wanted


def _rows(model: type[models.Model], entry: Entry, wanted: Q) -> Iterator[dict[str, Any]]:
    shown = [f for f in model._meta.local_concrete_fields if f.name not in entry.secret]
    found = model._base_manager.filter(wanted).distinct().order_by("pk")
    for row in found.iterator(chunk_size=500):
        yield {f.name: _plain(f.value_from_object(row)) for f in shown}


def _plain(value: Any) -> Any:
    """Return what JSON can hold; a file by its name, a stream of blocks as its data."""
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    if hasattr(value, "get_prep_value"):
        return value.get_prep_value()
    return value
