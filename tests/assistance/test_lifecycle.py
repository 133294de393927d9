"""The table of states, spelled out here a second time and compared cell by cell."""

from itertools import product

import pytest

from assistance import lifecycle
from assistance.lifecycle import Action, Facts, Guard, NotAllowed, Part, State, Work

OPEN = ("submitted", "in_progress", "waiting", "answered")

# (state, action, part) -> target, as the people who work with requests have agreed it.
AGREED = {
    ("draft", "submit", "owner"): "submitted",
    ("submitted", "start", "manager"): "in_progress",
    ("submitted", "start", "assignee"): "in_progress",
    ("submitted", "answer", "manager"): "answered",
    ("submitted", "answer", "assignee"): "answered",
    ("submitted", "ask_back", "assignee"): "waiting",
    ("in_progress", "ask_back", "assignee"): "waiting",
    ("waiting", "resume", "owner"): "in_progress",
    ("waiting", "resume", "assignee"): "in_progress",
    ("in_progress", "answer", "assignee"): "answered",
    ("answered", "confirm", "owner"): "closed",
    ("answered", "close_silent", "system"): "closed",
    ("answered", "reopen", "owner"): "in_progress",
    ("answered", "reopen", "manager"): "in_progress",
    ("closed", "reopen", "owner"): "in_progress",
    ("closed", "reopen", "manager"): "in_progress",
    **{(state, "decline", "manager"): "declined" for state in OPEN},
    **{(state, "mark_duplicate", "manager"): "duplicate" for state in OPEN},
    **{(state, "withdraw", "owner"): "withdrawn" for state in OPEN},
    **{
        (state, "archive", "system"): "archived"
        for state in ("closed", "declined", "duplicate", "withdrawn")
    },
}
EVERY_GUARD = frozenset(Guard)


@pytest.mark.parametrize("state", list(State))
def test_every_state_action_and_part_does_what_was_agreed(state: State) -> None:
    facts = Facts(state, EVERY_GUARD)
    for action, part in product(Action, Part):
        target = AGREED.get((state.value, action.value, part.value))
        if target is None:
            with pytest.raises(NotAllowed):
                lifecycle.find(facts, action, frozenset({part}))
        else:
            assert lifecycle.find(facts, action, frozenset({part})).target == target
            assert lifecycle.next_state(state, action) == target


def test_an_action_leads_to_one_state_whoever_takes_it() -> None:
    for state, action in product(State, Action):
        rows = lifecycle.TRANSITIONS
        targets = {row.target for row in rows if (row.source, row.action) == (state, action)}
        assert len(targets) <= 1


def test_nothing_leads_out_of_the_archive() -> None:
    assert not [row for row in lifecycle.TRANSITIONS if row.source == State.ARCHIVED]


STAFF, ALL = {"assignee", "manager"}, {"owner", "assignee", "manager"}
ENDED = ("closed", "declined", "duplicate", "withdrawn")
WORK_AGREED = {
    "edit": (("draft",), {"owner"}),
    "discard": (("draft",), {"owner", "system"}),
    "reply": (OPEN, ALL),
    "note": ((*OPEN, *ENDED), STAFF),
    "assign": (OPEN, {"manager"}),
    "log_time": ((*OPEN, *ENDED), STAFF),
    "link": ((*OPEN, "closed"), STAFF),
    "classify": ((*OPEN, *ENDED), STAFF),
    "relate": ((*OPEN, *ENDED), ALL),
    "merge": (OPEN, {"manager"}),
    "split": (OPEN, STAFF),
    "watch": ((*OPEN, *ENDED), ALL),
    "attach": (OPEN, ALL),
    "redact": (("draft", *OPEN, *ENDED), ALL),
    "record": ((*OPEN, *ENDED), STAFF),
    "follow_up": (("closed",), {"owner"}),
    "guide": (("answered", "closed"), {"manager"}),
}


@pytest.mark.parametrize("state", list(State))
def test_every_kind_of_work_is_open_to_whom_it_was_agreed(state: State) -> None:
    for work, part in product(Work, Part):
        states, parts = WORK_AGREED[work.value]
        agreed = state.value in states and part.value in parts
        assert lifecycle.may(work, state, frozenset({part})) is agreed


def test_without_a_part_nothing_is_offered() -> None:
    assert all(not lifecycle.allowed(Facts(state), frozenset()) for state in State)


def test_the_managers_reopening_has_no_limit_of_days_the_owners_has() -> None:
    facts = Facts(State.CLOSED)
    owner = lifecycle.find(facts, Action.REOPEN, frozenset({Part.OWNER}))
    both = lifecycle.find(facts, Action.REOPEN, frozenset({Part.OWNER, Part.MANAGER}))
    assert Guard.WITHIN_30_DAYS in lifecycle.missing(owner, facts)
    assert lifecycle.missing(both, facts) == (Guard.REASON_GIVEN,)
