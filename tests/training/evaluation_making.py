"""Evaluations given by people, for tests."""

from datetime import date, timedelta

from django.utils import timezone

from tests.training import learning_factories as make
from training import evaluations
from training.models import (
    Completion,
    Enrolment,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    ModulePage,
)

TABLES = (EvaluationDone, EvaluationHeld, EvaluationAnswer)
PATH = "/training/f01/evaluation/"
SAID = {"clear": 5, "length": 4, "useful": 5, "safe": 5, "objectives": 3}


def completed(module: ModulePage, count: int) -> list[Completion]:
    """That many people with a completion each, by the rows alone."""
    release = module.releases.get()
    people = [make.learner() for _ in range(count)]
    made = [
        Enrolment.objects.create(person=each, module=module, number=1, completed_at=timezone.now())
        for each in people
    ]
    return [
        Completion.objects.create(
            person=each.person, enrolment=each, module=module, release=release, minutes=10
        )
        for each in made
    ]


def give(completion: Completion, text: str = "") -> bool:
    return evaluations.give(completion=completion, said={**SAID, "text": text})


def month() -> date:
    return timezone.localdate().replace(day=1)


def earlier_month(months: int = 1) -> date:
    day = month()
    for _ in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def held() -> int:
    return sum(len(row.answers) for row in EvaluationHeld.objects.all())
