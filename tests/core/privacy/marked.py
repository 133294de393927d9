"""Examples carry their own answer: `DOB [[04/12/2010]]` is a text and the span to be found."""

import re
from typing import NamedTuple

from tests.core.privacy import (
    positives,
    positives_contact,
    positives_hurried,
    positives_hurried_contact,
)

MARK = re.compile(r"\[\[(.*?)\]\](?!\])")


class Example(NamedTuple):
    kind: str
    text: str
    spans: list[tuple[int, int]]


def read(kind: str, marked: str) -> Example:
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        at = mark.end()
    return Example(kind, text + marked[at:], spans)


EXAMPLES = [
    read(name.lower(), line)
    for module in (
        positives,
        positives_contact,
        positives_hurried,
        positives_hurried_contact,
    )
    for name, lines in vars(module).items()
    if name.isupper()
    for line in lines
]
