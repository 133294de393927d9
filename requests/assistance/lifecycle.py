"""The states of a request, and the one table of what leads from where to where.

Pure: no database. `tickets.apply` obeys the table, the page draws its buttons from it, and the
documentation prints it. Source of the rules: docs/glossary.md, "Request".
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

REOPEN_WITHIN = timedelta(days=30)
ARCHIVE_AFTER = timedelta(days=180)


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting on requester")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")


OPEN = frozenset({State.SUBMITTED, State.IN_PROGRESS, State.WAITING, State.ANSWERED})
ENDED = frozenset({State.CLOSED, State.DECLINED, State.DUPLICATE, State.WITHDRAWN})
OUR_TURN = frozenset({State.SUBMITTED, State.IN_PROGRESS})
FINISHED = ENDED | {State.ARCHIVED}
REASONED = frozenset({State.DECLINED, State.DUPLICATE, State.WITHDRAWN})


class Part(StrEnum):
    """What a person is to one request. Somebody may have several parts at once."""

    OWNER = "owner"  # the requester, and whoever coordinates the request's center today
    ASSIGNEE = "assignee"
    MANAGER = "manager"
    SYSTEM = "system"  # nightly jobs


class Action(StrEnum):
    """What leads from one state to another."""

    SUBMIT = "submit"
    START = "start"
    ASK_BACK = "ask_back"
    RESUME = "resume"
    ANSWER = "answer"
    CONFIRM = "confirm"
    CLOSE_SILENT = "close_silent"
    REOPEN = "reopen"
    DECLINE = "decline"
    MARK_DUPLICATE = "mark_duplicate"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"


class Work(StrEnum):
    """What is done to a request within its state."""

    EDIT = "edit"
    DISCARD = "discard"
    REPLY = "reply"
    NOTE = "note"
    ATTACH = "attach"  # a file, with a word or by itself; removing it as well
    ASSIGN = "assign"
    LOG_TIME = "log_time"
    LINK = "link"
    GUIDE = "guide"  # draft a page from the answer
    REDACT = "redact"  # ask that identifying details go
    CLASSIFY = "classify"  # topics, funding, follow-up day, legal hold
    RELATE = "relate"  # both ends are checked
    MERGE = "merge"  # both ends are checked
    SPLIT = "split"
    WATCH = "watch"
    RECORD = "record"  # what was done: an activity record
    FOLLOW_UP = "follow_up"  # say whether the answer helped


class Guard(StrEnum):
    """A condition of a transition; `Facts` says which are met."""

    COMPLETE = "complete"  # type, topic, center, urgency, wanted-by, question; screen passed
    ASSIGNED = "assigned"
    QUESTION_SENT = "question_sent"  # the last public word is ours
    ANSWER_GIVEN = "answer_given"  # a public reply of ours, or a linked page
    TIME_LOGGED = "time_logged"
    FOLLOW_UP_SET = "follow_up_set"
    REASON_GIVEN = "reason_given"
    WITHIN_30_DAYS = "within_30_days"
    TARGET_VISIBLE = "target_visible"  # the duplicate's target, to the requester
    SILENCE = "silence"  # ten business days, with notice
    RESTED_180_DAYS = "rested_180_days"
    NO_HOLD = "no_hold"


# What the form of an action asks for, so that the button shows before it is met.
ASKED = frozenset({Guard.REASON_GIVEN, Guard.TARGET_VISIBLE})


@dataclass(frozen=True, slots=True)
class Transition:
    source: State
    action: Action
    target: State
    who: frozenset[Part]
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of one request."""

    state: State
    met: frozenset[Guard] = frozenset()


class NotAllowed(Exception):
    """The table has no such transition for this person's parts."""


def _rows(
    sources: tuple[State, ...], action: Action, target: State, who: set[Part], *guards: Guard
) -> list[Transition]:
    return [Transition(source, action, target, frozenset(who), guards) for source in sources]


_S, _P, _W, _A = State.SUBMITTED, State.IN_PROGRESS, State.WAITING, State.ANSWERED
_OPEN = (_S, _P, _W, _A)
_STAFF = {Part.MANAGER, Part.ASSIGNEE}
_G = Guard

