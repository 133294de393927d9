"""What stands on the page of a request for one person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance import (
    attachments,
    facts,
    hours,
    lifecycle,
    policies,
    reading,
    relations,
    timeline,
    watching,
)
from assistance.forms.files import AttachForm
from assistance.forms.relations import MergeForm, RelateForm, WatchForm
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
from assistance.models import Attachment, Ticket
from assistance.models.choices import topic_label
from assistance.sections import SignedIn
from portal.core.privacy.file_forms import FileForm
from portal.core.redaction import showing
from portal.people.models import User

# The form of each kind of work, under the name the template knows it by.
FORMS: dict[Work, type[WorkForm]] = {
    Work.REPLY: ReplyForm,
    Work.NOTE: NoteForm,
    Work.ATTACH: AttachForm,
    Work.ASSIGN: AssignForm,
    Work.LOG_TIME: TimeForm,
    Work.LINK: LinkForm,
    Work.CLASSIFY: ClassifyForm,
    Work.RELATE: RelateForm,
    Work.MERGE: MergeForm,
    Work.WATCH: WatchForm,
}
CHOOSING = (AssignForm, MergeForm, WatchForm)  # they offer rows that the page has read
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


def read(doing: Work | Action, request: SignedIn, ticket: Ticket) -> WorkForm:
    """Return the form of what is done, with what was posted."""
    kind = FORMS[doing] if isinstance(doing, Work) else ActionForm
    if not issubclass(kind, FileForm):
        return kind(request.POST, ticket=ticket, user=request.user)
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    is_cut = sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    files = {"files": request.FILES, "is_cut": is_cut}
    return kind(request.POST, ticket=ticket, user=request.user, **files)


def words_of(guards: tuple[Guard, ...]) -> list[str]:
    return [str(_("This needs %(what)s.") % {"what": NEEDS[guard]}) for guard in guards]


def of(
    ticket: Ticket,
    *,
    user: User,
    form: WorkForm | None = None,
    seen: int | None = None,
    there: Collection[str] = reading.SELDOM,
) -> dict[str, Any]:
    """Return the context. `form` came back with errors; `seen` is the version it was made for;
    `there` is what `reading.find` gave with the request."""
    parts = policies.parts(user, ticket)
    is_staff = bool(parts & policies.STAFF)
    found = reading.everything(ticket, user=user, parts=parts, there=there)
    entries = timeline.of(ticket, user=user, found=found)
    related = relations.related(ticket, user=user, found=found)
    shown = [row for entry in entries for row in entry.rows]
    showing.prepare([ticket, *shown, *(other for _row, other in related), *reading.texts(found)])
    return {
        "ticket": ticket,
        "entries": entries,
        "news": timeline.since(ticket, seen) if seen is not None else None,
        "is_staff": is_staff,
        "removable": {
            file.pk for file in found["files"] if _is_removable(file, user, ticket, parts)
        },
        "withheld": {file.pk for file in found["files"] if showing.hides(file)},
        "speaks_as_staff": is_staff and ticket.requester_id != user.pk,
        "offers": offers(facts.of(ticket, at=timezone.now(), found=found), parts),
        "forms": _forms(ticket, user, parts, form, found),
        "bound": form,
        "kept_text": _kept(form, ticket, parts),
        "action_form": form
        if isinstance(form, ActionForm)
        else ActionForm(ticket=ticket, user=user),
        "links": found["links"],
        "topics": [topic_label(name) for name in ticket.topic_names],
        "may_redact": lifecycle.may(Work.REDACT, State(ticket.state), parts),
        "hours": hours.of(found["time"]) if is_staff else None,
        "hours_by_funding": hours.by_funding(ticket, found["time"]) if is_staff else (),
        "may_guide": lifecycle.may(Work.GUIDE, State(ticket.state), parts),
        "related": related,
        "may_split": lifecycle.may(Work.SPLIT, State(ticket.state), parts),
        "watchers": found["watchers"],
        "is_watching": user in found["watchers"],
        "may_host": bool(parts & watching.HOSTS),
        **_afterwards(ticket, parts, found),
        "may_follow": Part.OWNER in parts and ticket.state in lifecycle.FINISHED,
    }


def _afterwards(ticket: Ticket, parts: frozenset[Part], found: Mapping[str, Any]) -> dict[str, Any]:
    """What was done and what it gave: records, follow-ups, and passages for the reply."""
    asks = lifecycle.may(Work.FOLLOW_UP, State(ticket.state), parts)
    asked = [row for row in found["follow_ups"] if row.round == ticket.reopened_count]
    return {
        "records": found["records"],
        "may_record": lifecycle.may(Work.RECORD, State(ticket.state), parts),
        "follow_ups_said": [row for row in found["follow_ups"] if row.answered_at],
        "follow_up": asked[0] if asks and asked else None,
        "passages": found["passages"],
    }


def _is_removable(file: Attachment, user: User, ticket: Ticket, parts: frozenset[Part]) -> bool:
    is_here = file.ticket_id == ticket.pk and file.is_there
    return is_here and attachments.can_remove(file, user, ticket, parts)


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
    ticket: Ticket,
    user: User,
    parts: frozenset[Part],
    bound: WorkForm | None,
    found: Mapping[str, Any],
) -> dict[str, WorkForm]:
    forms: dict[str, WorkForm] = {}
    for work, kind in FORMS.items():
        if lifecycle.may(work, State(ticket.state), parts):
            read = {"found": found} if kind in CHOOSING else {}
            is_this = isinstance(bound, kind)
            forms[work.value] = (
                bound if is_this and bound else kind(ticket=ticket, user=user, **read)
            )
    return forms


def _kept(form: WorkForm | None, ticket: Ticket, parts: frozenset[Part]) -> str:
    """Return what was typed into a form that the page offers no more."""
    works = [work for work, kind in FORMS.items() if isinstance(form, kind)]
    if form is None or any(lifecycle.may(w, State(ticket.state), parts) for w in works):
        return ""
    names = [name for name in ("text", "reason") if name in form.fields]
    return "\n".join(str(form[name].value() or "") for name in names)
