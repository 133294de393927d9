"""One page of a PDF: its text, and whether that is all that stands on it."""

from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from portal.core.privacy.documents.pdf_clock import Clock
from portal.core.privacy.documents.pdf_objects import walk
from portal.core.privacy.documents.pictures import WITH_WORDS


def read(page: PageObject, clock: Clock) -> tuple[str, bool]:
    """Return the text of a page, and False where a person has to read it as well."""
    clock.next_page()
    text = page.extract_text(visitor_operand_before=clock.tick)
    painted = clock.painted
    clock.next_page()
    has_words = any(sign.isalnum() for sign in text)
    return text, (has_words or not painted) and not _hides_words(page, clock)


def _hides_words(page: PageObject, clock: Clock) -> bool:
    """A large picture may show words; letters that a font only draws cannot be read."""
    for item in walk(page.get("/Resources")):
        clock.check()
        if _is_large(item) or _only_draws(item):
            return True
    return False


def _is_large(item: DictionaryObject) -> bool:
    if item.get("/Subtype") != "/Image":
        return False
    width, height = item.get("/Width"), item.get("/Height")
    if not (isinstance(width, int) and isinstance(height, int)):
        return True
    return width * height >= WITH_WORDS


def _only_draws(item: DictionaryObject) -> bool:
    return item.get("/Subtype") in ("/Type0", "/Type3") and "/ToUnicode" not in item


def appearances(page: PageObject, clock: Clock) -> list[str]:
    """Return the words that notes and form fields draw, which can differ from what they say."""
    said = []
    annotations: Any = page.get("/Annots")
    for raw in annotations.get_object() if annotations is not None else ():
        shown = raw.get_object().get("/AP")
        for item in walk(shown) if shown is not None else ():
            form: Any = item
            if item.get("/Subtype") == "/Form":
                clock.check()
                said.append(page.extract_xform_text(form, visitor_operand_before=clock.tick))
    return said
