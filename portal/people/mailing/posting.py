"""Putting a mail together from what it brings, handing it over, and noting how that went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.core import mail, mail_refusals, mail_registry, outbox
from portal.core.mail import Context, Letter
from portal.core.mail_refusals import Refusal
from portal.core.mail_registry import About
from portal.core.models import Effect, MailLog
from portal.people.mailing import suppressions, unsubscribing
from portal.people.models import MailSuppression, User

GIVE_UP_AFTER = 8  # attempts at what is refused for another reason than the address: hours
SHOWN = 50  # things that one mail lists
Outcome, Goes = MailLog.Outcome, MailLog.Goes


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, how often, and where to read of it."""

    text: str
    url: str
    times: int


@dataclass(frozen=True, slots=True)
class Group:
    """What a mail brings of one class."""

    label: str
    entries: Sequence[Entry]


def post(
    rows: Sequence[MailLog],
    effect: Effect,
    user: User | None,
    *,
    to: str,
    context: Context | None = None,
) -> None:
    """Send one mail that brings `rows`, which are on their way.

    An address that is refused for good is suppressed; any other refusal for good is tried a few
    times; what may pass is raised. A worker that came too late is stopped: outbox.Overtaken.
    """
    letter = _letter(rows, user, to, context)
    outbox.hold(effect)
    try:
        mail.hand_over(letter)
    except Exception as error:
        refusal = mail_refusals.of(error)
        if refusal is None or not _is_final(refusal, effect):
            raise
        if refusal.is_of_address and user is not None and to.lower() == user.email.lower():
            source = MailSuppression.Source.REFUSED
            suppressions.add(user, code=refusal.code, source=source)
        _note(rows, outcome=Outcome.REFUSED, code=refusal.code)
    else:
        _note(rows, outcome=Outcome.SENT, sent_at=timezone.now())


def _is_final(refusal: Refusal, effect: Effect) -> bool:
    return refusal.is_of_address or effect.attempts >= GIVE_UP_AFTER


def _note(rows: Sequence[MailLog], **values: Any) -> None:
    MailLog.objects.filter(pk__in=[row.pk for row in rows]).update(context={}, **values)


def about_of(row: MailLog) -> About | None:
    return (row.about_type, row.about_id) if row.about_id is not None else None


def _letter(rows: Sequence[MailLog], user: User | None, to: str, context: Context | None) -> Letter:
    things = {about_of(row) for row in rows}
    about = next(iter(things)) if len(things) == 1 else None
    is_daily = rows[0].goes == Goes.DAY
    if len(rows) == 1 and not is_daily:
        subject, _, body = mail.render(rows[0].template, context or rows[0].context)
    else:
        subject, body = _sum_up(rows, is_daily=is_daily, is_of_one=about is not None)
    keys = {row.mail_class for row in rows}
    optional = {c.key for c in mail_registry.optional()} & keys
    return Letter(
        to=to,
        subject=subject,
        body=body if user is None or not user.has_joined else body + mail.foot(),
        message_id=rows[0].message_id,
        about=None if is_daily else about,
        list_name=next(iter(keys)) if len(keys) == 1 else "digest",
        unsubscribe=unsubscribing.address(user, optional) if user and optional else "",
    )


def _sum_up(rows: Sequence[MailLog], *, is_daily: bool, is_of_one: bool) -> tuple[str, str]:
    """Return subject and body of a mail that brings several: what happened, counted, with links."""
    groups, left_out = _groups(rows)
    things = len({mail.link(row.context) for row in rows})
    template = "digest" if is_daily else "several" if is_of_one else "summary"
    context = {"groups": groups, "left_out": left_out, "changes": len(rows), "things": things}
    subject, _, body = mail.render(template, context)
    if template == "several":
        subject = mail.render(rows[0].template, rows[0].context)[0]
    return subject, body


def _groups(rows: Sequence[MailLog]) -> tuple[list[Group], int]:
    """Return what happened by class, and how many things are not listed."""
    times: dict[tuple[str, str, str], int] = {}
    for row in rows:
        _, _, body = mail.render(row.template, row.context)
        text = body.partition("\n\n")[0]
        key = (row.mail_class, text, mail.link(row.context))
        times[key] = times.get(key, 0) + 1
    groups: dict[str, list[Entry]] = {}
    for (mail_class, text, url), count in sorted(list(times.items())[:SHOWN]):
        groups.setdefault(mail_class, []).append(Entry(text, url, count))
    found = [Group(str(mail_registry.find(key).label), rows_) for key, rows_ in groups.items()]
    return found, max(0, len(times) - SHOWN)
