"""Addresses from which mail comes back: none is sent there until a manager lifts it."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events
from portal.core.prepared import prepared
from portal.people.models import MailSuppression, User


class NotStanding(Exception):
    """It was lifted already."""


def mark(address: str) -> str:
    """Return the keyed digest by which an address is known again."""
    text = f"mail\n{address.lower()}"
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def standing(user: User) -> MailSuppression | None:
    """Return the suppression of the address that the person has today."""
    return next(iter(_standing(user.pk, mark(user.email))), None)


@prepared
def _standing(user_id: int, marked: str) -> QuerySet[MailSuppression]:
    return MailSuppression.objects.standing().filter(user=user_id, mark=marked).order_by("pk")[:1]


@transaction.atomic
def add(user: User, *, code: str, source: str) -> MailSuppression:
    """Send no more to the person's address of today; said again, the first row stands."""
    row, made = MailSuppression.objects.get_or_create(
        user=user,
        mark=mark(user.email),
        lifted_at=None,
        defaults={"code": code, "source": source},
    )
    if made:
        events.record("mail.suppressed", actor=None, subject=user, code=code, source=source)
    return row


@transaction.atomic
def lift(row: MailSuppression, *, how: str, by: User) -> None:
    """Send again. The caller has checked that `by` manages. NotStanding when it is lifted."""
    locked = MailSuppression.objects.select_for_update().get(pk=row.pk)
    if locked.lifted_at is not None:
        raise NotStanding
    locked.lifted_at, locked.lifted_by = timezone.now(), by
    locked.lifted_as = MailSuppression.Lifted(how)
    locked.save(update_fields=["lifted_at", "lifted_by", "lifted_as"])
    events.record("mail.resumed", actor=by, subject=locked.user, how=how)
