"""Honest minutes: computed from the text, never measured and never claimed.

180 words a minute; a minute for a question and for a pause, two for a reflection; a video its own
length in whole minutes, and its transcript nothing beside it. A lesson is rounded up to the minute.
"""

import math
from typing import Any

from portal.core.blocks import WORDS_A_MINUTE, plain_text

EXTRA = {"reflection": 2.0, "moment": 1.0}
QUESTION = 1


def of_text(stream: Any) -> float:
    """Return the minutes of one version of a lesson's text, not rounded."""
    words = len(plain_text(stream).split())
    return words / WORDS_A_MINUTE + sum(_beside_words(child) for child in stream)


def _beside_words(child: Any) -> float:
    if child.block_type == "video":
        return float(child.value.whole_minutes) if child.value else 0.0
    return EXTRA.get(child.block_type, 0.0)


def of_questions(count: int) -> int:
    return count * QUESTION


def of_lesson(value: Any) -> int:
    """Return whole minutes of a lesson: its main text and its check."""
    return math.ceil(of_text(value["body"]) + of_questions(len(value["checks"])))


def of_module(page: Any) -> int:
    """Return whole minutes of a module: its lessons and its quiz."""
    return sum(of_lesson(child.value) for child in page.lessons) + of_questions(asked(page))


def asked(page: Any) -> int:
    """Return how many questions a try at the quiz has."""
    return min(page.quiz_draw or 0, len(page.quiz)) or len(page.quiz)
