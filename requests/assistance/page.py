"""What stands on the page of a request for one person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import facts, lifecycle, policies, timeline
from assistance.forms.work import (
    ActionForm,
    AssignForm,
    ClassifyForm,
    LinkForm,
    NoteForm,
    ReplyForm,
    TimeForm,
    WorkForm,
)
from assistance.lifecycle import ASKED, Action, Facts, Guard, Part, State, Transition, Work
from assistance.models import Ticket
from portal.people.models import User

# The form of each kind of work, under the name the template knows it by.
FORMS: dict[Work, type[WorkForm]] = {
    Work.REPLY: ReplyForm,
    Work.NOTE: NoteForm,
    Work.ASSIGN: AssignForm,
    Work.LOG_TIME: TimeForm,
    Work.LINK: LinkForm,
    Work.CLASSIFY: ClassifyForm,
}
NEEDS = {
    Guard.COMPLETE: _("the whole form"),
    Guard.ASSIGNED: _("somebody it is assigned to"),
    Guard.QUESTION_SENT: _("a question sent to the requester"),
    Guard.ANSWER_GIVEN: _("a reply or a linked page"),
    Guard.TIME_LOGGED: _("logged time"),
    Guard.FOLLOW_UP_SET: _("a follow-up day"),
    Guard.REASON_GIVEN: _("a reason"),
    Guard.WITHIN_30_DAYS: _("to be within 30 days of the answer; write a new request instead"),
    Guard.TARGET_VISIBLE: _("the number of a request that the requester can see"),
    Guard.SILENCE: _("ten business days of silence, with notice"),
    Guard.RESTED_180_DAYS: _("180 days of rest"),
    Guard.NO_HOLD: _("no legal hold"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A transition as a button: what it asks for, and what is still missing for it."""

    action: Action
    asks_reason: bool
    asks_target: bool
    needs: list[str]


def form_of(doing: Work | Action) -> type[WorkForm]:
    return FORMS[doing] if isinstance(doing, Work) else ActionForm


def words_of(guards: tuple[Guard, ...]) -> list[str]:
    return [str(_("This needs %(what)s.") % {"what": NEEDS[guard]}) for guard in guards]


def of(
    ticket: Ticket, *, user: User, form: WorkForm | None = None, seen: int | None = None
) -> dict[str, Any]:
    """Return the context. `form` came back with errors; `seen` is the version it was made for."""
    parts = policies.parts(user, ticket)
    is_staff = bool(parts & policies.STAFF)
    known = facts.of(ticket, at=timezone.now())
    return {
        "ticket": ticket,
        "entries": timeline.of(ticket, user=user),
        "news": timeline.since(ticket, seen) if seen is not None else None,
        "is_staff": is_staff,
        "speaks_as_staff": is_staff and ticket.requester_id != user.pk,
        "offers": offers(known, parts),
        "forms": _forms(ticket, user, parts, form),
        "bound": form,
        "kept_text": _kept(form, ticket, parts),
        "action_form": form
        if isinstance(form, ActionForm)
        else ActionForm(ticket=ticket, user=user),
        "links": ticket.links.select_related("page"),
        "topics": ticket.topics.all(),
        "hours": _hours(ticket) if is_staff else None,
        "may_guide": lifecycle.may(Work.GUIDE, State(ticket.state), parts),
        "may_follow": Part.OWNER in parts and ticket.state in lifecycle.FINISHED,
    }


def offers(known: Facts, parts: frozenset[Part]) -> list[Offer]:
    return [_offer(row, known) for row in lifecycle.allowed(known, parts)]


def _offer(row: Transition, known: Facts) -> Offer:
    unmet = [guard for guard in lifecycle.missing(row, known) if guard not in ASKED]
    return Offer(
        row.action,
        Guard.REASON_GIVEN in row.guards,
        Guard.TARGET_VISIBLE in row.guards,
        [str(NEEDS[guard]) for guard in unmet],
    )


def _forms(
    ticket: Ticket, user: User, parts: frozenset[Part], bound: WorkForm | None
) -> dict[str, WorkForm]:
    forms: dict[str, WorkForm] = {}
    for work, kind in FORMS.items():
        if lifecycle.may(work, State(ticket.state), parts):
            is_this = isinstance(bound, kind)
            forms[work.value] = bound if is_this and bound else kind(ticket=ticket, user=user)
    return forms


def _kept(form: WorkForm | None, ticket: Ticket, parts: frozenset[Part]) -> str:
    """Return what was typed into a form that the page offers no more."""
    works = [work for work, kind in FORMS.items() if isinstance(form, kind)]
    if form is None or any(lifecycle.may(w, State(ticket.state), parts) for w in works):
        return ""
    names = [name for name in ("text", "reason") if name in form.fields]
    return "\n".join(str(form[name].value() or "") for name in names)


def _hours(ticket: Ticket) -> dict[str, int]:
    """Return minutes: staff effort, length of activities, contact (length x attendees)."""
    sums = ticket.time_entries.aggregate(
        staff=Sum("staff_minutes"),
        activity=Sum("activity_minutes"),
        contact=Sum(F("activity_minutes") * F("attendees")),
    )
    return {name: minutes or 0 for name, minutes in sums.items()}
