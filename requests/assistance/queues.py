"""Reads over many requests, for the queue, the dashboards and the reports."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assistance import clock, policies, seats
from assistance.lifecycle import ENDED, FINISHED, OPEN, OUR_TURN, State
from assistance.models import Question, Ticket, Watcher
from assistance.models.ticket import TicketQuerySet
from portal.core import gathering
from portal.core.gathering import CountUpTo, Rows
from portal.people import roles
from portal.people.models import Center, User
from portal.people.models.dated import as_of

# Saved views, in their order; `_view` says which requests.
VIEWS = (
    "open",
    "mine",
    "unassigned",
    "today",
    "late",
    "waiting",
    "answered",
    "closed",
    "watched",
    "centers",
)
ORDERS = {"closed": ("-closed_at", "-pk"), "centers": ("center__name", "respond_by", "pk")}
MOST = 100  # requests of a view that its tab counts; of more it says that there are more
DRAFTS = 10  # the newest, on top of the queue
ROW = (
    *("number", "state", "subject", "type", "urgency", "center__name"),
    *("assignee__first_name", "assignee__last_name", "assignee__chosen_name"),
    *("moved_at", "first_response_at", "respond_by", "answer_by", "wanted_by"),
)  # what a row of the queue shows
DRAFT = ("uuid", "state", "number", "subject", "edited_at")
# The views that are the same for everybody.
STATES = {
    "open": Q(state__in=OPEN),
    # Each has a center; said here, the database may begin with the centers in their order.
    "centers": Q(state__in=OPEN, center__name__isnull=False),
    "unassigned": Q(state__in=OPEN, assignee__isnull=True),
    "waiting": Q(state=State.WAITING),
    "answered": Q(state=State.ANSWERED),
    "closed": Q(state__in=FINISHED),
}
MANAGER_ONLY = frozenset({"unassigned", "centers"})


def is_staff(user: User) -> bool:
    return roles.is_manager(user) or roles.is_specialist(user)


def views_for(user: User) -> list[str]:
    return [name for name in VIEWS if roles.is_manager(user) or name not in MANAGER_ONLY]


class Moment(NamedTuple):
    """Now, the day in Massachusetts, its end and the day after it."""

    now: datetime
    today: date
    midnight: datetime
    tomorrow: date

    @classmethod
    def here(cls) -> "Moment":
        now = timezone.localtime()
        next_day = now + timedelta(days=1)
        end = next_day.replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(now, now.date(), end, end.date())


def _view(name: str, user: User, moment: Moment) -> Q:
    match name:
        case "mine":
            mine = Q(assignee=user) if is_staff(user) else Q(requester=user)
            return mine & Q(state__in=OPEN)
        case "today":
            return _due_before(moment.midnight, moment.tomorrow)
        case "late":
            return _late(moment)
        case "watched":
            return Q(pk__in=Watcher.objects.filter(user=user).values("ticket"))
    return STATES[name]


def _due_before(end: datetime, day: date) -> Q:
    """Keep what waits for a word of ours before an instant, or is wanted before its day; late
    ones too."""
    first = Q(first_response_at__isnull=True, respond_by__lt=end)
    return Q(state__in=OUR_TURN) & (first | Q(answer_by__lt=end) | Q(wanted_by__lt=day))


def _late(moment: Moment) -> Q:
    """Keep what is past its target or wanted day in our turn; `Ticket.is_late` says the same."""
    first = Q(first_response_at__isnull=True, respond_by__lt=moment.now)
    later = Q(answer_by__lt=moment.now) | Q(wanted_by__lt=moment.today)
    return Q(state__in=OUR_TURN) & (first | (Q(first_response_at__isnull=False) & later))


def of_view(name: str, user: User) -> QuerySet[Ticket]:
    """Return the requests of a saved view, the one due first on top; the closed newest first."""
    order = ORDERS.get(name, ("respond_by", "pk"))
    view = _view(name, user, Moment.here())
    rows = _seen(user).filter(view).select_related("center", "assignee")
    return rows.only(*ROW).order_by(*order)


def _seen(user: User) -> TicketQuerySet:
    return Ticket.objects.submitted().visible_to(user)


def counts_by_view(user: User) -> dict[str, int]:
    """Count every saved view of the person in one query."""
    moment = Moment.here()
    counts = {name: Count("pk", filter=_view(name, user, moment)) for name in views_for(user)}
    return _seen(user).aggregate(**counts)


def _on_tabs(user: User, moment: Moment) -> dict[str, CountUpTo]:
    """Count each view up to one more than MOST: a tab costs the same however many there are."""
    seen, limit = _seen(user), MOST + 1
    return {
        f"in_{name}": CountUpTo(limit, seen.filter(_view(name, user, moment)))
        for name in views_for(user)
    }


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the list: how many each view has, up to MOST + 1; the drafts, the centers
    to choose from, and for whoever gives requests to others, to whom."""

    counts: dict[str, int]
    drafts: list[Ticket]
    centers: list[Center]
    people: list[User]


