"""Whose required hours lapse soon: a requirement is met today, and will not be on a day to come.

Only windows that move with every day are looked at. A yearly requirement begins anew for everybody
on the first of January, so that nobody's hours lapse by it more than another's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.people.models import Membership, PersonAlias, User
from training import needs, requirements
from training.models import CreditAward, RequirementRule
from training.needs import Need


@dataclass(frozen=True, slots=True)
class Lapse:
    """A person, what lapses, and the last day on which all of it still holds."""

    person: User
    needs: Sequence[Need]
    day: date


def soon(
    people: QuerySet[User], *, before: date, rule: RequirementRule | None = None
) -> list[Lapse]:
    """Return whose hours lapse before a day, the first to lapse first; a fixed number of queries.

    Only those are evaluated who have credit that counts today and not on that day.
    """
    every = needs.of_teams(timezone.localdate()).filter(kind=RequirementRule.Kind.ROLLING)
    rules = [each for each in every if rule in (None, each)]
    dropped = _dropped(rules, before)
    if dropped is None:
        return []
    awards = CreditAward.objects.standing().filter(dropped).order_by()
    holders = awards.values("completion__person")
    merged = PersonAlias.objects.standing().filter(alias__in=holders).values("person")
    members = list(people.filter(Q(pk__in=holders) | Q(pk__in=merged)))
    found = needs.of_many(members, rules=rules)
    lapses = [_lapse(person, found[person.pk], before) for person in members]
    return sorted((each for each in lapses if each), key=lambda each: (each.day, each.person.name))


def by_center(lapses: Sequence[Lapse]) -> list[tuple[str, int]]:
    """Count the people by center, the most first; a person of two counts in each of them.

    Who is on no roster stands under an empty name.
    """
    people = {each.person.pk for each in lapses}
    rows = Membership.objects.active().filter(user__in=people).select_related("center")
    pairs = {(row.user_id, row.center.name) for row in rows}
    counted = Counter(name for _person, name in pairs)
    if nowhere := len(people - {person for person, _name in pairs}):
        counted[""] = nowhere
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _dropped(rules: Sequence[RequirementRule], before: date) -> Q | None:
    """Keep the awards of days that the window covers today and no longer on the day `before`."""
    today, found = timezone.localdate(), None
    for rule in rules:
        read = needs.plain(rule, None)
        first, later = (requirements.window(read, day)[0] for day in (today, before))
        if first is not None and later is not None and first < later:
            part = Q(rule=rule, activity_on__gte=first, activity_on__lt=later)
            found = part if found is None else found | part
    return found


def _lapse(person: User, found: Sequence[Need], before: date) -> Lapse | None:
    lapsing = [need for need in found if need.lapses(before)]
    days = [need.standing.good_until for need in lapsing if need.standing.good_until]
    return Lapse(person, lapsing, min(days)) if days else None
