"""Offers and awards for tests."""

from datetime import UTC, date, datetime, timedelta

from portal.people.models import User
from training import credit
from training.models import (
    Completion,
    CreditAward,
    CreditOffer,
    Enrolment,
    ModulePage,
    RequirementRule,
)

NOON = datetime(2026, 3, 10, 16, tzinfo=UTC)
DAY = timedelta(days=1)
SAID = {"clear": 5, "length": 4, "useful": 5, "safe": 5, "objectives": 3, "text": ""}


def rule(slug: str = "licsw") -> RequirementRule:
    return RequirementRule.objects.get(slug=slug)


def offer(module: ModulePage, slug: str = "licsw", **fields: object) -> CreditOffer:
    defaults = {"valid_from": date(2020, 1, 1), "approval_number": "NASW-77", "minutes": 60}
    return CreditOffer.objects.create(module=module, rule=rule(slug), **{**defaults, **fields})


def award(completion: Completion, slug: str = "licsw") -> CreditAward | None:
    return CreditAward.objects.filter(completion=completion, rule__slug=slug).first()


def again(first: Completion, at: datetime, person: User | None = None) -> Completion:
    """The same module completed once more, in a later cycle or by another account."""
    owner = person or first.person
    enrolment = Enrolment.objects.create(
        person=owner,
        module=first.module,
        number=1,
        cycle=1 + Enrolment.objects.filter(person=owner, module=first.module).count(),
        completed_at=at,
    )
    row = Completion.objects.create(
        person=owner,
        enrolment=enrolment,
        module=first.module,
        release=first.release,
        completed_at=at,
        minutes=first.minutes,
    )
    credit.award([row.pk])
    return row
