"""Mails that wait, and the one that brings them: within minutes, in the hour's summary, daily.

A waiting mail is a row of the log. Whether its person may still hear of it, wants it and can be
reached is looked at again when it goes.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core import mail, mail_registry, nightly, outbox
from portal.core.mail_registry import DAY, NONE, About
from portal.core.models import Effect, MailLog
from portal.people.mailing import choices, posting, suppressions
from portal.people.models import User

KIND = "mail.carry"
HOUR = timedelta(hours=1)
Outcome, Goes = MailLog.Outcome, MailLog.Goes


def plan(user: User, goes: str, about: About | None, *, first: int) -> None:
    """Ask for the mail that brings what waits. The caller holds the person's lock.

    `first` is the effect of the mail that waits now; one that waits already is brought along. The
    daily mail needs no plan: the morning looks for who has something.
    """
    now = timezone.now()
    if goes == Goes.HOUR:
        plan_summary(user, now)
    elif goes == Goes.SOON and about is not None:
        waits = waiting(user, Goes.SOON, about).exclude(effect_id=first)
        if not waits.exists():
            due = now + timedelta(minutes=settings.MAIL_GATHER_MINUTES)
            key = f"{user.pk}:{about[0]}:{about[1]}"
            _ask(key, str(first), user, Goes.SOON, due, about)


def plan_summary(user: User, now: datetime) -> None:
    """Ask for the summary at the next full hour, once."""
    due = now.replace(minute=0, second=0, microsecond=0) + HOUR
    _ask(f"{user.pk}:hour", f"{due:%Y%m%d%H}", user, Goes.HOUR, due)


@nightly.frequent
def catch_up() -> None:
    """Plan anew what has waited for hours, whatever became of its plan: nothing is lost."""
    now = timezone.now()
    old = MailLog.objects.filter(at__lt=now - 2 * HOUR)
    # On its way with an effect that is over: nobody brings it.
    over = Effect.objects.filter(done_at__isnull=False).values("pk")
    left = old.filter(outcome=Outcome.TRYING, sent_by__in=over).exclude(goes=Goes.NOW)
    left.update(outcome=Outcome.WAITING, goes=Goes.HOUR, sent_by=None, message_id="")
    late = old.filter(outcome=Outcome.WAITING)
    late.filter(goes=Goes.SOON).update(goes=Goes.HOUR)
    people = late.filter(goes=Goes.HOUR).order_by().values("user_id").distinct()
    for user in User.objects.filter(pk__in=people):
        plan_summary(user, now)


def plan_daily(user_id: int, day: str) -> None:
    payload = {"user": user_id, "goes": str(Goes.DAY), "about": None}
    outbox.add(KIND, f"{user_id}:day", bucket=day, payload=payload)


def _ask(
    key: str, bucket: str, user: User, goes: str, due: datetime, about: About | None = None
) -> None:
    payload = {"user": user.pk, "goes": str(goes), "about": list(about) if about else None}
    outbox.add(KIND, key, bucket=bucket, payload=payload, due_at=due)


def waiting(user: User, goes: str, about: About | None = None) -> QuerySet[MailLog]:
    rows = MailLog.objects.filter(user_id=user.pk, goes=goes, outcome=Outcome.WAITING)
    if about is not None:
        rows = rows.filter(about_type=about[0], about_id=about[1])
    return rows.order_by("pk")


def is_full(user: User) -> bool:
    """Say whether a person has had so many mails within the hour that the next one waits.

    The last place is the summary's. What is on its way counts, however long it has been: a server
    that stood still must not let them all go at once.
    """
    optional = [c.key for c in mail_registry.optional()]
    recent = Q(sent_at__gt=timezone.now() - HOUR) | Q(outcome=Outcome.TRYING)
    rows = MailLog.objects.filter(recent, user_id=user.pk, mail_class__in=optional)
    mails = rows.exclude(goes=Goes.DAY).order_by().values("sent_by").distinct()
    return mails.count() >= settings.MAIL_PER_HOUR - 1


@outbox.handler(KIND)
def carry(effect: Effect) -> None:
    """Bring what waits for one person. A repeat brings the same, in the same mail."""
    user = User.objects.get(pk=effect.payload["user"])
    taken = MailLog.objects.filter(sent_by=effect.pk, outcome=Outcome.TRYING).order_by("pk")
    rows = list(taken) or _take(effect, user)
    if rows:
        posting.post(rows, effect, user, to=user.email)


@transaction.atomic
def _take(effect: Effect, user: User) -> list[MailLog]:
    locked = User.objects.select_for_update().get(pk=user.pk)
    # Whoever comes too late takes nothing: of what it took, nobody would hear.
    outbox.hold(effect)
    said = effect.payload
    about = (said["about"][0], int(said["about"][1])) if said["about"] else None
    kept = _settle(locked, list(waiting(locked, said["goes"], about)), said["goes"])
    if not kept or _must_wait(locked, said["goes"], kept):
        return []
    ids = [row.pk for row in kept]
    MailLog.objects.filter(pk__in=ids).update(
        outcome=Outcome.TRYING, sent_by=effect.pk, message_id=mail.message_id(effect.pk)
    )
    return list(MailLog.objects.filter(pk__in=ids).order_by("pk"))


def _must_wait(user: User, goes: str, rows: list[MailLog]) -> bool:
    """Put what is over the cap into the next summary; a summary waits for one that is stuck."""
    if goes == Goes.SOON and is_full(user):
        MailLog.objects.filter(pk__in=[row.pk for row in rows]).update(goes=Goes.HOUR)
        plan_summary(user, timezone.now())
        return True
    stuck = MailLog.objects.filter(user_id=user.pk, goes=Goes.HOUR, outcome=Outcome.TRYING)
    if goes == Goes.HOUR and stuck.exists():
        plan_summary(user, timezone.now())
        return True
    return False


def _settle(user: User, rows: list[MailLog], goes: str) -> list[MailLog]:
    """Return what still goes with this mail; write down what became of the rest."""
    kept: list[MailLog] = []
    settled: dict[str, list[int]] = {}
    wanted = {c.key: choices.of(user, c) for c in mail_registry.optional()}
    is_returned = suppressions.standing(user) is not None
    heard: dict[About | None, bool] = {}
    for row in rows:
        about = posting.about_of(row)
        if about not in heard:
            heard[about] = mail_registry.may_hear(user, about)
        if outcome := _why_not(user, wanted[row.mail_class], heard[about], is_returned):
            settled.setdefault(outcome, []).append(row.pk)
        elif goes != Goes.DAY and wanted[row.mail_class] == DAY:
            MailLog.objects.filter(pk=row.pk).update(goes=Goes.DAY)
        else:
            kept.append(row)
    for outcome, ids in settled.items():
        MailLog.objects.filter(pk__in=ids).update(outcome=outcome, context={})
    return kept


def _why_not(user: User, choice: str, may_hear: bool, is_returned: bool) -> str:
    if not user.is_active:
        return Outcome.LEFT
    if choice == NONE:
        return Outcome.OFF
    if not may_hear:
        return Outcome.NO_RIGHT
    return Outcome.SUPPRESSED if is_returned else ""