TRANSITIONS: tuple[Transition, ...] = (
    *_rows((State.DRAFT,), Action.SUBMIT, _S, {Part.OWNER}, _G.COMPLETE),
    *_rows((_S,), Action.START, _P, _STAFF, _G.ASSIGNED),
    *_rows((_S,), Action.ANSWER, _A, _STAFF, _G.ANSWER_GIVEN, _G.TIME_LOGGED),
    *_rows((_S, _P), Action.ASK_BACK, _W, {Part.ASSIGNEE}, _G.QUESTION_SENT),
    *_rows((_W,), Action.RESUME, _P, {Part.OWNER, Part.ASSIGNEE}),
    *_rows((_P,), Action.ANSWER, _A, {Part.ASSIGNEE}, _G.ANSWER_GIVEN, _G.TIME_LOGGED),
    *_rows((_A,), Action.CONFIRM, State.CLOSED, {Part.OWNER}, _G.FOLLOW_UP_SET),
    *_rows((_A,), Action.CLOSE_SILENT, State.CLOSED, {Part.SYSTEM}, _G.SILENCE, _G.FOLLOW_UP_SET),
    *_rows((_A, State.CLOSED), Action.REOPEN, _P, {Part.OWNER}, _G.WITHIN_30_DAYS, _G.REASON_GIVEN),
    *_rows((_A, State.CLOSED), Action.REOPEN, _P, {Part.MANAGER}, _G.REASON_GIVEN),
    *_rows(_OPEN, Action.DECLINE, State.DECLINED, {Part.MANAGER}, _G.REASON_GIVEN),
    *_rows(
        _OPEN,
        Action.MARK_DUPLICATE,
        State.DUPLICATE,
        {Part.MANAGER},
        _G.REASON_GIVEN,
        _G.TARGET_VISIBLE,
    ),
    *_rows(_OPEN, Action.WITHDRAW, State.WITHDRAWN, {Part.OWNER}, _G.REASON_GIVEN),
    *_rows(
        (State.CLOSED, State.DECLINED, State.DUPLICATE, State.WITHDRAWN),
        Action.ARCHIVE,
        State.ARCHIVED,
        {Part.SYSTEM},
        _G.RESTED_180_DAYS,
        _G.NO_HOLD,
    ),
)

# Work that leaves the state as it is: which parts may do it in which states.
_EVERYBODY = frozenset({Part.OWNER, *_STAFF})
WORK: dict[Work, tuple[frozenset[State], frozenset[Part]]] = {
    Work.EDIT: (frozenset({State.DRAFT}), frozenset({Part.OWNER})),
    Work.DISCARD: (frozenset({State.DRAFT}), frozenset({Part.OWNER, Part.SYSTEM})),
    Work.REPLY: (OPEN, _EVERYBODY),
    Work.NOTE: (OPEN | ENDED, frozenset(_STAFF)),
    Work.ATTACH: (OPEN, _EVERYBODY),
    Work.ASSIGN: (OPEN, frozenset({Part.MANAGER})),
    Work.LOG_TIME: (OPEN | ENDED, frozenset(_STAFF)),
    Work.LINK: (OPEN | {State.CLOSED}, frozenset(_STAFF)),
    Work.CLASSIFY: (OPEN | ENDED, frozenset(_STAFF)),
    Work.RELATE: (OPEN | ENDED, _EVERYBODY),
    Work.MERGE: (OPEN, frozenset({Part.MANAGER})),
    Work.SPLIT: (OPEN, frozenset(_STAFF)),
    Work.WATCH: (OPEN | ENDED, _EVERYBODY),
    Work.REDACT: (frozenset(State) - {State.ARCHIVED}, _EVERYBODY),
    Work.RECORD: (OPEN | ENDED, frozenset(_STAFF)),
    # While it is answered the page asks the nearer question, whether this answers it.
    Work.FOLLOW_UP: (frozenset({State.CLOSED}), frozenset({Part.OWNER})),
    Work.GUIDE: (frozenset({State.ANSWERED, State.CLOSED}), frozenset({Part.MANAGER})),
}


def next_state(state: State, action: Action) -> State:
    """Return where an action leads. NotAllowed when it leads nowhere from this state."""
    for row in TRANSITIONS:
        if row.source == state and row.action == action:
            return row.target
    raise NotAllowed(f"{action} from {state}")


def allowed(facts: Facts, parts: frozenset[Part]) -> list[Transition]:
    """Return the transitions these parts may take from this state, met or not, one per action.

    Where two rows serve the same action (the manager's reopening has no limit of days) the one
    with the fewest unmet guards is returned.
    """
    best: dict[Action, Transition] = {}
    for row in TRANSITIONS:
        if row.source == facts.state and row.who & parts:
            other = best.get(row.action)
            if other is None or len(missing(row, facts)) < len(missing(other, facts)):
                best[row.action] = row
    return list(best.values())


def missing(row: Transition, facts: Facts) -> tuple[Guard, ...]:
    """Return the guards of a transition that are not met."""
    return tuple(guard for guard in row.guards if guard not in facts.met)


def find(facts: Facts, action: Action, parts: frozenset[Part]) -> Transition:
    """Return the transition of an action for these parts. NotAllowed when there is none."""
    for row in allowed(facts, parts):
        if row.action == action:
            return row
    raise NotAllowed(f"{action} from {facts.state} by {sorted(parts)}")


def may(work: Work, state: State, parts: frozenset[Part]) -> bool:
    """Say whether these parts may do this work in this state."""
    states, who = WORK[work]
    return state in states and bool(who & parts)


def who(doing: Work | Action) -> frozenset[Part]:
    """Return the parts that may do something in some state."""
    if isinstance(doing, Work):
        return WORK[doing][1]
    return frozenset[Part]().union(*(row.who for row in TRANSITIONS if row.action == doing))
