"""People whose hours lapse on a day: eight hours of two years ago, by the rows alone."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.people.models import Center, User
from tests.factories import UserFactory
from tests.training.factories import make_module
from training import credit, needs, requirements
from training.models import Completion, Enrolment, ModulePage, RequirementRule

RULE = "advocate-ongoing"  # eight hours within two years, for the discipline of the factory


def lapsing_in(days: int, *, center: str | None, minutes: int = 480, **traits: object) -> User:
    """Return a person who meets the rule up to the day that many days from today."""
    person: User = UserFactory(center=center, **traits)
    earn(person, day=days, minutes=minutes)
    return person


def earn(person: User, *, day: int, minutes: int = 480) -> Completion:
    """Let a person earn minutes that count until the day that many days from today."""
    taken = Enrolment.objects.filter(person=person).count()
    code = f"F7{taken}"  # the same one would count once in a window
    page = ModulePage.objects.filter(code=code).first() or make_module(code)[0]
    last = timezone.localdate() + timedelta(days=day)
    rule = needs.plain(RequirementRule.objects.get(slug=RULE), None)
    first = requirements.window(rule, last)[0]
    assert first is not None
    at = timezone.make_aware(datetime.combine(first, time(12)))
    way = Enrolment.objects.create(person=person, module=page, number=1, completed_at=at)
    row = Completion.objects.create(
        person=person,
        enrolment=way,
        module=page,
        release=page.releases.get(),
        completed_at=at,
        minutes=minutes,
        discipline=person.discipline,
        center=Center.objects.filter(members=person).first(),
    )
    credit.award([row.pk])
    return row
