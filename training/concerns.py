"""What an author should still look at. Warnings: they hold nothing up."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import language, prose
from training import minutes, readability, tagged_pdf
from training.blocks import SENSITIVE

TOLERANCE = 0.10  # how far the other version may be from the main text, in computed minutes
HIGHEST_GRADE = 12
LONGEST_SENTENCE = 40  # words
NAMED = 6  # words of a long sentence, to find it by


def of_module(page: Any) -> Iterator[str]:
    """Name what is missing and what is worded badly; of a planned module the words alone."""
    if not page.is_in_preparation:
        yield from _missing(page)
        for child in page.lessons:
            yield from of_lesson(child.value)
            yield from of_reading(child.value)
    yield from of_words(page)


def _missing(page: Any) -> Iterator[str]:
    if not page.objectives:
        yield _("There is no objective.")
    if not page.sources:
        yield _("There is no source.")
    if not page.quiz:
        yield _("There is no quiz.")
    if not page.review_by:
        yield _("There is no date by which it is read again.")
    elif page.review_by < timezone.localdate():
        yield _("The review date has passed.")
    if any(int(child.value["sensitivity"]) > page.sensitivity for child in page.lessons):
        yield _("A lesson is more sensitive than the module says it is.")


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


def of_reading(value: Any) -> Iterator[str]:
    """Name what is hard to read in either version of a lesson."""
    yield from _hard(_("“%(title)s”") % value, value["body"])
    yield from _hard(_("“%(title)s”, other version") % value, value["alternative"])


def _hard(place: str, stream: Any) -> Iterator[str]:
    """Name a text above grade 12 and each sentence of more than 40 words, quotations left out."""
    if not stream:
        return
    html = prose.of_stream(stream)
    reading = readability.read(prose.paragraphs(html, headings=False, quotations=False))
    if reading.grade > HIGHEST_GRADE:
        yield _(
            "%(place)s reads at grade %(grade).1f, with %(words).0f words a sentence; aim at grade "
            "12 or below."
        ) % {"place": place, "grade": reading.grade, "words": reading.words_a_sentence}
    for sentence, count in reading.longer_than(LONGEST_SENTENCE):
        words = {"place": place, "count": count, "first": " ".join(sentence.split()[:NAMED])}
        yield _("%(place)s has a sentence of %(count)d words: “%(first)s …”") % words


def of_words(page: Any) -> Iterator[str]:
    """Name each term to avoid with its place and the words to say instead."""
    for place, html in _texts(page):
        for finding in language.findings(html):
            yield _("%(place)s: %(finding)s") % {"place": place, "finding": finding}


def _texts(page: Any) -> Iterator[tuple[str, str]]:
    """Return every text of a module, each with its place in words."""
    yield _("Title"), page.title
    yield _("Summary"), f"{page.summary}<br>{page.sensitivity_note}"
    yield _("Objectives"), prose.of_stream(page.objectives)
    yield _("Planned lessons"), prose.of_stream(page.planned_lessons)
    for child in page.lessons:
        yield from _texts_of_lesson(child)
    yield _("Quiz"), prose.of_stream(page.quiz)


def _texts_of_lesson(child: Any) -> Iterator[tuple[str, str]]:
    """Return a lesson's texts: the other version by itself, all else together."""
    value = child.value
    rest = {**value, "alternative": []}
    yield _("“%(title)s”") % value, "<br>".join(prose.passages(child.block, rest))
    yield _("“%(title)s”, other version") % value, prose.of_stream(value["alternative"])
