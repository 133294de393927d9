"""Sending one mail: at once, later with others, or not at all; each is in the log once."""

from typing import Any

from django.db import transaction

from portal.core import mail, mail_registry, outbox
from portal.core.mail import Context
from portal.core.mail_registry import DAY, NONE, About
from portal.core.models import Effect, MailLog
from portal.people.mailing import carrying, choices, posting, suppressions
from portal.people.models import User

Outcome, Goes = MailLog.Outcome, MailLog.Goes


@outbox.handler(mail.KIND)
def handle(effect: Effect) -> None:
    """Send the mail of one effect, unless the person has left since."""
    said = effect.payload
    user = User.objects.filter(pk=said["user"]).first()
    if user is None:
        return
    about = (said["about"][0], int(said["about"][1])) if said.get("about") else None
    if user.is_active:
        send(effect, user, said["template"], said["context"], about=about)
    else:
        _note(effect, user, said["template"], about, Outcome.LEFT)


def send(
    effect: Effect,
    user: User,
    template: str,
    context: Context,
    *,
    about: About | None = None,
    to: str = "",
) -> None:
    """Send one mail to a person as they chose. Handlers of other kinds come here with what no
    payload may hold; `to` is another address of the person than today's.

    Harmless when repeated. A passing failure of the server is raised, and the outbox tries again.
    """
    row = MailLog.objects.filter(effect_id=effect.pk).first()
    row = row or _begin(effect, user, template, context, about)
    if row.outcome == Outcome.TRYING and row.sent_by == effect.pk:
        posting.post([row], effect, user, context=context, to=to or user.email)


def send_to_stranger(effect: Effect, address: str, template: str, context: Context) -> None:
    """Send one mail to an address without an account."""
    row = MailLog.objects.filter(effect_id=effect.pk).first()
    row = row or _note(effect, None, template, None, Outcome.TRYING)
    if row.outcome == Outcome.TRYING:
        posting.post([row], effect, None, context=context, to=address)


@transaction.atomic
def _begin(
    effect: Effect, user: User, template: str, context: Context, about: About | None
) -> MailLog:
    """Decide what becomes of it. The person's row is locked, so that no two count at once, and
    of two workers with the same effect the second finds what the first decided.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if decided := MailLog.objects.filter(effect_id=effect.pk).first():
        return decided
    mail_class = mail_registry.class_of(template)
    outcome, goes = _route(user, mail_class, about)
    row = _note(effect, user, template, about, outcome, goes)
    if outcome == Outcome.WAITING:
        MailLog.objects.filter(pk=row.pk).update(context=dict(context))
        carrying.plan(user, goes, about, first=effect.pk)
    return row


def _route(user: User, mail_class: mail_registry.MailClass, about: About | None) -> tuple[str, str]:
    if not mail_registry.may_hear(user, about):
        return Outcome.NO_RIGHT, Goes.NOW
    if not mail_class.tries_returned and suppressions.standing(user):
        return Outcome.SUPPRESSED, Goes.NOW
    if mail_class.is_required:
        return Outcome.TRYING, Goes.NOW
    choice = choices.of(user, mail_class)
    if choice == NONE:
        return Outcome.OFF, Goes.NOW
    if choice == DAY:
        return Outcome.WAITING, Goes.DAY
    if mail_registry.gathers(about):
        return Outcome.WAITING, Goes.SOON
    if carrying.is_full(user):
        return Outcome.WAITING, Goes.HOUR
    return Outcome.TRYING, Goes.NOW


def _note(
    effect: Effect,
    user: User | None,
    template: str,
    about: About | None,
    outcome: str,
    goes: str = Goes.NOW,
) -> MailLog:
    goes_now = outcome == Outcome.TRYING
    values: dict[str, Any] = {
        "user_id": user.pk if user is not None else None,
        "mail_class": mail_registry.class_of(template).key,
        "template": template,
        "about_type": about[0] if about else "",
        "about_id": about[1] if about else None,
        "goes": goes,
        "outcome": outcome,
        "sent_by": effect.pk if goes_now else None,
        "message_id": mail.message_id(effect.pk) if goes_now else "",
    }
    row, _made = MailLog.objects.get_or_create(effect_id=effect.pk, defaults=values)
    return row
