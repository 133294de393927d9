"""What mail there is: its classes, which template is of which, and what a mail may be about.

Each app says of its own templates which class they are of, beside the code that sends them, and of
its own things who may still be told of them. A test fails for a template without a class.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

NOW, DAY, NONE = "now", "day", "none"  # the choices of a person for one class of mail
About = tuple[str, int]  # a model's label in lower case, and the row's number
Check = Callable[[Any, int], bool]


@dataclass(frozen=True, slots=True)
class MailClass:
    """A class of mail, which a person may have at once, once a day, or not at all.

    `is_required` leaves no choice. `by_role` gives the choice of somebody who made none, the first
    role that the person holds; `default` is everybody else's. `roles` are those it can reach at
    all; none means everybody. `tries_returned` goes to an address from which mail came back.
    `is_bulk` may go to everybody at once, and so goes after everything else.
    """

    key: str
    label: Any
    note: Any
    is_required: bool = False
    is_carrier: bool = False  # brings mails of other classes and has no choice of its own
    tries_returned: bool = False
    is_bulk: bool = False
    default: str = NOW
    by_role: Mapping[str, str] = field(default_factory=dict, hash=False)
    roles: frozenset[str] = frozenset()

    @property
    def is_optional(self) -> bool:
        return not (self.is_required or self.is_carrier)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a mail may be about. `may(user, pk)` says whether the person may still be told of it;
    `gathers`, whether what happens to it within minutes is one mail.
    """

    may: Check
    gathers: bool


_classes: dict[str, MailClass] = {}
_templates: dict[str, str] = {}
_things: dict[str, Thing] = {}


def add(*classes: MailClass) -> None:
    _classes.update({each.key: each for each in classes})


def put(key: str, *templates: str) -> None:
    """Say that templates of `templates/email/` are of a class."""
    _templates.update(dict.fromkeys(templates, key))


def thing(label: str, *, gathers: bool = False) -> Callable[[Check], Check]:
    """Register who may be told of rows of a model (its label in lower case)."""

    def register(may: Check) -> Check:
        _things[label] = Thing(may, gathers)
        return may

    return register


def classes() -> list[MailClass]:
    return list(_classes.values())


def optional() -> list[MailClass]:
    return [each for each in classes() if each.is_optional]


def find(key: str) -> MailClass:
    return _classes[key]


def class_of(template: str) -> MailClass:
    """Return the class of a template. KeyError for one that nobody registered."""
    return _classes[_templates[template]]


def templates() -> dict[str, str]:
    return dict(_templates)


def about(row: models.Model) -> About:
    return row._meta.label_lower, int(row.pk)


def gathers(what: About | None) -> bool:
    return what is not None and what[0] in _things and _things[what[0]].gathers


def may_hear(user: Any, what: About | None) -> bool:
    """Say whether a person may be told of it now; of what nobody registered, always."""
    return what is None or what[0] not in _things or _things[what[0]].may(user, what[1])
