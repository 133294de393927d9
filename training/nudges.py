"""One polite message to somebody who lacks training; the person may put it off, or stop it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.core import events, mail_registry, outbox
from portal.core.models import Effect
from portal.people.mailing import sending
from portal.people.models import User
from training.models import Nudge, NudgeWish

REST = timedelta(days=14)  # between two messages to one person, whoever sends them
SNOOZE = timedelta(days=30)
mail_registry.put("training", "nudge")


class NotNow(Exception):
    """Not sent; `reason`: stopped, snoozed, recent, or not_joined."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def send(person: User, *, by: User) -> Nudge:
    """Ask for one mail. The caller has checked that `by` sees the person. NotNow otherwise."""
    User.objects.select_for_update().get(pk=person.pk)
    if reason := why_not(person):
        raise NotNow(reason)
    row = Nudge.objects.create(person=person, sent_by=by)
    outbox.add("training.nudge", str(row.pk), payload={"nudge": row.pk})
    events.record("training.nudged", actor=by, subject=person)
    return row


def why_not(person: User) -> str:
    """Return why no message goes to a person now; empty when one may."""
    if not (person.has_joined and person.is_active):
        return "not_joined"
    wish = NudgeWish.objects.filter(person=person).first()
    if wish is not None and wish.is_stopped:
        return "stopped"
    if wish is not None and wish.is_snoozed:
        return "snoozed"
    if person.nudges.filter(sent_at__gt=timezone.now() - REST).exists():
        return "recent"
    return ""


@outbox.handler("training.nudge")
def deliver(effect: Effect) -> None:
    """Send it, unless the person has left or asked for quiet since."""
    row = Nudge.objects.select_related("person").get(pk=effect.payload["nudge"])
    if wants_quiet(row.person):
        return
    about = mail_registry.about(row)
    sending.send(effect, row.person, "nudge", {"path": "/me/needs/"}, about=about)


def wants_quiet(person: User) -> bool:
    """Say whether no reminder may reach a person, of whatever kind."""
    return why_not(person) in {"stopped", "snoozed", "not_joined"}


@mail_registry.thing("training.nudge")
def may_still_come(user: User, pk: int) -> bool:
    return not wants_quiet(user)


@transaction.atomic
def wish(person: User, *, stop: bool = False, snooze: bool = False) -> NudgeWish:
    """Keep what a person wishes; with neither, messages may come again."""
    until = timezone.localdate() + SNOOZE if snooze else None
    row, _made = NudgeWish.objects.update_or_create(
        person=person, defaults={"is_stopped": stop, "snoozed_until": until}
    )
    return row
