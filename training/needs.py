"""What a person needs, has and lacks, for every rule they fall under; read from the awards."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from portal.core import events
from portal.core.json_lists import Gathered
from portal.core.prepared import prepared
from portal.people import accounts, aliases
from portal.people.models import PersonAlias, User
from training import credit, requirements
from training.models import Completion, CreditAward, Licence, RequirementRule
from training.requirements import Clause, Credit, Rule, Standing


@dataclass(frozen=True, slots=True)
class Need:
    """A rule with a person's standing under it."""

    rule: RequirementRule
    standing: Standing
    licence: Licence | None

    @property
    def needed_hours(self) -> Decimal:
        part = self.standing.minutes
        return requirements.in_hours(part.needed if part else 0, self.standing.rule)

    @property
    def have_hours(self) -> Decimal:
        part = self.standing.minutes
        return requirements.in_hours(part.have if part else 0, self.standing.rule)

    @property
    def lacking_hours(self) -> Decimal:
        """What is missing, so that what is had and what is missing add up to what is needed."""
        return max(self.needed_hours - self.have_hours, Decimal(0))

    def falls_short(self, before: date) -> bool:
        """Say whether it is not met now, or no longer on the day `before`."""
        until = self.standing.good_until
        return not self.standing.is_met or (until is not None and until < before)

    def lapses(self, before: date) -> bool:
        """Say whether it is met now, and no longer on the day `before`."""
        return self.standing.is_met and self.falls_short(before)

    @property
    def next_lapse(self) -> requirements.Lapse | None:
        return min(self.standing.lapses, key=lambda lapse: lapse.day, default=None)


def of(person: User, *, on: date | None = None) -> list[Need]:
    """Return where a person stands under each rule, licences last; a fixed number of queries."""
    day = on or timezone.localdate()
    rules = credit.rules_for(person, day, with_clauses=True)
    licences = {row.rule_id: row for row in _licences(person.pk)}
    read = {rule.pk: plain(rule, licences.get(rule.pk)) for rule in rules}
    return _stand(rules, read, licences, _awards([person.pk]).get(person.pk, []), day)


@prepared
def _licences(person_id: int) -> QuerySet[Licence]:
    return Licence.objects.filter(person=person_id, ended_on=None)


def of_many(
    people: Iterable[User],
    *,
    on: date | None = None,
    rules: Sequence[RequirementRule] | None = None,
) -> dict[int, list[Need]]:
    """Return the same for many people, without licences, which are each person's own business.

    The number of queries does not grow with the people; what is known of merged accounts counts.
    """
    day, members = on or timezone.localdate(), list(people)
    every = list(of_teams(day)) if rules is None else rules
    awards = _awards([member.pk for member in members])
    read = {rule.pk: plain(rule, None) for rule in every}
    whose = {rule.pk: set(rule.whose) - {None} for rule in every}  # type: ignore[attr-defined]
    return {
        member.pk: _stand(
            [r for r in every if not whose[r.pk] or member.discipline_id in whose[r.pk]],
            read,
            {},
            awards.get(member.pk, []),
            day,
        )
        for member in members
    }


def of_teams(day: date) -> QuerySet[RequirementRule]:
    """Return the rules of a day that teams are asked about: licences are each person's own.

    With `whose`, the ids of their disciplines.
    """
    rules: QuerySet[RequirementRule] = RequirementRule.objects.in_effect(day)
    rules = rules.filter(is_licence=False).prefetch_related("clauses")
    return rules.annotate(whose=Gathered("disciplines")).order_by("is_licence", "name")


def _stand(
    rules: Sequence[RequirementRule],
    plain_rules: Mapping[int, Rule],
    licences: Mapping[int, Licence],
    awards: Iterable[CreditAward],
    day: date,
) -> list[Need]:
    by_rule: dict[int, list[CreditAward]] = {}
    for award in awards:
        by_rule.setdefault(award.rule_id, []).append(award)
    needs = []
    for rule in rules:
        read = plain_rules[rule.pk]
        given = credit.counted(read, by_rule.get(rule.pk, ()))
        standing = requirements.evaluate(read, [_credit(award) for award in given], on=day)
        needs.append(Need(rule, standing, licences.get(rule.pk)))
    return needs


def plain(rule: RequirementRule, licence: Licence | None) -> Rule:
    """Return the rule as the pure part reads it."""
    return Rule(
        kind=rule.kind,  # type: ignore[arg-type]
        clauses=tuple(
            Clause(
                c.kind,  # type: ignore[arg-type]
                c.label,
                c.minutes or 0,
                c.category,
                tuple(c.topics),
                c.count or 0,
                100 if c.share is None else c.share,
            )
            for c in rule.clauses.all()
        ),
        window_months=rule.window_months or 0,
        hour_minutes=rule.hour_minutes,
        rounding=rule.rounding,  # type: ignore[arg-type]
        cycle_end=licence.cycle_ends_on if licence else None,
    )


def _awards(people: Collection[int]) -> dict[int, list[CreditAward]]:
    """Read the awards that count for people, by person, what is known of merged accounts too."""
    found: dict[int, list[CreditAward]] = {}
    known = frozenset(people)
    for row in _awarded(list(people)):
        # An account that was merged may stand for itself among the people as well.
        own, other = row.completion.person_id, row.counts_for  # type: ignore[attr-defined]
        found.setdefault(other if other in known else own, []).append(row)
    return found


@prepared
def _awarded(people: list[int]) -> QuerySet[CreditAward]:
    merged = PersonAlias.objects.standing().filter(alias=OuterRef("completion__person"))
    rows = CreditAward.objects.standing().with_title()
    counted = rows.filter(completion__person__in=accounts.of_many(people))
    return counted.annotate(counts_for=Subquery(merged.values("person")[:1]))


def _credit(award: CreditAward) -> Credit:
    row = award.completion
    topics = frozenset(award.topics)
    return Credit(award.activity_on, award.minutes, row.title, award.category, topics, row.source)


@transaction.atomic
def name_licence(person: User, rule: RequirementRule, *, cycle_ends_on: date) -> Licence:
    """Keep that a person holds a licence, and a last day of its cycle; said again, it is moved.

    Two completions of a module may turn out to lie in two cycles, and then both count.
    """
    row, _made = Licence.objects.update_or_create(
        person=person, rule=rule, ended_on=None, defaults={"cycle_ends_on": cycle_ends_on}
    )
    completed = Completion.objects.filter(person__in=aliases.person_ids(person))
    credit.award(completed.values_list("pk", flat=True))
    # Which licence is the person's own business, in the audit as well.
    events.record("training.licence_named", actor=person, subject=person)
    return row


@transaction.atomic
def end_licence(person: User, rule: RequirementRule) -> None:
    Licence.objects.filter(person=person, rule=rule, ended_on=None).update(
        ended_on=timezone.localdate()
    )
    events.record("training.licence_ended", actor=person, subject=person)
