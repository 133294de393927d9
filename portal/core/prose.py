"""The words of a page as a checker reads them: by paragraph, with quotations still told apart."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.rich_text import RichText

HEADING = re.compile(r"<h[1-6]\b.*?</h[1-6]>", re.S | re.I)
QUOTATION = re.compile(r"<blockquote\b.*?</blockquote>", re.S | re.I)
EDGE = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|br|hr|table|tr|td|th)\b[^>]*>", re.I)


def passages(block: blocks.Block, value: Any) -> Iterator[str]:
    """Return each text of a block's value as HTML; choices, addresses and pictures are left out.

    A StreamField's is `passages(stream.stream_block, stream)`.
    """
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield str(value or "")
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from passages(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for each in value or ():
            yield from passages(block.child_block, each)
    elif isinstance(block, blocks.BaseStreamBlock):
        for bound in value or ():
            yield from passages(bound.block, bound.value)


def of_stream(stream: Any) -> str:
    """Return the texts of a StreamField value, each in paragraphs of its own."""
    return "<br>".join(passages(stream.stream_block, stream))


def paragraphs(html: str, *, headings: bool = True, quotations: bool = True) -> list[str]:
    """Return the paragraphs and list items of HTML as plain text, on demand without the rest."""
    for pattern, is_kept in ((HEADING, headings), (QUOTATION, quotations)):
        html = html if is_kept else pattern.sub("<br>", html)
    parts = (unescape(strip_tags(part)) for part in EDGE.split(html))
    return [text for part in parts if (text := " ".join(part.split()))]
