"""What an author should still look at. Warnings: they hold nothing up."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from training import minutes, tagged_pdf
from training.blocks import SENSITIVE

TOLERANCE = 0.10  # how far the other version may be from the main text, in computed minutes


def of_module(page: Any) -> Iterator[str]:
    if page.is_in_preparation:
        return
    for child in page.lessons:
        yield from of_lesson(child.value)
    if not page.quiz:
        yield _("There is no quiz.")
    if page.review_by and page.review_by < timezone.localdate():
        yield _("The review date has passed.")


def of_lesson(value: Any) -> Iterator[str]:
    """Name what is missing in a lesson, and an other version that is not as long as the first."""
    title = value["title"]
    sensitive = int(value["sensitivity"]) >= SENSITIVE
    if not value["checks"]:
        yield _("“%(title)s” has no knowledge check.") % {"title": title}
    if sensitive and not value["content_note"]:
        yield _("“%(title)s” needs a content note.") % {"title": title}
    if sensitive and not value["alternative"]:
        yield _("“%(title)s” needs another version with less detail.") % {"title": title}
    if value["alternative"] and (off := difference(value)) > TOLERANCE:
        yield _(
            "The other version of “%(title)s” differs from the main text by %(percent)s per cent; "
            "at most 10 are allowed, so that both earn the same credit."
        ) % {"title": title, "percent": round(off * 100)}
    for name in ("body", "alternative"):
        yield from of_downloads(title, value[name])


def of_downloads(title: str, stream: Any) -> Iterator[str]:
    """Name each PDF that a screen reader could not read in order."""
    for child in stream or ():
        document = child.value["document"] if child.block_type == "download" else None
        if document and tagged_pdf.is_pdf(document) and not tagged_pdf.is_tagged(document):
            yield _(
                "“%(title)s”: the PDF “%(paper)s” is not tagged, so a screen reader cannot follow "
                "it. Export it anew with tags."
            ) % {"title": title, "paper": document.title}


def difference(value: Any) -> float:
    """Return how far the other version's minutes are from the main text's, as a share of them."""
    main = minutes.of_text(value["body"])
    return abs(minutes.of_text(value["alternative"]) - main) / main if main else 1.0
