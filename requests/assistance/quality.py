"""What is missing of requests and of what was done for them: time, funding, filing."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assistance.lifecycle import ENDED, OPEN, State
from assistance.models import ActivityRecord, Ticket, TimeEntry
from portal.core.quality import Example, Severity, check


def _seen(user: Any) -> QuerySet[Ticket]:
    """Return the requests whose filing can still be changed; an archived one stands as it is."""
    rows = Ticket.objects.submitted().visible_to(user).filter(state__in=[*OPEN, *ENDED])
    return rows.select_related("center")


def _at(part: str) -> Callable[[Ticket], Example]:
    """Lead to a part of the request's page. A number and a center: its words stay there."""

    def show(ticket: Ticket) -> Example:
        center = ticket.center.name if ticket.center else ""
        return Example(str(ticket.number), f"{ticket.get_absolute_url()}#{part}", center)

    return show


@check(
    "requests-time",
    name=_("Closed requests with no time logged"),
    why=_("They count as resolved, and add nothing to the hours of technical assistance."),
    mend=_("Log the time that it took"),
    severity=Severity.FIGURE,
    show=_at("time"),
)
def without_time(user: Any) -> QuerySet[Ticket]:
    """What was taken back again counts as nothing."""
    entries = TimeEntry.objects.filter(ticket=OuterRef("pk")).order_by()
    spent = entries.values("ticket").annotate(n=Sum("staff_minutes")).values("n")
    closed = _seen(user).filter(state=State.CLOSED)
    return closed.alias(spent=Coalesce(Subquery(spent), 0)).filter(spent__lte=0)


@check(
    "requests-funding",
    name=_("Requests with time that no funding is named for"),
    why=_("The hours are counted, and missing from every report for one funder."),
    mend=_("Open “Filing” and choose the funding"),
    severity=Severity.CUT,
    show=_at("filing"),
)
def without_funding(user: Any) -> QuerySet[Ticket]:
    """An entry that names no funding is paid as its request is, and as its activity record."""
    entries = TimeEntry.objects.filter(ticket=OuterRef("pk"), funding="")
    unpaid = entries.filter(Q(activity__isnull=True) | Q(activity__funding=""))
    return _seen(user).filter(Exists(unpaid), funding="")


@check(
    "requests-filing",
    name=_("Requests without a discipline or a topic"),
    why=_("They are missing from the cuts of requests by discipline or by topic."),
    mend=_("Open “Filing” and choose what is missing"),
    severity=Severity.CUT,
    show=_at("filing"),
)
def without_filing(user: Any) -> QuerySet[Ticket]:
    tagged = Ticket.topics.through.objects.filter(
        object_id=OuterRef("pk"), content_type__app_label="assistance", content_type__model="ticket"
    )
    return _seen(user).filter(Q(discipline__isnull=True) | ~Exists(tagged))


def _activity(record: ActivityRecord) -> Example:
    words = {"day": date_format(record.happened_on), "center": record.center.name}
    page = "assistance:activity_correct" if record.is_approved else "assistance:activity_change"
    label = _now("Activity of %(day)s, %(center)s") % words
    return Example(label, reverse(page, args=[record.pk]), str(record.get_type_display()))


@check(
    "activities-funding",
    name=_("Activity records without a funding tag"),
    why=_("What was done, and for how many, is missing from every report for one funder."),
    mend=_("Change it, or correct it where it is approved"),
    severity=Severity.CUT,
    show=_activity,
)
def activities_without_funding(user: Any) -> QuerySet[ActivityRecord]:
    rows = ActivityRecord.objects.visible_to(user).filter(funding="", correction__isnull=True)
    return rows.select_related("center")
