"""Reads over many requests, for the queue, the dashboards and the reports."""

from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet

from assistance import clock
from assistance.lifecycle import ENDED, FINISHED, OPEN, State
from assistance.models import Question, Ticket
from portal.people import roles
from portal.people.models import User

# Saved views: name -> which requests. `mine` and `unassigned` are completed by `_view`.
VIEWS = ("open", "mine", "unassigned", "waiting", "answered", "closed")
MANAGER_ONLY = frozenset({"unassigned"})


def is_staff(user: User) -> bool:
    return roles.is_manager(user) or roles.is_specialist(user)


def views_for(user: User) -> list[str]:
    return [name for name in VIEWS if roles.is_manager(user) or name not in MANAGER_ONLY]


def _view(name: str, user: User) -> Q:
    mine = Q(assignee=user) if is_staff(user) else Q(requester=user)
    return {
        "open": Q(state__in=OPEN),
        "mine": mine & Q(state__in=OPEN),
        "unassigned": Q(state__in=OPEN, assignee__isnull=True),
        "waiting": Q(state=State.WAITING),
        "answered": Q(state=State.ANSWERED),
        "closed": Q(state__in=FINISHED),
    }[name]


def of_view(name: str, user: User) -> QuerySet[Ticket]:
    """Return the requests of a saved view, newest first; open ones by when a word is due."""
    order = ("-closed_at", "-pk") if name == "closed" else ("respond_by", "pk")
    seen = Ticket.objects.submitted().visible_to(user).filter(_view(name, user))
    return seen.with_people().order_by(*order)


def counts_by_view(user: User) -> dict[str, int]:
    """Count every saved view of the person in one query."""
    counts = {name: Count("pk", filter=_view(name, user)) for name in views_for(user)}
    return Ticket.objects.submitted().visible_to(user).aggregate(**counts)


def open_for(user: User) -> QuerySet[Ticket]:
    """Return the open requests a person may see, the most pressing first."""
    return Ticket.objects.open().visible_to(user).with_people().order_by("respond_by", "pk")


def counts_by_state(user: User) -> dict[str, int]:
    """Return how many requests the person may see in each state that occurs."""
    seen = Ticket.objects.submitted().visible_to(user)
    rows: Any = seen.order_by().values_list("state").annotate(n=Count("pk"))
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


def submitted_between(start: datetime, end: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.submitted().filter(submitted_at__gte=start, submitted_at__lt=end)


def ended_between(start: datetime, end: datetime) -> QuerySet[Ticket]:
    ended = Ticket.objects.filter(state__in=[*ENDED, State.ARCHIVED])
    return ended.filter(closed_at__gte=start, closed_at__lt=end)
