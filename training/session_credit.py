"""What a live session is worth: for which requirements, from how much attendance, paid by whom."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events
from portal.people import roles
from portal.people.models import User
from training import policies, topics
from training.models import CreditOffer, LiveSession, RequirementRule


class SessionSettled(Exception):
    """Attendance is credit already; what it counts for is no longer changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What its trainer says that a session counts for. Text has passed the screen.

    `threshold` is per cent of the session's length; `pause_minutes` do not count. With
    `needs_evaluation` credit waits until the person has evaluated the session.
    """

    topics: list[str]
    objectives: str
    pause_minutes: int
    threshold: int
    funding: str
    rules: tuple[RequirementRule, ...] = ()
    approval_number: str = ""
    needs_evaluation: bool = False


FIELDS = ("topics", "objectives", "pause_minutes", "threshold", "funding")


def rules_for(user: User) -> QuerySet[RequirementRule]:
    """Return the requirements that a person can let a session count for.

    A trainer those under which every module counts; the manager any, a licence with its approval.
    """
    rules = RequirementRule.objects.in_effect().order_by("is_licence", "name")
    if roles.is_manager(user):
        return rules
    return rules.filter(counts_every_module=True, is_licence=False)


@transaction.atomic
def say(session: LiveSession, worth: Worth, *, by: User) -> LiveSession:
    """Say what a session counts for, until it is settled: SessionSettled from then on.

    What somebody else let it count for, and `by` cannot choose, stays.
    """
    locked = LiveSession.objects.select_for_update().get(pk=session.pk)
    if not policies.can_lead(by, locked):
        raise PermissionDenied
    if locked.is_settled:
        raise SessionSettled
    for name in FIELDS:
        setattr(locked, name, getattr(worth, name))
    locked.save(update_fields=list(FIELDS))
    _offer(locked, worth, by)
    events.record(
        "training.session_credit_said", actor=by, subject=locked, center_id=locked.center_id
    )
    return locked


@transaction.atomic
def say_who_paid(session: LiveSession, funding: str, *, by: User) -> LiveSession:
    """Say which money paid for a session, at any time: no credit and no certificate hangs on it."""
    locked = LiveSession.objects.select_for_update().get(pk=session.pk)
    if not policies.can_lead(by, locked):
        raise PermissionDenied
    locked.funding = funding
    locked.save(update_fields=["funding"])
    events.record(
        "training.session_funding_said", actor=by, subject=locked, center_id=locked.center_id
    )
    return locked


def _offer(session: LiveSession, worth: Worth, by: User) -> None:
    wanted = {rule.pk for rule in worth.rules}
    own = rules_for(by).values("pk")
    session.offers.filter(rule__in=own).exclude(rule__in=wanted).delete()
    for rule in worth.rules:
        CreditOffer.objects.update_or_create(
            session=session,
            rule=rule,
            defaults={
                "category": topics.category(session.topics, rule),
                "approval_number": worth.approval_number if rule.is_licence else "",
                **_valid(session),
            },
        )
    session.offers.update(needs_evaluation=worth.needs_evaluation)


def follow_day(session: LiveSession) -> None:
    """Let the offers hold on the day of a session that was moved."""
    session.offers.update(**_valid(session))


def _valid(session: LiveSession) -> dict[str, date]:
    """Return the days of a session (America/New_York): it counts from its end, which a late one
    has after midnight."""
    return {
        "valid_from": timezone.localdate(session.starts_at),
        "valid_to": timezone.localdate(session.ends_at),
    }


def of(session: LiveSession) -> Worth:
    """Return what is said so far."""
    offers = list(session.offers.select_related("rule"))
    return Worth(
        **{name: getattr(session, name) for name in FIELDS},
        rules=tuple(offer.rule for offer in offers),
        approval_number=next((o.approval_number for o in offers if o.approval_number), ""),
        needs_evaluation=any(offer.needs_evaluation for offer in offers),
    )
