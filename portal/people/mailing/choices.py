"""What a person chose, the default of their role, and how a choice changes."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core import events, mail_registry
from portal.core.mail_registry import NONE, MailClass
from portal.people import roles
from portal.people.models import CoordinatorAssignment, MailChoice, RoleGrant, User
from portal.people.models.person import UserQuerySet


def default(user: User, mail_class: MailClass) -> str:
    held = roles.of(user)
    fitting = (choice for role, choice in mail_class.by_role.items() if role in held)
    return next(fitting, mail_class.default)


def of(user: User, mail_class: MailClass) -> str:
    """Return the choice that holds for a class that can be chosen."""
    row = MailChoice.objects.filter(user=user, mail_class=mail_class.key).first()
    return row.choice if row is not None else default(user, mail_class)


def every(user: User) -> dict[str, str]:
    """Return the choice for each class that can reach the person."""
    made = dict(user.mail_choices.values_list("mail_class", "choice"))
    return {c.key: made.get(c.key) or default(user, c) for c in reaching(user)}


def reaching(user: User) -> list[MailClass]:
    """Return the classes that can be chosen and that can reach the person at all."""
    held = roles.of(user)
    return [c for c in mail_registry.optional() if not c.roles or c.roles & held]


@transaction.atomic
def change(user: User, wanted: Mapping[str, str], *, by: User | None) -> list[str]:
    """Keep what a person wants; return the classes that changed. `by` is None for a mail's link."""
    User.objects.select_for_update().get(pk=user.pk)
    changed = [
        c.key for c in mail_registry.optional() if wanted.get(c.key, of(user, c)) != of(user, c)
    ]
    for key in changed:
        MailChoice.objects.update_or_create(
            user=user,
            mail_class=key,
            defaults={"choice": wanted[key], "changed_at": timezone.now()},
        )
        events.record(
            "mail.choice_changed", actor=by, subject=user, mail_class=key, choice=wanted[key]
        )
    return changed


def stop(user: User, keys: Iterable[str]) -> list[str]:
    """Have no more of some classes, by the link of a mail."""
    return change(user, dict.fromkeys(keys, NONE), by=None)


def wanting(mail_class: MailClass) -> QuerySet[User]:
    """Return joined people who may want a class that nobody has by default but some roles."""
    chose = MailChoice.objects.filter(mail_class=mail_class.key).exclude(choice=NONE)
    granted = RoleGrant.objects.active().filter(role__in=list(mail_class.by_role))
    coordinate = CoordinatorAssignment.objects.active()
    people = UserQuerySet(User).joined()
    return people.filter(
        Q(pk__in=chose.values("user")) | Q(pk__in=granted.values("user"))
        | Q(pk__in=coordinate.values("user"))
    )  # fmt: skip
