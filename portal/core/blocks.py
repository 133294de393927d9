"""The blocks that every page of text is made of; each has a template of its own."""

import json
import re
from typing import Any, ClassVar
from urllib.parse import unquote

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
WORDS_A_MINUTE = 180
MAIL_OR_PHONE = re.compile(r"(?:mailto|tel):([^\"\\\\<>]{1,500})")
QUERY = re.compile(r"https?://[^\"\\\\<>\s?]{1,500}\?([^\"\\\\<>]{1,500})")


class ProseBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links, and nothing that needs a script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": PROSE_FEATURES, **kwargs})

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "blocks/text.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=160)
    text = blocks.TextBlock(label=_("What it means"), required=False, rows=3)


class StepsBlock(blocks.StructBlock):
    """A process in numbered steps."""

    title = blocks.CharBlock(label=_("Heading"), max_length=160)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "blocks/steps.html"


class CalloutBlock(blocks.StructBlock):
    """One thing that must not be missed."""

    title = blocks.CharBlock(label=_("Heading"), max_length=160)
    text = blocks.TextBlock(label=_("Text"), rows=3)

    class Meta:
        label = _("Callout")
        icon = "info-circle"
        template = "blocks/callout.html"


class ChecklistBlock(blocks.StructBlock):
    """Boxes to tick, on paper or for a moment on screen; a tick is kept nowhere."""

    title = blocks.CharBlock(label=_("Heading"), max_length=160)
    items = blocks.ListBlock(blocks.CharBlock(max_length=400), label=_("Items"))

    class Meta:
        label = _("Checklist")
        icon = "check"
        template = "blocks/checklist.html"


class SourceBlock(blocks.StructBlock):
    """Where a statement comes from: a public page."""

    label = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        label = _("Source")
        icon = "link"
        template = "blocks/source.html"


class ContentBlock(blocks.StreamBlock):
    """The body of a page."""

    text = ProseBlock()
    steps = StepsBlock()
    callout = CalloutBlock()
    checklist = ChecklistBlock()

    class Meta:
        block_counts: ClassVar[dict[str, Any]] = {}


class SourcesBlock(blocks.StreamBlock):
    """The list of sources under a page."""

    source = SourceBlock()


def plain_text(stream: Any) -> str:
    """Return the words of a StreamField value, without markup; addresses are left out."""
    parts = stream.stream_block.get_searchable_content(stream)
    return " ".join(" ".join(strip_tags(str(part)) for part in parts).split())


def addresses(stream: Any) -> str:
    """Return what of a StreamField's addresses may hold details: mail, phone, query strings."""
    raw = unquote(json.dumps(stream.get_prep_value(), ensure_ascii=False))
    found = [*MAIL_OR_PHONE.findall(raw), *QUERY.findall(raw)]
    return " ".join(re.sub(r"[&=?+]", " ", part) for part in found)


def reading_minutes(text: str) -> int:
    """Return whole minutes at 180 words a minute, at least 1."""
    return max(1, -(-len(text.split()) // WORDS_A_MINUTE))
