"""What live and outside training can be about: a fixed list, the twelve competencies among it."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from training.models import RequirementRule

FILE = Path(__file__).parent / "content" / "topics.toml"
COMPETENCY = "advocate-competency"  # category of credit that covers competencies


@cache
def _content() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return content


def competencies() -> dict[str, str]:
    """Return the twelve competencies of advocates: slug and words."""
    return dict(_content()["competencies"])


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all topics for a form, in two groups."""
    return [
        ("Topics", sorted(_content()["topics"].items(), key=lambda pair: pair[1])),
        ("Competencies of victim advocates", list(_content()["competencies"].items())),
    ]


def every() -> dict[str, str]:
    return {**_content()["topics"], **_content()["competencies"]}


def label(topic: str) -> str:
    """Return a topic's words; one that is not on the list, as a module's own, stays as it is."""
    return every().get(topic, topic)


def category(topics: Iterable[str], rule: RequirementRule) -> str:
    """Return the category in which topics count under a rule: that of the first clause that names
    one of them, or none.
    """
    said = set(topics)
    clauses = (clause for clause in rule.clauses.all() if clause.category)
    return next((clause.category for clause in clauses if said & set(clause.topics)), "")
