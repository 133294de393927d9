"""What may go, when, and what a legal hold keeps. Every app registers its rules.

The nightly job does what the report shows: the page and `manage.py retention` read the same rules.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events, nightly
from portal.people import aliases
from portal.people.models import LegalHold, User

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """One class of rows that end. `due` reads them; `apply` removes or overwrites those."""

    key: str
    label: Any
    kept: Any  # how long, in words
    due: Callable[[], QuerySet[Any]]
    apply: Callable[[QuerySet[Any]], object]
    person: str = ""  # lookups (blanks between) to people; rows of one under hold are kept


@dataclass(frozen=True, slots=True)
class Line:
    """One rule on the report: how many rows would go now, how many a hold keeps."""

    rule: Rule
    due: int
    held: int


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    _rules[rule.key] = rule


def rules() -> list[Rule]:
    return list(_rules.values())


def everything_is_held() -> bool:
    return LegalHold.objects.standing().filter(person__isnull=True).exists()


def removable(rule: Rule) -> QuerySet[Any]:
    """Return the rows that may go now: none while a hold on everything stands."""
    due = rule.due()
    if everything_is_held():
        return due.none()
    if rule.person and (held := held_people()):
        for path in rule.person.split():
            due = due.exclude(**{f"{path}__in": held})
    return due


def held_people() -> list[int]:
    """Return the ids of people under hold, and of every account that counts for the same person."""
    named = LegalHold.objects.standing().filter(person__isnull=False).values("person")
    people = User.objects.filter(pk__in=named)
    return sorted({pk for user in people for pk in aliases.person_ids(aliases.resolve(user))})


def report() -> list[Line]:
    lines = []
    for rule in rules():
        due, going = rule.due().count(), removable(rule).count()
        lines.append(Line(rule, going, due - going))
    return lines


def apply_all() -> dict[str, int]:
    """Remove what is due; return how many rows by rule. A rule that fails stops no other."""
    done: dict[str, int] = {}
    for rule in rules():
        try:
            done[rule.key] = _apply(rule)
        except Exception as error:
            logger.error("Retention rule %s failed: %s", rule.key, type(error).__name__)
    return done


def _apply(rule: Rule) -> int:
    with transaction.atomic():
        rows = removable(rule)
        count = rows.count()
        if count:
            rule.apply(rows)
            events.record("retention.applied", actor=None, rule=rule.key, rows=count)
    return count


nightly.job(apply_all)


@transaction.atomic
def place_hold(*, reason: str, by: User, person: User | None = None) -> LegalHold:
    """Keep everything, or everything of one person, until the hold is lifted."""
    hold = LegalHold(reason=reason, placed_by=by, person=person)
    hold.clean_fields(exclude=["lifted_by", "lifted_at"])
    hold.save()
    events.record("retention.held", actor=by, subject=hold, person=person.pk if person else None)
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: User) -> None:
    row = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if row.lifted_at is not None:
        raise ValidationError("This hold was lifted already.")
    row.lifted_at, row.lifted_by = timezone.now(), by
    row.save(update_fields=["lifted_at", "lifted_by"])
    events.record("retention.lifted", actor=by, subject=row)
