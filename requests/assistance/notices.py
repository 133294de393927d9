"""Who is told of what on a request. Mail carries the number, the event and a link, no more.

Recipients are worked out when the effect is had, from the rights of that moment; whoever acted is
left out.
"""

from collections.abc import Callable, Iterable

from django.conf import settings

from assistance import policies, watching
from assistance.lifecycle import Action, Part
from assistance.models import Ticket
from assistance.models.choices import Urgency
from portal.core import mail, mail_registry, outbox
from portal.core.models import Effect, Event
from portal.people import scope
from portal.people.models import User
from portal.search import index

KIND = "assistance.notice"
QUESTION_KIND = "assistance.question"


@mail_registry.thing("assistance.ticket", gathers=True)
def may_hear(user: User, pk: int) -> bool:
    """Say whether a person may see a request at this moment. A draft is nobody's mail."""
    return Ticket.objects.submitted().visible_to(user).filter(pk=pk).exists()


def requester_side(ticket: Ticket) -> list[User]:
    """The requester; whoever coordinates the center today when the requester may see it no more."""
    requester = ticket.requester
    if requester.is_active and policies.can_see(requester, ticket):
        return [requester]
    return list(scope.coordinators_of(ticket.center_id or 0))


def staff_side(ticket: Ticket) -> list[User]:
    """The assignee, or the managers while there is none who may see it."""
    assignee = ticket.assignee
    if assignee is not None and assignee.is_active and policies.can_see(assignee, ticket):
        return [assignee]
    return managers(ticket)


def managers(ticket: Ticket) -> list[User]:
    return list(scope.managers())


def everybody(ticket: Ticket) -> list[User]:
    return [*requester_side(ticket), *staff_side(ticket), *watching.people(ticket)]


def with_watchers(side: Callable[[Ticket], list[User]]) -> Callable[[Ticket], list[User]]:
    return lambda ticket: [*side(ticket), *watching.people(ticket)]


def owners(ticket: Ticket) -> list[User]:
    """Who may speak for the request today: the requester, else the center's coordinators."""
    requester = ticket.requester
    if requester.is_active and Part.OWNER in policies.parts(requester, ticket):
        return [requester]
    return list(scope.coordinators_of(ticket.center_id or 0))


# Each notice is a template `email/request_<name>.txt` and goes to one side.
RECIPIENTS: dict[str, Callable[[Ticket], Iterable[User]]] = {
    "new": managers,
    "assigned": staff_side,
    "replied": with_watchers(requester_side),
    "requester_replied": with_watchers(staff_side),
    "answered": with_watchers(requester_side),
    "confirmed": with_watchers(staff_side),
    "reopened": everybody,
    "ended": everybody,
    "closing_soon": requester_side,
    "guided": requester_side,
    "overdue": lambda ticket: [*staff_side(ticket), *managers(ticket)],
    "closed": everybody,
    "merged": requester_side,
    "follow_up": owners,
    "split": lambda ticket: [*requester_side(ticket), *staff_side(ticket)],
}

TODAY = "new_today"  # a request wanted today: whoever manages is always told at once
mail_registry.put("queue", "request_new", "request_overdue")
mail_registry.put("urgent", f"request_{TODAY}")
mail_registry.put("requests", *(f"request_{n}" for n in RECIPIENTS if n not in {"new", "overdue"}))

_OF_ACTION = {
    Action.SUBMIT: "new",
    Action.ANSWER: "answered",
    Action.CONFIRM: "confirmed",
    Action.CLOSE_SILENT: "closed",
    Action.REOPEN: "reopened",
    Action.DECLINE: "ended",
    Action.MARK_DUPLICATE: "ended",
    Action.WITHDRAW: "ended",
}


def about_action(
    ticket: Ticket, action: Action, *, event: Event, by: User | None, is_new: bool = False
) -> None:
    """`is_new`: it was made in this transaction, so it can come from no question."""
    if notice := _OF_ACTION.get(action):
        _add(notice, ticket, event, by)
    if action == Action.SUBMIT and not is_new:
        _tell_askers(ticket, event, by)


def _tell_askers(ticket: Ticket, event: Event, by: User | None) -> None:
    """Whoever asked the question that became this request."""
    for question in ticket.questions.all():
        payload = {"question": question.pk, "notice": "sent_on", "actor": by.pk if by else None}
        outbox.add(QUESTION_KIND, f"event-{event.pk}-{question.pk}", payload=payload)


def assigned(ticket: Ticket, *, event: Event, by: User) -> None:
    _add("assigned", ticket, event, by)


def replied(ticket: Ticket, *, event: Event, by: User, is_from_staff: bool) -> None:
    _add("replied" if is_from_staff else "requester_replied", ticket, event, by)


def overdue(ticket: Ticket, clock: str) -> None:
    """One notice per request, clock and the end it had; a moved end is told anew."""
    end = ticket.respond_by if clock == "first" else ticket.answer_by
    payload = {"ticket": ticket.pk, "notice": "overdue", "actor": None}
    bucket = f"{clock}:{end:%Y%m%d%H%M}" if end else clock
    outbox.add(KIND, f"overdue-{ticket.pk}", bucket=bucket, payload=payload)


def guided(ticket: Ticket, *, event: Event, by: User) -> None:
    _add("guided", ticket, event, by)


def merged(ticket: Ticket, *, event: Event, by: User) -> None:
    _add("merged", ticket, event, by)


def split_off(ticket: Ticket, *, event: Event, by: User) -> None:
    _add("split", ticket, event, by)


def follow_up(ticket: Ticket, *, event: Event) -> None:
    """Ask, or remind: each is an event, and so one mail."""
    _add("follow_up", ticket, event, None)


def closing_soon(ticket: Ticket, *, event: Event) -> None:
    _add("closing_soon", ticket, event, None)


def _add(notice: str, ticket: Ticket, event: Event, by: User | None) -> None:
    payload = {"ticket": ticket.pk, "notice": notice, "actor": by.pk if by else None}
    outbox.add(KIND, f"event-{event.pk}", payload=payload)


@outbox.handler(KIND)
def tell(effect: Effect) -> None:
    """Queue one mail per person. The key hangs on the effect: a repeat sends nothing twice."""
    ticket = Ticket.objects.with_people().get(pk=effect.payload["ticket"])
    notice = effect.payload["notice"]
    if notice == "new":
        index.touch("request", ticket.pk)
    is_urgent = notice == "new" and ticket.urgency == Urgency.TODAY
    template = f"request_{TODAY if is_urgent else notice}"
    context = {
        "number": ticket.number or "",
        "url": f"{settings.BASE_URL}{ticket.get_absolute_url()}",
    }
    for user in {user.pk: user for user in RECIPIENTS[notice](ticket)}.values():
        if user.pk != effect.payload["actor"]:
            key = f"request-{notice}-{effect.subject}-{effect.bucket}".rstrip("-")
            mail.queue(user.pk, template, subject_key=key, context=context, about=ticket)
