"""Counting many sets of rows in one statement, for pages that show a number of each."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value


def in_one(sets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each set has, by its name. Sets of any models; one query for all."""
    parts = list(_parts(sets))
    if not parts:
        return dict.fromkeys(sets, 0)
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    found = {row["set_of"]: row["how_many"] for row in rows}
    return {name: found.get(name, 0) for name in sets}


def _parts(sets: Mapping[str, QuerySet[Any]]) -> Iterator[Any]:
    for name, rows in sets.items():
        if rows.query.is_empty():  # of none() no SQL can be written
            continue
        # Found by their keys, so that whatever the set joins or groups counts each row once.
        manager: Any = rows.model._base_manager
        among = manager.filter(pk__in=rows.order_by().values("pk")).order_by()
        yield among.values(set_of=Value(name, CharField())).annotate(how_many=Count("pk"))
