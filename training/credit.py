"""Credit: what a completion is worth under a rule, awarded once and frozen.

One place decides (`_decide`): when a module is completed or evaluated, in the nightly job, and
where a page says why there is no credit yet. Days are days in America/New_York.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.core import nightly, reference
from portal.people import aliases
from portal.people.models import User
from training import requirements
from training.models import (
    Completion,
    CreditAward,
    CreditOffer,
    EvaluationDone,
    Licence,
    RequirementRule,
)
from training.requirements import Rule

PORTION = 500
State = Literal["awarded", "evaluation", "once", "nothing", "due"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A completion under a rule. `state`: awarded; evaluation (not done yet, so credit waits);
    once (the module counted already in this window); due (the night awards it).
    """

    completion: Completion
    rule: RequirementRule
    award: CreditAward | None
    state: State


@dataclass(slots=True)
class _Terms:
    """All that decides about some completions, read in a fixed number of queries."""

    rules: Sequence[RequirementRule]
    people: dict[int, int]  # an account and the person it counts for
    offers: dict[tuple[int, int], list[CreditOffer]] = field(default_factory=dict)
    licences: dict[tuple[int, int], Licence] = field(default_factory=dict)
    evaluated: frozenset[int] = frozenset()  # enrolments
    awards: dict[tuple[int, int], list[CreditAward]] = field(default_factory=dict)

    def window(self, row: Completion, rule: RequirementRule) -> Rule:
        licence = self.licences.get((self.people[row.person_id], rule.pk))
        return window_of(rule, licence)

    def under(self, row: Completion, rule: RequirementRule) -> list[CreditAward]:
        """Return the standing awards under a rule of the person whose completion it is."""
        return self.awards.setdefault((self.people[row.person_id], rule.pk), [])


def of(person: User) -> list[Entry]:
    """Return the credit of each completion under each rule that the person falls under.

    The earliest completion first; what is worth nothing under a rule is left out.
    """
    rules = list(RequirementRule.objects.falling_on(person).prefetch_related(None))
    rows = list(_completions().filter(person_id__in=aliases.person_ids(person)))
    terms = _terms(rows, rules)
    entries = [_entry(row, rule, terms) for row in rows for rule in rules]
    return [entry for entry in entries if entry.state != "nothing"]


def by_rule(person: User) -> dict[int, list[Entry]]:
    """Return the same by the rule's id."""
    found: dict[int, list[Entry]] = {}
    for entry in of(person):
        found.setdefault(entry.rule.pk, []).append(entry)
    return found


@transaction.atomic
def award(completion_ids: Iterable[int], *, at: datetime | None = None) -> int:
    """Make the awards that completions lack; return how many. Harmless when repeated."""
    rows = list(_completions().filter(pk__in=list(completion_ids)))
    terms = _terms(rows, _awarding_rules())
    made = [given for row in rows for given in _awards_of(row, terms, at)]
    CreditAward.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@nightly.job
def award_missing() -> int:
    """Award what an offer entered late, a licence named since or an undone merge made due.

    Until the night an offer that was mistyped can still be corrected without an award of it.
    """
    lacking = {found for rule in _awarding_rules() for found in _lacking(rule)}
    ids = [pk for _at, pk in sorted(lacking)]
    return sum(award(ids[start : start + PORTION]) for start in range(0, len(ids), PORTION))


@reference.loader(order=50)
def award_earlier() -> None:
    """Award what was completed before there were awards; once there is one, the night does it."""
    if Completion.objects.exists() and not CreditAward.objects.exists():
        award_missing()


def counted(rule: Rule, awards: Iterable[CreditAward]) -> list[CreditAward]:
    """Keep a module once within a window of a rule, the earliest.

    Two accounts may each have been awarded it before they were merged, and the end of a cycle may
    have been moved since.
    """
    kept: list[CreditAward] = []
    for award in sorted(awards, key=lambda each: (each.activity_on, each.completion_id)):
        if not any(_is_same(rule, award, earlier) for earlier in kept):
            kept.append(award)
    return kept


def window_of(rule: RequirementRule, licence: Licence | None) -> Rule:
    """Return a rule as far as its windows go."""
    return Rule(
        kind=rule.kind,  # type: ignore[arg-type]
        clauses=(),
        window_months=rule.window_months or 0,
        cycle_end=licence.cycle_ends_on if licence else None,
    )


def _is_same(rule: Rule, one: CreditAward, other: CreditAward) -> bool:
    is_same_module = one.completion.module_id == other.completion.module_id
    return is_same_module and requirements.shares_window(rule, one.activity_on, other.activity_on)


def _decide(
    row: Completion, rule: RequirementRule, terms: _Terms
) -> tuple[State, CreditOffer | None]:
    """Say what comes of a completion that has no award under a rule, and by which offer."""
    day = timezone.localdate(row.completed_at)
    offer = _offer(terms.offers.get((row.module_id, rule.pk), ()), day)
    if offer is None and not _counts_by_itself(rule, day):
        return "nothing", None
    window = terms.window(row, rule)
    for earlier in terms.under(row, rule):
        is_same_module = earlier.completion.module_id == row.module_id
        if is_same_module and requirements.shares_window(window, day, earlier.activity_on):
            return "once", offer
    if offer is not None and offer.needs_evaluation and row.enrolment_id not in terms.evaluated:
        return "evaluation", offer
    return "due", offer


