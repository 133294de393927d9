"""Questions as learners meet them, and the server's scoring of what they chose.

What leaves the server is built here alone: an `Option` carries no mark of being right.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.models import QuestionVersion, QuizAttempt

Chosen = Mapping[int, Sequence[str]]  # question version id -> ids of the chosen options


class Incomplete(Exception):
    """Some questions have no answer, or an answer that is no option. `questions` are their ids."""

    def __init__(self, questions: tuple[int, ...]) -> None:
        super().__init__(f"{len(questions)} unanswered")
        self.questions = questions


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `feedback` is empty until it may be shown; `mark` likewise: right or wrong."""

    id: str
    text: str
    is_chosen: bool = False
    feedback: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question on a page. `is_right` is None before an answer was scored."""

    id: int
    number: int
    prompt: str
    takes_several: bool
    options: tuple[Option, ...]
    is_right: bool | None = None
    has_error: bool = False


def load(ids: Iterable[int]) -> list[QuestionVersion]:
    """Return the question versions in the order of their ids as given."""
    wanted = list(ids)
    found = QuestionVersion.objects.in_bulk(wanted)
    return [found[pk] for pk in wanted]


def validate(versions: Iterable[QuestionVersion], chosen: Chosen) -> None:
    """Raise Incomplete unless each question has an answer among its options."""
    faulty = tuple(v.pk for v in versions if not _is_answer(v, chosen.get(v.pk, ())))
    if faulty:
        raise Incomplete(faulty)


def is_right(version: QuestionVersion, picked: Iterable[str]) -> bool:
    """Right means exactly the right options, none missing and none too many."""
    return set(picked) == {o["id"] for o in version.options if o["correct"]}


def blank(
    versions: Iterable[QuestionVersion],
    *,
    seed: str,
    chosen: Chosen | None = None,
    faulty: Iterable[int] = (),
) -> list[Question]:
    """Return questions to answer, with what was chosen so far and no mark at all."""
    picked = chosen or {}
    unanswered = set(faulty)
    return [
        Question(
            id=v.pk,
            number=number,
            prompt=v.prompt,
            takes_several=v.kind == QuestionVersion.Kind.MULTIPLE,
            options=tuple(
                Option(o["id"], o["text"], is_chosen=o["id"] in picked.get(v.pk, ()))
                for o in shuffled(v, seed)
            ),
            has_error=v.pk in unanswered,
        )
        for number, v in enumerate(versions, start=1)
    ]


def marked(
    versions: Iterable[QuestionVersion], *, seed: str, chosen: Chosen, shows_all: bool
) -> list[Question]:
    """Return questions with the outcome of an attempt.

    `shows_all` is for a passed attempt. Without it a question says right or wrong, and only a
    chosen option has its feedback; on a wrong answer of several, only a wrong choice has.
    """
    return [
        _mark(v, number, seed, set(chosen.get(v.pk, ())), shows_all)
        for number, v in enumerate(versions, start=1)
    ]


def shuffled(version: QuestionVersion, seed: str) -> list[dict[str, Any]]:
    """Return the options in an order that hangs on the seed alone; true and false keep theirs."""
    if version.kind == QuestionVersion.Kind.TRUE_FALSE:
        return list(version.options)
    return sorted(version.options, key=lambda o: _digest(f"{seed}:{version.pk}:{o['id']}"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_answer(version: QuestionVersion, picked: Sequence[str]) -> bool:
    known = {o["id"] for o in version.options}
    several = version.kind == QuestionVersion.Kind.MULTIPLE
    return bool(picked) and set(picked) <= known and (several or len(picked) == 1)


def _mark(
    version: QuestionVersion, number: int, seed: str, picked: set[str], shows_all: bool
) -> Question:
    right = is_right(version, picked)
    several = version.kind == QuestionVersion.Kind.MULTIPLE

    def option(raw: dict[str, Any]) -> Option:
        is_chosen = raw["id"] in picked
        tells = shows_all or (is_chosen and (right or not several or not raw["correct"]))
        mark = ("right" if raw["correct"] else "wrong") if shows_all else ""
        feedback = raw.get("feedback", "") if tells else ""
        return Option(raw["id"], raw["text"], is_chosen, feedback, mark)

    options = tuple(option(raw) for raw in shuffled(version, seed))
    return Question(version.pk, number, version.prompt, several, options, is_right=right)


def of_attempt(attempt: QuizAttempt, *, seed: str) -> list[Question]:
    """Return an attempt's questions as far as the learner may see them.

    An open one shows no mark; a closed one what `marked` says.
    """
    versions = load(attempt.question_ids)
    if attempt.closed_at is None:
        return blank(versions, seed=seed)
    rows = attempt.responses.all()
    chosen = {row.question_id: row.chosen for row in rows}
    return marked(versions, seed=seed, chosen=chosen, shows_all=attempt.passed)
