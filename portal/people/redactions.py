"""The second person of a redaction: who may decide, who is told, and what a legal hold keeps."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import insert_only, mail, mail_registry, outbox
from portal.core.models import Effect, Redaction, RedactionQuerySet
from portal.core.redaction import asking, registry
from portal.people import aliases, retention, roles, scope
from portal.people.models import Role, RoleGrant, User
from portal.people.retention_rules import PERSON_KEPT

KIND = "people.redaction"
PATH = "/requests/redactions/"
mail_registry.put("urgent", "redaction_asked")  # the text is hidden until somebody decides
mail_registry.put("requests", "redaction_decided")


class NotAllowed(Exception):
    """This person may not decide it: one's own, or not one's business."""


class Held(Exception):
    """A legal hold stands: the text stays, hidden, until it is lifted."""


def may_enter(user: object) -> bool:
    """Whoever may be the second person of some redaction."""
    return roles.has(user, Role.MANAGER, Role.DEPUTY, Role.SPECIALIST)


def visible_to(user: User) -> RedactionQuerySet:
    """All for the manager and an active deputy; for a specialist those that a manager asked for.

    `can_decide` adds that nobody decides what they asked for themselves.
    """
    if roles.is_manager(user):
        return Redaction.objects.all()
    if not roles.is_specialist(user):
        return Redaction.objects.none()
    of_managers = Q(asked_by__in=scope.managers())
    return Redaction.objects.filter(of_managers | Q(agreed_by=user) | Q(declined_by=user))


def can_decide(user: User, redaction: Redaction) -> bool:
    """Another person than who asked, merged accounts counted as one.

    The manager or a deputy; where one of them asked, a specialist as well, since there is one
    manager, and a deputy only now and then.
    """
    if aliases.resolve(user) == aliases.resolve(redaction.asked_by):
        return False
    if roles.is_manager(user):
        return True
    return roles.is_specialist(user) and roles.is_manager(redaction.asked_by)


def deciders(redaction: Redaction) -> list[User]:
    """Return who may decide today."""
    people = scope.managers()
    if roles.is_manager(redaction.asked_by):
        grants = RoleGrant.objects.active().filter(role=Role.SPECIALIST)
        others = User.objects.filter(pk__in=grants.values("user_id"), is_active=True)
        people = (people | others).distinct()
    return [user for user in people if can_decide(user, redaction)]


def is_held(redaction: Redaction) -> bool:
    """Say whether a legal hold keeps the text, or what is tied to it."""
    if retention.everything_is_held():
        return True
    subject = subject_of(redaction)
    held = set(retention.held_people())
    return any(
        root.is_held(row) or not held.isdisjoint(root.people(row))
        for row, root in registry.roots_among(registry.reached(subject) if subject else [])
    )


@transaction.atomic
def agree(redaction: Redaction, *, by: User, seal: str | None = None) -> Redaction:
    """Agree as the second person. NotAllowed, Held, or asking.Changed; nothing is removed then."""
    row = Redaction.objects.select_for_update().select_related("asked_by").get(pk=redaction.pk)
    if not can_decide(by, row):
        raise NotAllowed
    if row.is_open and is_held(row):
        raise Held
    done = asking.agree(row, by=by, seal=seal)
    _tell("decided", done)
    return done


@transaction.atomic
def decline(redaction: Redaction, *, by: User) -> Redaction:
    row = Redaction.objects.select_for_update().select_related("asked_by").get(pk=redaction.pk)
    if not can_decide(by, row):
        raise NotAllowed
    done = asking.decline(row, by=by)
    _tell("decided", done)
    return done


def tell_deciders(redaction: Redaction) -> None:
    """Tell whoever may decide, in the transaction of the asking."""
    _tell("asked", redaction)


def _tell(notice: str, redaction: Redaction) -> None:
    payload = {"redaction": redaction.pk, "notice": notice}
    outbox.add(KIND, f"{notice}-{redaction.pk}", payload=payload)


@outbox.handler(KIND)
def tell(effect: Effect) -> None:
    """Queue one mail per person; it says that something waits or is decided, and where."""
    row = Redaction.objects.select_related("asked_by").get(pk=effect.payload["redaction"])
    notice = effect.payload["notice"]
    asked = notice == "asked"
    path = f"{PATH}{row.pk}/" if asked else _address(row)
    for user in deciders(row) if asked else [row.asked_by]:
        mail.queue(
            user.pk,
            f"redaction_{notice}",
            subject_key=f"redaction-{notice}-{row.pk}",
            context={"url": f"{settings.BASE_URL}{path}"},
            about=row,
        )


@mail_registry.thing("core.redaction")
def may_hear(user: User, pk: int) -> bool:
    """Say whether a person may be told of it: who asked, and who may decide."""
    row = Redaction.objects.filter(pk=pk).first()
    return row is not None and (row.asked_by_id == user.pk or can_decide(user, row))


def subject_of(redaction: Redaction) -> Any:
    """Return the request, question or page; None when it is gone."""
    rows = registry.rows_of(redaction.subject_type, [redaction.subject_id])
    return rows.get(redaction.subject_id)


def _address(redaction: Redaction) -> str:
    """Return where the asker sees what came of it; a page's own address may hold words of it."""
    subject = subject_of(redaction)
    if subject is None or redaction.subject_type == "wagtailcore.page":
        return "/"
    return registry.root_of(redaction.subject_type).url(subject)


def _old() -> QuerySet[Redaction]:
    """Return what was decided seven years ago."""
    before = timezone.now() - PERSON_KEPT
    return Redaction.objects.filter(Q(agreed_at__lt=before) | Q(declined_at__lt=before))


def _delete(rows: QuerySet[Redaction]) -> None:
    with insert_only.lifted(labels=["core.Redaction"]):
        Redaction.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


retention.register(
    retention.Rule(
        "redactions",
        _("Tombstones of redactions"),
        _("7 years"),
        _old,
        _delete,
        "asked_by agreed_by declined_by",
    )
)