def around(user: User) -> Around:
    """Read what stands around the list in one query."""
    now, today, midnight, tomorrow = Moment.here()
    found = _around(*roles.plain(user), now, today, midnight, tomorrow)
    counts = {name: found[f"in_{name}"] for name in views_for(user)}
    return Around(counts, found["drafts"], found["centers"], found["people"])


@gathering.prepared
def _around(
    user_id: int,
    held: tuple[str, ...],
    centers: list[int],
    now: datetime,
    today: date,
    midnight: datetime,
    tomorrow: date,
) -> dict[str, Rows | CountUpTo]:
    user, moment = roles.holder(user_id, held, centers), Moment(now, today, midnight, tomorrow)
    drafts = Ticket.objects.drafts_of(user).order_by("-edited_at")[:DRAFTS]
    with as_of(today):
        people = seats.people() if roles.is_manager(user) else seats.people().none()
        return {
            "drafts": Rows(drafts, only=DRAFT),
            "centers": Rows(policies.centers_for(user), only=("name", "slug")),
            "people": Rows(people, *seats.KNOWN, only=seats.SHOWN),
            **_on_tabs(user, moment),
        }


def open_for(user: User) -> QuerySet[Ticket]:
    """Return the open requests a person may see, the most pressing first."""
    return Ticket.objects.open().visible_to(user).with_people().order_by("respond_by", "pk")


def oldest_open(user: User) -> Ticket | None:
    """Return the open request that a person may see which has waited longest."""
    return open_for(user).order_by("submitted_at", "pk").first()


def counts_by_state(user: User) -> dict[str, int]:
    """Return how many requests the person may see in each state that occurs."""
    rows: Any = _seen(user).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def by_state(start: datetime, end: datetime) -> dict[str, int]:
    """Count what was submitted in [start, end) by today's state."""
    made = Ticket.objects.submitted().filter(submitted_at__gte=start, submitted_at__lt=end)
    rows: Any = made.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def median_first_response(start: datetime, end: datetime) -> int | None:
    """Return the median business minutes to the first reply of requests submitted in [start, end).

    None when none was answered yet.
    """
    made = Ticket.objects.filter(submitted_at__gte=start, submitted_at__lt=end)
    pairs = made.filter(first_response_at__isnull=False).values_list(
        "submitted_at", "first_response_at"
    )
    minutes = [clock.minutes_between(a, b) for a, b in pairs if a and b]
    return round(median(minutes)) if minutes else None


def questions_to_answer(user: User) -> QuerySet[Question]:
    """Return the open questions that wait for this person, oldest first."""
    waiting = Question.objects.open().to_answer_by(user).exclude(asker=user)
    return waiting.select_related("asker", "center").order_by("asked_at")


def submitted_between(start: datetime, end: datetime) -> TicketQuerySet:
    return Ticket.objects.submitted().filter(submitted_at__gte=start, submitted_at__lt=end)


def ended_between(start: datetime, end: datetime) -> TicketQuerySet:
    ended = Ticket.objects.filter(state__in=[*ENDED, State.ARCHIVED])
    return ended.filter(closed_at__gte=start, closed_at__lt=end)
