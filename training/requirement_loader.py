"""Loads the requirements that the sources name; what staff changed or confirmed stays theirs."""

import tomllib
from pathlib import Path
from typing import Any

from portal.core import reference
from portal.people.models import Discipline
from training import topics
from training.models import RequirementClause, RequirementRule

FILE = Path(__file__).parent / "content" / "requirements.toml"


def content() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
    return rules


@reference.loader(order=40)
def load_requirements() -> None:
    """Make each rule that is not there yet; none is touched once it is."""
    have = set(RequirementRule.objects.values_list("slug", flat=True))
    for said in content():
        if said["slug"] not in have:
            _make(dict(said))


def _make(said: dict[str, Any]) -> None:
    clauses, disciplines = said.pop("clauses"), said.pop("disciplines", [])
    rule = RequirementRule.objects.create(**said)
    rule.disciplines.set(Discipline.objects.filter(slug__in=disciplines))
    for clause in clauses:
        if clause.get("category") == topics.COMPETENCY:
            clause.setdefault("topics", list(topics.competencies()))
    RequirementClause.objects.bulk_create(
        RequirementClause(rule=rule, order=order, **clause) for order, clause in enumerate(clauses)
    )
