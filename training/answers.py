"""Questions as learners meet them, and the server's scoring of what they chose.

What leaves the server is built here alone: an `Option` carries no mark of being right.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.privacy import screen
from training import scoring
from training.models import QuestionVersion, QuizAttempt, Response

Chosen = Mapping[int, Sequence[str]]  # question version id -> what was picked (`scoring`)


class Incomplete(Exception):
    """Some questions have no answer, or none that can be taken.

    `faults` says for each question's id what is wrong: what `scoring.fault` says, or `screened`
    for a short text that may hold identifying details.
    """

    def __init__(self, faults: Mapping[int, str]) -> None:
        super().__init__(f"{len(faults)} unanswered")
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Place:
    """What a line can be given. `value` is what is sent; without words it is a number."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, or one line to match or to place.

    `feedback` is empty until it may be shown; `mark` (right or wrong) and `belongs` (what a line
    is to be given) likewise. `picked` is what a line was given, in words.
    """

    id: str
    text: str
    is_chosen: bool = False
    feedback: str = ""
    mark: str = ""
    places: tuple[Place, ...] = ()
    belongs: str = ""

    @property
    def picked(self) -> str:
        return next((place.label for place in self.places if place.is_chosen), "")


@dataclass(frozen=True, slots=True)
class Question:
    """One question on a page. `is_right` is None before an answer was scored.

    `typed` is the short text that was written, `accepted` what would have been right, once that
    may be shown.
    """

    id: int
    number: int
    kind: str
    prompt: str
    options: tuple[Option, ...]
    is_right: bool | None = None
    fault: str = ""
    typed: str = ""
    accepted: tuple[str, ...] = ()
    hint: str = ""

    @property
    def takes_several(self) -> bool:
        return self.kind == scoring.MULTIPLE

    @property
    def is_by_line(self) -> bool:
        return self.kind in scoring.BY_LINE

    @property
    def is_short(self) -> bool:
        return self.kind == scoring.SHORT


def load(ids: Iterable[int]) -> list[QuestionVersion]:
    """Return the question versions in the order of their ids as given."""
    wanted = list(ids)
    found = QuestionVersion.objects.in_bulk(wanted)
    return [found[pk] for pk in wanted]


def validate(versions: Iterable[QuestionVersion], chosen: Chosen) -> None:
    """Raise Incomplete unless each question has an answer that can be taken."""
    faults = {v.pk: _fault(v, chosen.get(v.pk, ())) for v in versions}
    if found := {pk: fault for pk, fault in faults.items() if fault}:
        raise Incomplete(found)


def _fault(version: QuestionVersion, picked: Sequence[str]) -> str:
    """A short text is kept, so it is screened; what the author accepts may stand."""
    if fault := scoring.fault(version, picked):
        return fault
    if version.kind != scoring.SHORT or scoring.is_accepted(version, picked[0]):
        return ""
    return "screened" if screen(picked[0]) else ""


def blank(
    versions: Iterable[QuestionVersion],
    *,
    seed: str,
    chosen: Chosen | None = None,
    faults: Mapping[int, str] | None = None,
) -> list[Question]:
    """Return questions to answer, with what was chosen so far and no mark at all."""
    return [
        _question(v, number, seed, (chosen or {}).get(v.pk, ()), fault=(faults or {}).get(v.pk, ""))
        for number, v in enumerate(versions, start=1)
    ]


def marked(
    versions: Iterable[QuestionVersion], *, seed: str, chosen: Chosen, shows_all: bool
) -> list[Question]:
    """Return questions with the outcome of an attempt.

    `shows_all` is for a passed attempt. Without it a question says right or wrong, only a chosen
    option has its feedback (of a wrong answer of several, only a wrong choice), and a wrong
    answer of lines or words has the author's hint.
    """
    return [
        _question(
            v,
            number,
            seed,
            chosen.get(v.pk, ()),
            outcome=scoring.is_right(v, chosen.get(v.pk, ())),
            shows_all=shows_all,
        )
        for number, v in enumerate(versions, start=1)
    ]


def shuffled(version: QuestionVersion, seed: str) -> list[dict[str, Any]]:
    """Return the options in an order that hangs on the seed alone; true and false keep theirs."""
    if version.kind == QuestionVersion.Kind.TRUE_FALSE:
        return list(version.options)
    return sorted(version.options, key=lambda o: _digest(f"{seed}:{version.pk}:{o['id']}"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _question(
    version: QuestionVersion,
    number: int,
    seed: str,
    picked: Sequence[str],
    *,
    fault: str = "",
    outcome: bool | None = None,
    shows_all: bool = False,
) -> Question:
    """Build a question for a page; `outcome` is None before it was scored."""
    is_short = version.kind == scoring.SHORT
    build = _line if version.kind in scoring.BY_LINE else _choice
    options = () if is_short else shuffled(version, seed)
    reveals = shows_all and outcome is not None
    accepted = [o["text"] for o in version.options] if is_short and reveals else []
    return Question(
        id=version.pk,
        number=number,
        kind=version.kind,
        prompt=version.prompt,
        options=tuple(build(version, o, seed, picked, outcome, reveals) for o in options),
        is_right=outcome,
        fault=fault,
        typed=picked[0] if is_short and picked else "",
        accepted=tuple(accepted),
        hint=version.hint if outcome is False and not reveals else "",
    )


def _choice(
    version: QuestionVersion,
    raw: Mapping[str, Any],
    seed: str,
    picked: Sequence[str],
    outcome: bool | None,
    reveals: bool,
) -> Option:
    is_chosen = raw["id"] in picked
    mark = ("right" if raw["correct"] else "wrong") if reveals else ""
    several = version.kind == QuestionVersion.Kind.MULTIPLE
    # On a wrong answer of several, the feedback of a right choice would say that it is right.
    may_tell = outcome is not None and (outcome or not several or not raw["correct"])
    feedback = raw.get("feedback", "") if reveals or (is_chosen and may_tell) else ""
    return Option(raw["id"], raw["text"], is_chosen, feedback, mark)


def _line(
    version: QuestionVersion,
    raw: Mapping[str, Any],
    seed: str,
    picked: Sequence[str],
    outcome: bool | None,
    reveals: bool,
) -> Option:
    """A line with what it can be given; which of it is right is said once all may be shown."""
    known = scoring.places(version)
    order = list(known)
    if version.kind == scoring.MATCHING:
        order.sort(key=lambda key: _digest(f"{seed}:{version.pk}:{key}"))
    given = scoring.given(picked).get(raw["id"], "")
    places = tuple(Place(f"{raw['id']}:{k}", known[k] or k, k == given) for k in order)
    if not reveals:
        return Option(raw["id"], raw["text"], places=places)
    right = scoring.given(scoring.right_answer(version))[raw["id"]]
    mark = "right" if given == right else "wrong"
    feedback = raw.get("feedback", "")
    return Option(
        raw["id"], raw["text"], False, feedback, mark, places, belongs=known[right] or right
    )


def of_attempt(
    attempt: QuizAttempt, *, seed: str, rows: Sequence[Response] | None = None
) -> list[Question]:
    """Return an attempt's questions as far as the learner may see them.

    An open one shows no mark, and what was asked before the module none at all; a closed one
    what `marked` says. Months later the module is long passed, so everything is shown. `rows` are
    the answers with their questions, where the caller has them.
    """
    if attempt.closed_at is None or attempt.kind == QuizAttempt.Kind.BEFORE:
        return blank(load(attempt.question_ids), seed=seed)
    found = rows if rows is not None else attempt.responses.select_related("question")
    chosen = {row.question_id: row.chosen for row in found}
    known = {row.question_id: row.question for row in found}
    if not set(attempt.question_ids) <= known.keys():
        known = {version.pk: version for version in load(attempt.question_ids)}
    versions = [known[pk] for pk in attempt.question_ids]
    shows_all = attempt.passed or attempt.kind == QuizAttempt.Kind.LATER
    return marked(versions, seed=seed, chosen=chosen, shows_all=shows_all)
