"""Who meets a requirement, among everybody: for counts of a whole state."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Sum

from portal.people.models import PersonAlias, User
from training import needs, requirements
from training.models import CreditAward, RequirementRule

AT_ONCE = 2_000  # people evaluated in one go


def who_meets(rule: RequirementRule, people: Collection[int], *, on: date) -> set[int]:
    """Return which of the people (ids, merged accounts apart) meet a rule on a day.

    Only those are evaluated whose minutes could be enough before anything is left out. Nobody
    meets a rule that is not in effect on the day.
    """
    wanted, rules = frozenset(people), list(needs.of_teams(on).filter(pk=rule.pk))
    could = sorted(wanted & _could(rule, on) if _least(rule) else wanted)
    return {pk for part in _parts(could) for pk in _meeting(rules, part, on)}


def _least(rule: RequirementRule) -> int:
    """Return the minutes without which the rule is not met; 0 where it asks for none."""
    clauses = needs.plain(rule, None).clauses
    return max((c.minutes for c in clauses if c.kind == "minutes"), default=0)


def _could(rule: RequirementRule, on: date) -> set[int]:
    first, _last = requirements.window(needs.plain(rule, None), on)
    awards = CreditAward.objects.standing().filter(rule=rule, activity_on__lte=on)
    if first is not None:
        awards = awards.filter(activity_on__gte=first)
    sums = awards.order_by().values("completion__person").annotate(n=Sum("minutes"))
    counts_for = dict(PersonAlias.objects.standing().values_list("alias_id", "person_id"))
    minutes: dict[int, int] = defaultdict(int)
    for account, given in sums.values_list("completion__person", "n"):
        minutes[counts_for.get(account, account)] += given
    least = _least(rule)
    return {pk for pk, given in minutes.items() if given >= least}


def _parts(people: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]


def _meeting(rules: list[RequirementRule], people: list[int], on: date) -> Iterator[int]:
    found = needs.of_many(User.objects.filter(pk__in=people), on=on, rules=rules)
    for pk, each in found.items():
        if any(need.standing.is_met for need in each):
            yield pk