def _offer(offers: Iterable[CreditOffer], day: date) -> CreditOffer | None:
    """Return the offer that was valid on the day of the activity, the newest where two are."""
    valid = [offer for offer in offers if offer.is_valid_on(day)]
    return max(valid, key=lambda offer: offer.valid_from, default=None)


def _counts_by_itself(rule: RequirementRule, day: date) -> bool:
    """Every module counts, and the rule had not ended."""
    is_open = rule.effective_to is None or day <= rule.effective_to
    return rule.counts_every_module and not rule.needs_approved_curriculum and is_open


def _entry(row: Completion, rule: RequirementRule, terms: _Terms) -> Entry:
    awards = terms.under(row, rule)
    own = next((each for each in awards if each.completion_id == row.pk), None)
    if own is None:
        return Entry(row, rule, None, _decide(row, rule, terms)[0])
    is_counted = own in counted(terms.window(row, rule), awards)
    return Entry(row, rule, own, "awarded" if is_counted else "once")


def _awards_of(row: Completion, terms: _Terms, at: datetime | None) -> Iterator[CreditAward]:
    for rule in terms.rules:
        awards = terms.under(row, rule)
        if any(each.completion_id == row.pk for each in awards):
            continue
        state, offer = _decide(row, rule, terms)
        if state == "due":
            given = _award(row, rule, offer, at)
            awards.append(given)
            yield given


def _award(
    row: Completion, rule: RequirementRule, offer: CreditOffer | None, at: datetime | None
) -> CreditAward:
    said = offer.minutes if offer else None
    return CreditAward(
        completion=row,
        rule=rule,
        offer=offer,
        minutes=row.minutes if said is None else said,
        category=offer.category if offer else "",
        topics=list(row.topics or []),  # type: ignore[attr-defined]
        standard=rule.standard,
        approval_number=offer.approval_number if offer else "",
        activity_on=timezone.localdate(row.completed_at),
        awarded_at=_awarded_at(row, offer, at or timezone.now()),
    )


def _awarded_at(row: Completion, offer: CreditOffer | None, at: datetime) -> datetime:
    """Say no more than the month where the award follows an evaluation (ADR 12)."""
    if offer is None or not offer.needs_evaluation:
        return at
    month = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(row.completed_at, month)


def _completions() -> QuerySet[Completion]:
    """Of a release its title and topics alone; a module is read for its address."""
    rows = Completion.objects.standing().select_related("release", "module")
    rows = rows.only(
        "minutes", "completed_at", "person", "enrolment", "release__title", "module__slug"
    )
    rows = rows.annotate(topics=F("release__outline__topics"))
    return rows.order_by("completed_at", "pk")


def _awarding_rules() -> list[RequirementRule]:
    has_offers = Exists(CreditOffer.objects.filter(rule=OuterRef("pk")))
    by_itself = Q(counts_every_module=True, needs_approved_curriculum=False)
    return list(RequirementRule.objects.filter(by_itself | Q(has_offers)))


def _lacking(rule: RequirementRule) -> Iterator[tuple[datetime, int]]:
    """Yield the completions without an award under a rule that could give one."""
    given = CreditAward.objects.filter(completion=OuterRef("pk"), rule=rule)
    rows = Completion.objects.standing().filter(~Exists(given))
    if not rule.counts_every_module or rule.needs_approved_curriculum:
        offers = CreditOffer.objects.filter(rule=rule, module=OuterRef("module"))
        rows = rows.filter(Exists(offers))
    return rows.values_list("completed_at", "pk").iterator(chunk_size=2_000)


def _terms(rows: Sequence[Completion], rules: Sequence[RequirementRule]) -> _Terms:
    people = aliases.counted({row.person_id for row in rows})
    accounts = aliases.accounts(set(people.values()))
    terms = _Terms(rules, {**accounts, **people})
    modules = {row.module_id for row in rows}
    for offer in CreditOffer.objects.filter(module__in=modules, rule__in=rules):
        terms.offers.setdefault((offer.module_id, offer.rule_id), []).append(offer)
    # Of several licences under a rule the one named last, the standing one where there is one.
    licences = Licence.objects.filter(person__in=terms.people, rule__in=rules)
    for licence in licences.order_by(F("ended_on").asc(nulls_last=True), "pk"):
        terms.licences[terms.people[licence.person_id], licence.rule_id] = licence
    enrolments = [row.enrolment_id for row in rows]
    done = EvaluationDone.objects.filter(enrolment__in=enrolments)
    terms.evaluated = frozenset(done.values_list("enrolment_id", flat=True))
    found = CreditAward.objects.standing().filter(
        completion__person__in=terms.people, completion__module__in=modules, rule__in=rules
    )
    for award in found.select_related("completion"):
        key = (terms.people[award.completion.person_id], award.rule_id)
        terms.awards.setdefault(key, []).append(award)
    return terms
