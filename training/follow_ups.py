"""Asking the linked questions six months after a module was completed."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import mail_registry, nightly, outbox
from portal.core.models import Effect
from portal.people import aliases
from portal.people.mailing import sending
from portal.people.models import User
from training import nudges, releases
from training.models import Completion, FollowUp
from training.models.follow_up import MONTHS_LATER
from training.outline import Outline
from training.requirements import plus_months

LOOKS_BACK = timedelta(days=60)  # what became due while the nightly work stood still
mail_registry.put("training", "follow_up_due")


@nightly.job
def invite() -> int:
    """Make what became due; each person is told once."""
    today = timezone.localdate()
    made = 0
    for completion in _candidates(today).iterator(chunk_size=200):
        day = due_on(completion)
        if today - LOOKS_BACK < day <= today and _has_linked(completion):
            made += _make(completion, day)
    return made


def due_on(completion: Completion) -> date:
    """Return the day six months on, in America/New_York."""
    return plus_months(timezone.localdate(completion.completed_at), MONTHS_LATER)


def open_for(person: User) -> QuerySet[FollowUp]:
    """Return what a person can still answer, the oldest first."""
    rows = FollowUp.objects.open().visible_to(person).select_related("enrolment__module")
    return rows.order_by("due_on", "pk")


@transaction.atomic
def decline(follow_up: FollowUp) -> None:
    """The person would rather not; nobody is told and nothing else follows."""
    rows = FollowUp.objects.filter(pk=follow_up.pk, declined_on=None)
    rows.update(declined_on=timezone.localdate())


@transaction.atomic
def _make(completion: Completion, day: date) -> bool:
    row, made = FollowUp.objects.get_or_create(enrolment=completion.way, defaults={"due_on": day})
    if made:
        outbox.add("training.follow_up", str(row.pk), payload={"follow_up": row.pk})
    return made


@outbox.handler("training.follow_up")
def tell(effect: Effect) -> None:
    """Tell the person once, unless it is settled by now, or no reminders are wished."""
    row = FollowUp.objects.open().filter(pk=effect.payload["follow_up"]).first()
    if row is None:
        return
    person = aliases.resolve(row.enrolment.person)
    if nudges.wants_quiet(person):
        return
    context = {"path": f"/training/{row.enrolment.module.slug}/later/"}
    sending.send(effect, person, "follow_up_due", context, about=mail_registry.about(row))


@mail_registry.thing("training.followup")
def is_open(person: User, pk: int) -> bool:
    rows = FollowUp.objects.open().visible_to(person).filter(pk=pk)
    return rows.exists() and not nudges.wants_quiet(person)


def _candidates(today: date) -> QuerySet[Completion]:
    first = plus_months(today - LOOKS_BACK, -MONTHS_LATER)
    last = plus_months(today, -MONTHS_LATER) + timedelta(days=4)  # months differ in length
    begin, end = (timezone.make_aware(datetime.combine(d, time.min)) for d in (first, last))
    rows = Completion.objects.standing().filter(
        enrolment__isnull=False, completed_at__gte=begin, completed_at__lt=end
    )
    return rows.filter(enrolment__follow_up=None).select_related("person", "enrolment__module")


def _has_linked(completion: Completion) -> bool:
    number = completion.way.number
    release = releases.newest_edition(completion.way.module, number)
    return bool(Outline.from_json(release.outline).linked)
