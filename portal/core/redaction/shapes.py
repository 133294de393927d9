"""How text lies in a field: plain, with tags, in an address, in JSON, in a stream of blocks.

A shape walks over every text of a value and returns the value with each text changed. Reading and
removing are two changes over the same walk, so that what is read is what is removed.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from portal.core.redaction.words import MARK, Words, cut, cut_html, readable


class Change(Protocol):
    """What is done to each text."""

    def plain(self, text: str) -> str: ...
    def html(self, text: str) -> str: ...
    def address(self, text: str) -> str: ...


Shape = Callable[[Any, Change], Any]
Fields = Mapping[str, Shape]


class Reading:
    """Collects what is read; `text` joins it by a sign that no text holds."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def plain(self, text: str) -> str:
        self.parts.append(text)
        return text

    def html(self, text: str) -> str:
        self.parts.append(readable(text)[0])
        return text

    def address(self, text: str) -> str:
        self.parts.append(text.replace("-", " "))
        return text

    @property
    def text(self) -> str:
        return "\0".join(self.parts)


def reading(shape: Shape, value: Any) -> str:
    """Return what is read of a value."""
    found = Reading()
    shape(value, found)
    return found.text


class Removing:
    """Takes the words out and counts what went, by its length."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.lengths: list[int] = []

    def plain(self, text: str) -> str:
        spans = self.words.spans(text)
        self.lengths += [end - start for start, end in spans]
        return cut(text, spans)

    def html(self, text: str) -> str:
        text, gone = cut_html(text, self.words)
        self.lengths += map(len, gone)
        return text

    def address(self, text: str) -> str:
        spans = self.words.in_address(text)
        self.lengths += [end - start for start, end in spans]
        return cut(text, spans, MARK.strip("[]"))


def plain(value: Any, change: Change) -> Any:
    return change.plain(value) if isinstance(value, str) else value


def html(value: Any, change: Change) -> Any:
    return change.html(value) if isinstance(value, str) else value


def address(value: Any, change: Change) -> Any:
    return change.address(value) if isinstance(value, str) else value


def tree(*, kept: frozenset[str] = frozenset()) -> Shape:
    """JSON of any form: every text in it but those under a key of `kept`."""

    def walk(value: Any, change: Change) -> Any:
        if isinstance(value, dict):
            return {k: v if k in kept else walk(v, change) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(each, change) for each in value]
        return html(value, change)

    return walk


def stream(block: blocks.Block) -> Shape:
    """The JSON of a StreamField, as text or as data, or its value; what only means something to
    the machine (kinds, ids, choices) stays."""

    def walk(value: Any, change: Change) -> Any:
        if isinstance(value, StreamValue):
            return _of_block(block, value.get_prep_value(), change)
        if isinstance(value, str):
            raw = _of_block(block, json.loads(value or "[]"), change)
            return json.dumps(raw, cls=DjangoJSONEncoder)
        return _of_block(block, value, change)

    return walk


def _of_block(block: blocks.Block | None, raw: Any, change: Change) -> Any:
    if raw is None or isinstance(block, blocks.ChoiceBlock):
        return raw
    if isinstance(block, blocks.BaseStreamBlock):
        kinds = block.child_blocks
        return [
            {**item, "value": _of_block(kinds.get(item["type"]), item["value"], change)}
            for item in raw
        ]
    if isinstance(block, blocks.ListBlock):
        return [_of_item(block.child_block, item, change) for item in raw]
    if isinstance(block, blocks.StructBlock):
        return {k: _of_block(block.child_blocks.get(k), v, change) for k, v in raw.items()}
    # A kind of block that is there no more: every text of it.
    return tree(kept=frozenset({"type", "id"}))(raw, change)


def _of_item(block: blocks.Block, item: Any, change: Change) -> Any:
    if isinstance(item, dict) and "value" in item and "id" in item:
        return {**item, "value": _of_block(block, item["value"], change)}
    return _of_block(block, item, change)


# Names that the machine reads.
SET_BY_RULE = frozenset({"path", "url_path", "translation_key", "code"})


def of_page(model: type[models.Model]) -> dict[str, Shape]:
    """Return the fields of a page's kind that hold text."""
    found: dict[str, Shape] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField):
            found[field.name] = stream(field.stream_block)
        elif isinstance(field, RichTextField):
            found[field.name] = html
        elif field.name == "slug":
            found[field.name] = address
        elif isinstance(field, models.CharField | models.TextField) and not (
            field.choices or field.name in SET_BY_RULE
        ):
            found[field.name] = plain
    return found


def of_revision(model: type[models.Model] | None) -> Shape:
    """The JSON of a saved state of a page: its fields, and the rows that hang on it."""
    fields = of_page(model) if model is not None else {}
    rows = tree(kept=frozenset({"pk", "path", "contentpath"}))

    def each(name: str, value: Any, change: Change) -> Any:
        if value is not None and name in fields:
            return fields[name](value, change)
        if name == "url_path":
            return address(value, change)
        return rows(value, change) if isinstance(value, list | dict) else value

    def walk(value: Any, change: Change) -> Any:
        return {name: each(name, v, change) for name, v in value.items()}

    return walk
