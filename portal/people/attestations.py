"""Once a year each person attests: still employed in the role, and bound to confidentiality."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.people.models import Attestation, User
from portal.people.models.joining import ATTEST_EVERY
from portal.people.models.person import UserQuerySet

WORDING = "2026-11"  # names the text of people/_attestation.html; a new text is a new name
REMIND_BEFORE = timedelta(days=14)
GRACE = timedelta(days=30)  # past it every page leads to the attestation first
mail_registry.put("urgent", "attestation_due")
DUE = "attest_by"  # in the session: a POSIX time


@transaction.atomic
def attest(user: User) -> Attestation:
    row = Attestation.objects.create(user=user, wording=WORDING)
    events.record("people.attested", actor=user, subject=user, wording=WORDING)
    return row


def due_on(user: User) -> date:
    """Return the day (America/New_York) by which the person attests.

    Somebody who never attested (the first manager, or who joined by an agency's sign-on) is due
    at once, without the month of grace.
    """
    if user.joined_at is None:
        return timezone.localdate(user.created_at) - GRACE
    last = user.attestations.aggregate(last=Max("attested_at"))["last"]
    if last is None:
        return timezone.localdate(user.joined_at) - GRACE
    return timezone.localdate(last + ATTEST_EVERY)


def remember(request: HttpRequest, user: User) -> None:
    """Keep in the session until when the person may go on; asked once per sign-in."""
    end = datetime.combine(due_on(user) + GRACE, time.min)
    request.session[DUE] = timezone.make_aware(end).timestamp()


def is_overdue(request: HttpRequest) -> bool:
    if DUE not in request.session:
        remember(request, request.user)  # type: ignore[arg-type]
    return timezone.now().timestamp() > float(request.session[DUE])


def soon_due(request: HttpRequest) -> date | None:
    """Return the day of the attestation from two weeks before it on, from the session alone."""
    until = request.session.get(DUE)
    if not until:
        return None
    due = timezone.localdate(datetime.fromtimestamp(until, tz=UTC)) - GRACE
    return due if due - REMIND_BEFORE <= timezone.localdate() else None


@receiver(user_logged_in)
def remember_at_sign_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session") and isinstance(user, User):
        remember(request, user)


def with_last(people: Any) -> Any:
    """Add `last_attested_at` to a queryset of people."""
    rows = Attestation.objects.filter(user=OuterRef("pk")).order_by("-attested_at")
    return people.annotate(last_attested_at=Subquery(rows.values("attested_at")[:1]))


@nightly.job
def remind() -> None:
    """Remind once before the day and once after it; a year's two reminders are two keys."""
    now = timezone.now()
    people = with_last(UserQuerySet(User).joined())
    window = (now - ATTEST_EVERY - GRACE, now - ATTEST_EVERY + REMIND_BEFORE)
    for user in people.filter(last_attested_at__range=window):
        since = user.last_attested_at
        when = "after" if since + ATTEST_EVERY <= now else "before"
        key = f"attest:{user.pk}:{since.date()}:{when}"
        mail.queue(user.pk, "attestation_due", subject_key=key, context={"path": "/me/attest/"})
