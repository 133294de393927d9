"""What a person needs, has and lacks, for every rule they fall under; read from the facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.core import events
from portal.people.models import User
from training import requirements
from training.models import Completion, CreditOffer, Licence, RequirementRule
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

    @property
    def next_lapse(self) -> requirements.Lapse | None:
        return min(self.standing.lapses, key=lambda lapse: lapse.day, default=None)


def of(person: User, *, on: date | None = None) -> list[Need]:
    """Return where a person stands under each rule, licences last; a fixed number of queries."""
    day = on or timezone.localdate()
    rules = list(RequirementRule.objects.falling_on(person, day))
    licences = {row.rule_id: row for row in person.licences.filter(ended_on=None)}
    return _stand(rules, licences, _completed([person.pk]).get(person.pk, []), day)


def of_many(people: Iterable[User], *, on: date | None = None) -> dict[int, list[Need]]:
    """Return the same for many people, without licences, which are each person's own business.

    The number of queries does not grow with the people; what is known of merged accounts counts.
    """
    day, members = on or timezone.localdate(), list(people)
    rules = RequirementRule.objects.in_effect(day).filter(is_licence=False)
    every = list(rules.prefetch_related("clauses", "offers", "disciplines"))
    completed = _completed([member.pk for member in members])
    return {
        member.pk: _stand(
            [rule for rule in every if _applies(rule, member)],
            {},
            completed.get(member.pk, []),
            day,
        )
        for member in members
    }


def _applies(rule: RequirementRule, person: User) -> bool:
    disciplines = {each.pk for each in rule.disciplines.all()}
    return not disciplines or person.discipline_id in disciplines


def _stand(
    rules: Sequence[RequirementRule],
    licences: Mapping[int, Licence],
    completed: Sequence[Completion],
    day: date,
) -> list[Need]:
    needs = []
    for rule in rules:
        licence = licences.get(rule.pk)
        credits = [c for row in completed for c in _credits(rule, row)]
        standing = requirements.evaluate(plain(rule, licence), credits, on=day)
        needs.append(Need(rule, standing, licence))
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


def _completed(person_ids: Sequence[int]) -> dict[int, list[Completion]]:
    """Read the completions that count for people, by person; of a release its topics alone."""
    rows = Completion.objects.standing().with_counted_person().counting_for(person_ids)
    rows = rows.select_related("release").defer("release__outline").order_by("completed_at")
    found: dict[int, list[Completion]] = {}
    seen: dict[tuple[int, int], int] = {}
    for row in rows.annotate(topics=F("release__outline__topics")):
        person: int = row.counted_person  # type: ignore[attr-defined]
        # Two accounts that were merged may both have completed a module: it counts once.
        if seen.setdefault((person, row.module_id), row.person_id) == row.person_id:
            found.setdefault(person, []).append(row)
    return found


def _credits(rule: RequirementRule, row: Completion) -> list[Credit]:
    """Return what a completion counts for a rule: one credit, or none. Never twice for one rule."""
    day = timezone.localdate(row.completed_at)
    topics = frozenset(row.topics or [])  # type: ignore[attr-defined]
    offer = _offer(rule, row.module_id, day)
    if offer is not None:
        minutes = row.minutes if offer.minutes is None else offer.minutes
        return [Credit(day, minutes, row.release.title, offer.category, topics)]
    if rule.counts_every_module and not rule.needs_approved_curriculum:
        return [Credit(day, row.minutes, row.release.title, "", topics)]
    return []


def _offer(rule: RequirementRule, module: int, day: date) -> CreditOffer | None:
    """Return the offer that was valid on the day of the activity, the newest where two are."""
    valid = [
        offer
        for offer in rule.offers.all()
        if offer.module_id == module
        and offer.valid_from <= day
        and (offer.valid_to is None or day <= offer.valid_to)
    ]
    return max(valid, key=lambda offer: offer.valid_from, default=None)


@transaction.atomic
def name_licence(person: User, rule: RequirementRule, *, cycle_ends_on: date) -> Licence:
    """Keep that a person holds a licence, and a last day of its cycle; said again, it is moved."""
    row, _made = Licence.objects.update_or_create(
        person=person, rule=rule, ended_on=None, defaults={"cycle_ends_on": cycle_ends_on}
    )
    # Which licence is the person's own business, in the audit as well.
    events.record("training.licence_named", actor=person, subject=person)
    return row


@transaction.atomic
def end_licence(person: User, rule: RequirementRule) -> None:
    Licence.objects.filter(person=person, rule=rule, ended_on=None).update(
        ended_on=timezone.localdate()
    )
    events.record("training.licence_ended", actor=person, subject=person)
