"""What an enrolment is served, read with the enrolment itself; a release's outline is read once.

A release is immutable (ADR 1), so its outline is remembered in the process. A redaction gives it
another digest (ADR 15), and with it the outline is read anew.
"""

from functools import lru_cache
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from training.models import Enrolment, ModuleRelease, SignOff
from training.outline import Outline

KEPT = 128  # outlines
COLUMNS = [f.attname for f in ModuleRelease._meta.concrete_fields if f.attname != "outline"]
TEXTS = ("lessons", "quiz", "objectives", "planned_lessons", "sources")


def pinned(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Bring the module without its manuscript, the newest edition of the number that is pinned
    without its outline; `newest`, the newest number; and `signed`, how many reviews of the number
    that is pinned are signed.
    """
    every = ModuleRelease.objects.filter(page=OuterRef("module")).newest_first()
    edition = every.filter(number=OuterRef("number")).values("pk")[:1]
    signed = SignOff.objects.filter(page=OuterRef("module"), number=OuterRef("number"))
    count = signed.order_by().values("page").annotate(n=Count("pk")).values("n")
    joined = rows.filter(module__releases=Subquery(edition)).select_related("module")
    columns: dict[str, Any] = {f"served_{name}": F(f"module__releases__{name}") for name in COLUMNS}
    return joined.defer(*(f"module__{name}" for name in TEXTS)).annotate(
        newest=Subquery(every.values("number")[:1]), signed=Subquery(count), **columns
    )


def release_of(row: Enrolment) -> ModuleRelease:
    """Return the release that came with the row. Needs `pinned`."""
    values = [getattr(row, f"served_{name}") for name in COLUMNS]
    return ModuleRelease.from_db(row._state.db, COLUMNS, values)


def outline_of(release: ModuleRelease) -> Outline:
    return _outline(release.pk, release.sha256)


@lru_cache(maxsize=KEPT)
def _outline(pk: int, sha256: str) -> Outline:
    kept = ModuleRelease.objects.filter(pk=pk).values_list("outline", flat=True)
    return Outline.from_json(kept.get())
